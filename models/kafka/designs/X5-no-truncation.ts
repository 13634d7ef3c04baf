import type { Design } from './design.ts';
import { plannedMove, withRecords } from './settings.ts';

/**
 * The log goes on with the new leader's records behind one that it never had.
 */
export const noTruncation: Design = {
  id: 'X5',
  does: 'A follower never cuts its log.',
  breaks: 'oneEpochWritesAnOffsetOnce',
  history: 'KIP-101; Raft, log matching',
  setting: withRecords(plannedMove, 3),
  rules: { truncation: 'never' },
  shortest: 7,
};
