/** Designs that lose or misuse the watermark. */
import { type Design, small } from './design.ts';

const windows = {
  sink: 'foreachBatchByQueryAndBatchId',
  operator: 'aggregate',
} as const;

/** A query that runs one batch at a time forgets its watermark every time, and never closes a window. */
export const watermarkIsForgotten: Design = {
  id: 'B05',
  does: 'The watermark after a batch is kept in memory until the next batch is logged.',
  breaks: 'theWatermarkFollowsWhatWasRead',
  history: 'SPARK-24699, before 2.4',
  setting: { ...small(1, 3), ...windows, mode: 'once' },
  rules: { persistsNextWatermark: false },
  shortest: 14,
};

/** The rerun of a batch filters and closes by another watermark than the first run. */
export const watermarkIsNotLogged: Design = {
  id: 'B06',
  does: 'The watermark of a batch is not logged with its offsets.',
  breaks: 'aBatchIdMeansOneRange',
  history: 'SPARK-18513, before 2.1',
  setting: { ...small(2, 3), ...windows, faults: { driverCrash: 1 } },
  rules: { logsWatermark: false },
  shortest: 21,
};

/** What the batch before let pass is late for this one: rows of an operator upstream are dropped. */
export const lateByThisBatch: Design = {
  id: 'B39',
  does: "Late records are filtered by the batch's own watermark.",
  breaks: 'committedRecordsReachTheSink',
  history: 'SPARK-40925, before 3.4',
  setting: { ...small(2, 3), ...windows, eventTimes: [2, 1] },
  rules: { lateFilter: 'thisBatch' },
  shortest: 24,
};

/**
 * The sink has the batch, so its plan does not run: nobody tells the driver how far event time has
 * come. The commit says less than it would have said without the crash.
 */
export const skippedBatchDoesNotRun: Design = {
  id: 'B67',
  does: 'A batch that the sink has already is skipped without running its plan.',
  breaks: 'theWatermarkFollowsWhatWasRead',
  history: 'FileStreamSink.addBatch, every version to 4.1',
  setting: { ...small(1, 3), ...windows, sink: 'file', faults: { driverCrash: 1 } },
  rules: { skippedBatchRuns: false },
  shortest: 17,
};

/** The same after a deleted checkpoint: the old ids hide the new batches, and leave no state. */
export const skippedBatchLeavesNoState: Design = {
  id: 'X03',
  does: 'A batch that the sink takes for one of a deleted checkpoint is skipped, state and all.',
  breaks: 'everyStoreReachesEachVersion',
  history: 'FileStreamSink.addBatch, every version to 4.1',
  setting: {
    ...small(2, 2),
    ...windows,
    sink: 'file',
    faults: { driverCrash: 1, checkpointDeleted: 1 },
  },
  rules: { skippedBatchRuns: false },
  soundSetting: { faults: { driverCrash: 1 } },
  shortest: 19,
};

export const watermark = [
  watermarkIsForgotten,
  watermarkIsNotLogged,
  lateByThisBatch,
  skippedBatchDoesNotRun,
  skippedBatchLeavesNoState,
];
