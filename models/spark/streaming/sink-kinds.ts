/** What kinds of sinks differ in: when rows become visible, and how a repeated batch is recognised. */
export type SinkKind =
  | 'file'
  | 'foreachBatch'
  | 'foreachBatchByBatchId'
  | 'foreachBatchByQueryAndBatchId'
  | 'foreach'
  | 'foreachByPartitionAndEpoch'
  | 'kafka'
  | 'delta'
  | 'deltaWithFixedAppId'
  | 'memory'
  | 'console';

export interface SinkTraits {
  /** Rows are seen as each task writes them, or all at once with the driver's job commit. */
  readonly visible: 'task' | 'job';
  /** By what a repetition is recognised and left out. */
  readonly key: 'none' | 'batchId' | 'queryAndBatchId' | 'partitionAndEpoch';
  /** Is the content gone with the driver? */
  readonly volatile: boolean;
  /** Is a batch id that another driver has committed in the meantime an error? (file manifest) */
  readonly refusesRace: boolean;
}

const task: SinkTraits = { visible: 'task', key: 'none', volatile: false, refusesRace: false };
const job: SinkTraits = { ...task, visible: 'job' };

export const sinkTraits: Readonly<Record<SinkKind, SinkTraits>> = {
  /** FileStreamSink: the manifest in _spark_metadata is keyed by batch id alone. */
  file: { ...job, key: 'batchId', refusesRace: true },
  /** A user function that appends in one transaction of its own, without a key. */
  foreachBatch: job,
  foreachBatchByBatchId: { ...job, key: 'batchId' },
  foreachBatchByQueryAndBatchId: { ...job, key: 'queryAndBatchId' },
  foreach: task,
  /** A ForeachWriter whose `open(partitionId, epochId)` refuses a pair it has seen. */
  foreachByPartitionAndEpoch: { ...task, key: 'partitionAndEpoch' },
  /** KafkaWriteTask: no transactions, no commit coordinator, an empty job commit. */
  kafka: task,
  /** SetTransaction(appId = query id, version = batch id). */
  delta: { ...job, key: 'queryAndBatchId' },
  /** foreachBatch with txnAppId, txnVersion: the application's id outlives the checkpoint. */
  deltaWithFixedAppId: { ...job, key: 'batchId' },
  memory: { ...job, key: 'batchId', volatile: true },
  console: job,
};
