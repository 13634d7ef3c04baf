import type { Design } from './design.ts';

/**
 * The controller has taken a member out since, whom the proposal still holds.
 */
export const oldProposalAccepted: Design = {
  id: 'X7',
  does: 'The controller accepts an AlterPartition made before the last change of the partition.',
  breaks: 'theLeaderCountsEveryMember',
  history: 'KIP-497; Vanlightly kraft v3.5 (CHECK line at the partition epoch)',
  setting: { faults: { slowReplica: 1 }, bounds: { records: 1, lags: 1 } },
  rules: { refusesOldProposals: false },
  shortest: 7,
};
