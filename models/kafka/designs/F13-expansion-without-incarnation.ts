import type { Design } from './design.ts';
import { powerLoss } from './settings.ts';

/**
 * A fetch is on its way when its sender loses power. The broker returns without the records, is
 * unfenced, and the leader, going by the old fetch, takes it back into the ISR.
 */
export const expansionWithoutIncarnation: Design = {
  id: 'F13',
  does: 'Nobody asks which incarnation of a broker has fetched.',
  breaks: 'electableReplicasAreComplete',
  history: 'KIP-903, KAFKA-14617; before 3.5',
  setting: powerLoss,
  rules: {
    namesIncarnations: false,
    fencesOldIncarnation: () => false,
    eligibleForIsr: ({ registrations }, follower) => registrations[follower]?.active === true,
  },
  shortest: 11,
};
