/** Designs that change the order of a batch, or what a restart makes of it. */
import { type Design, small } from './design.ts';

const keyed = { sink: 'foreachBatchByQueryAndBatchId' } as const;

/** A crash between the two leaves a batch that nobody will ever write. */
export const commitBeforeSink: Design = {
  id: 'B01',
  does: 'The commit log is written before the sink is committed.',
  breaks: 'commitsFollowTheSink',
  history: 'design; the order of MicroBatchExecution.runBatch',
  setting: { ...small(1, 2), ...keyed, faults: { driverCrash: 1 } },
  rules: { commitsSinkFirst: false },
  shortest: 9,
};

/** A rerun then picks a range of its own under the same id, and a sink that knows the id drops it. */
export const runBeforeLog: Design = {
  id: 'B02',
  does: 'A batch runs before its offsets are logged.',
  breaks: 'aBatchIdMeansOneRange',
  history: 'design; continuous and real-time mode do so by intent',
  setting: { ...small(2, 2), ...keyed, faults: { driverCrash: 1 } },
  rules: { logsOffsetsFirst: false },
  shortest: 11,
};

/** H1. The batches between are taken for done; whoever left them has not written them. */
export const gapIsWarnedOf: Design = {
  id: 'B10',
  does: 'Offsets that run ahead of the commits by several batches are warned of, and only the last is rerun.',
  breaks: 'committedRecordsReachTheSink',
  history: 'populateStartOffsets, every version to 4.1; a checkpoint that a continuous query left',
  setting: { ...small(2, 2), ...keyed, inherits: 'epochsInFlight' },
  rules: { gapInCommits: 'warns' },
  shortest: 8,
};

/** H2. No branch of the recovery is meant for it: the last logged batch runs again, and then fails. */
export const commitsAheadAreIgnored: Design = {
  id: 'B11',
  does: 'Commits that are newer than the offsets do not stop a query from running.',
  breaks: 'committedBatchesAreNotRunAgain',
  history: 'populateStartOffsets, every version to 4.1; a partial restore, a lost offsets file',
  setting: { ...small(2, 2), sink: 'kafka', faults: { driverCrash: 1, lostFile: 1 } },
  rules: { commitsAhead: 'reruns' },
  soundSetting: keyed,
  shortest: 27,
};

/** Offsets gone, commits and state kept: batch 0 begins again on top of what is there. */
export const leftoversAreUsed: Design = {
  id: 'X13',
  does: 'A query whose offsets/ is empty starts although commits/ is not.',
  breaks: 'committedBatchesAreNotRunAgain',
  history: 'SPARK-53103, before 4.1',
  setting: { ...small(2, 2), ...keyed, faults: { driverCrash: 1, lostFile: 1 } },
  rules: { refusesLeftovers: false },
  shortest: 18,
};

/** With asynchronous logs what was not yet written is run again, in other portions. */
export const asynchronousLogs: Design = {
  id: 'B21',
  does: 'Offsets and commits are written by another thread, at intervals, while batches go on.',
  breaks: 'committedRecordsReachTheSink',
  history: 'SPARK-39591, asyncProgressTrackingEnabled; Spark allows it for some sinks only',
  setting: { ...small(3, 3), ...keyed, mode: 'async', faults: { driverCrash: 1 } },
  rules: {},
  soundSetting: { mode: 'sync' },
  shortest: 23,
};

/** The batch in doubt is all that a restarted Trigger.Once runs. */
export const onceRunsTheBatchInDoubt: Design = {
  id: 'X02',
  does: 'Trigger.Once runs one batch, be it the one that a crash has left.',
  breaks: 'aFinishedRunLeavesNothingBehind',
  history: 'Trigger.Once, deprecated in 3.4 for AvailableNow',
  setting: { ...small(2, 3), ...keyed, mode: 'once', faults: { driverCrash: 1 } },
  rules: {},
  soundSetting: { mode: 'availableNow' },
  shortest: 15,
};

export const order = [
  commitBeforeSink,
  runBeforeLog,
  gapIsWarnedOf,
  commitsAheadAreIgnored,
  leftoversAreUsed,
  asynchronousLogs,
  onceRunsTheBatchInDoubt,
];
