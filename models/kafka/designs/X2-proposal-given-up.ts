import type { Design } from './design.ts';
import { lagging } from './settings.ts';

/**
 * INVALID_UPDATE_VERSION may mean that the controller has accepted this very proposal, the answer
 * having been lost.
 */
export const proposalGivenUp: Design = {
  id: 'X2',
  does: 'A leader falls back to the last confirmed ISR after any error, not only after a refusal.',
  breaks: 'theLeaderCountsEveryMember',
  history: 'KIP-497; Partition.handleAlterPartitionError',
  setting: lagging,
  rules: { givesUpProposal: () => true },
  shortest: 5,
};
