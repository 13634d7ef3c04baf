/** What a streaming query is deployed as, and how far the model follows it. */
import type { Budget } from '../../../src/model/index.ts';
import type { Rules } from './rules.ts';
import type { SinkKind } from './sink-kinds.ts';

/**
 * How the checkpoint's file manager creates a file that must not exist.
 * - `hdfs`: temporary file, then an atomic rename that refuses an existing target (FileContext).
 * - `fsRename`: look whether the target is there, then rename; on an object store the rename is a
 *   copy that overwrites (FileSystem; what s3a gets unless a class is configured, and a local one).
 * - `s3abort`: stream to the target, look again just before close; errors of close are logged only.
 */
export type Storage = 'hdfs' | 'fsRename' | 's3abort';

/** `once` and `availableNow` are triggers of the synchronous mode. */
export type Mode = 'sync' | 'once' | 'availableNow' | 'async';

/** The query's operator. `aggregate`: windows, append mode; `dedup`: dropDuplicates by key. */
export type Operator = 'none' | 'aggregate' | 'dedup';

export type Bounds = {
  /** Records that are ever produced to each Kafka partition. */
  records: number;
  /** Batch ids: the last is `batches - 1`. */
  batches: number;
};

export interface StreamingOptions {
  sink: SinkKind;
  storage: Storage;
  mode: Mode;
  operator: Operator;
  /** Kafka partitions; each is read by one task. */
  partitions: number;
  startingOffsets: 'earliest' | 'latest';
  failOnDataLoss: boolean;
  isolation: 'read_committed' | 'read_uncommitted';
  /** Records of an aborted transaction. */
  aborted: readonly number[];
  /** Event time of each record of partition 0; times of other partitions count on. */
  eventTimes: readonly number[];
  /** Key of each record, for `dedup`. */
  keys: readonly number[];
  /** Most new records of a partition in one batch. */
  maxOffsetsPerTrigger: number | null;
  /**
   * What is in the checkpoint before the query starts: nothing, or what a continuous query leaves
   * that died with two epochs logged and none committed.
   */
  inherits: 'nothing' | 'epochsInFlight';
  rules: Rules;
  bounds: Bounds;
  faults: Budget;
}
