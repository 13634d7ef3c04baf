import type { Design } from './design.ts';
import { plannedMove } from './settings.ts';

/**
 * The former leader cannot be told from the new one.
 */
export const electionWithoutNewEpoch: Design = {
  id: 'X3',
  does: 'An election does not raise the leader epoch.',
  breaks: 'oneLeaderPerEpoch',
  history: 'KIP-101; PartitionRegistration.merge',
  setting: plannedMove,
  rules: { electionRaisesLeaderEpoch: false },
  shortest: 2,
};
