import type { Design } from './design.ts';
import { plannedMove } from './settings.ts';

/**
 * The leader checks the fetch, loses leadership, cuts its log and follows another; only then are the
 * records read that the checked fetch is answered with. Seeded simply: a broker that follows answers a
 * fetch of an epoch before its own with what its log holds now.
 */
export const recordsOfLaterEpochs: Design = {
  id: 'F18',
  does: "A follower appends records of a later epoch than its fetch's.",
  breaks: 'logsAreWellFormed',
  history: 'KAFKA-18723',
  setting: { ...plannedMove, lateReads: true },
  rules: { refusesHigherEpochs: false },
  shortest: 6,
};
