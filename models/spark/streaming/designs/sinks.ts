/** Designs whose sink, or what is asked of it, does not carry exactly-once. */
import { type Design, small } from './design.ts';

const keyed = { sink: 'foreachBatchByQueryAndBatchId' } as const;

/** Files of attempts that came to nothing stay where they are. */
export const readersListFiles: Design = {
  id: 'B44',
  does: "Readers of a file sink list its files and do not ask the sink's manifest.",
  breaks: 'noRecordIsInTheSinkTwice',
  history: 'SPARK-25331, SPARK-27210; ignoreMetadata=true and readers other than Spark',
  setting: { ...small(1, 2), sink: 'file', faults: { executorLoss: 1 } },
  rules: { readersUseManifest: false },
  shortest: 9,
};

/** Batch ids begin again at 0, and the manifest has them. Nothing is said. */
export const checkpointDeletedUnderManifest: Design = {
  id: 'B45',
  does: 'A query is started with a new checkpoint on the old output of a file sink.',
  breaks: 'committedRecordsReachTheSink',
  history: 'FileStreamSink.addBatch: skips ids up to the newest in _spark_metadata',
  setting: { ...small(2, 2), sink: 'file', faults: { driverCrash: 1, checkpointDeleted: 1 } },
  rules: {},
  soundSetting: { faults: { driverCrash: 1 } },
  shortest: 22,
};

/** The same with a table that keeps the batch ids it has seen. */
export const keyedByBatchIdAlone: Design = {
  id: 'B46',
  does: 'A foreachBatch function skips the batch ids it has seen, whichever query they came from.',
  breaks: 'committedRecordsReachTheSink',
  history: 'foreachBatch keyed by batchId; Delta with a fixed txnAppId',
  setting: {
    ...small(2, 2),
    sink: 'deltaWithFixedAppId',
    faults: { driverCrash: 1, checkpointDeleted: 1 },
  },
  rules: {},
  soundSetting: { faults: { driverCrash: 1 } },
  shortest: 22,
};

/** What a partition of an epoch holds depends on how the plan is laid out, which a restart may change. */
export const keyedByPartitionAndEpoch: Design = {
  id: 'B47',
  does: 'A foreach writer skips the (partition, epoch) pairs it has seen.',
  breaks: 'noRecordIsInTheSinkTwice',
  history: 'SPARK-28650',
  setting: {
    partitions: 2,
    bounds: { records: 1, batches: 2 },
    sink: 'foreachByPartitionAndEpoch',
    faults: { driverCrash: 1, repartitioned: 1 },
  },
  rules: {},
  soundSetting: { faults: { driverCrash: 1 } },
  shortest: 12,
};

/** Rows of an attempt that failed stay in the topic. An idempotent producer does not know them again. */
export const kafkaSink: Design = {
  id: 'B48',
  does: 'Rows are sent to Kafka by each attempt, without a transaction.',
  breaks: 'noRecordIsInTheSinkTwice',
  history: 'SPARK-28908, closed unmerged; every version',
  setting: { ...small(1, 2), sink: 'kafka', faults: { executorLoss: 1 } },
  rules: {},
  soundSetting: keyed,
  shortest: 9,
};

/** The driver has no record of the rows that its user's function has written. */
export const appendsWithoutKey: Design = {
  id: 'X06',
  does: 'A foreachBatch function appends each batch it is given.',
  breaks: 'noRecordIsInTheSinkTwice',
  history: 'Structured Streaming guide, foreachBatch: at-least-once by default',
  setting: { ...small(1, 2), sink: 'foreachBatch', faults: { driverCrash: 1 } },
  rules: {},
  soundSetting: keyed,
  shortest: 16,
};

/** What the sink held goes with the driver, and the commit log says that it was written. */
export const sinkInMemory: Design = {
  id: 'X07',
  does: "The output is kept in the driver's memory.",
  breaks: 'committedRecordsReachTheSink',
  history: 'memory sink; Structured Streaming guide: not fault-tolerant',
  setting: { ...small(2, 2), sink: 'memory', faults: { driverCrash: 1 } },
  rules: {},
  soundSetting: keyed,
  shortest: 12,
};

export const sinks = [
  readersListFiles,
  checkpointDeletedUnderManifest,
  keyedByBatchIdAlone,
  keyedByPartitionAndEpoch,
  kafkaSink,
  appendsWithoutKey,
  sinkInMemory,
];
