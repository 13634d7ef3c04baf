import type { Design } from './design.ts';
import { plannedMove } from './settings.ts';

/**
 * The record is in the log of a replica that may be elected again, and then it is read.
 */
export const deposedMeansFailed: Design = {
  id: 'F45',
  does: 'A client takes NOT_LEADER_OR_FOLLOWER for a definite failure of its write.',
  breaks: 'refusedRecordsAreNeverRead',
  history: 'KAFKA-13574',
  setting: plannedMove,
  rules: { outcomeWhenDeposed: 'refused' },
  shortest: 9,
};
