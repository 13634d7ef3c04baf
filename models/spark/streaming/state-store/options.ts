/** What a stateful operator's stores are set up as, and how far the model follows them. */
import type { Budget } from '../../../../src/model/index.ts';
import type { Rules } from './rules.ts';

/**
 * Who keeps the state.
 * - `hdfs`: HDFSBackedStateStoreProvider: a delta a version, snapshots by maintenance from memory.
 * - `rocksdb`: a whole checkpoint of the database a version.
 * - `rocksdbChangelog`: a changelog a version, snapshots queued at commit and uploaded later.
 */
export type Provider = 'hdfs' | 'rocksdb' | 'rocksdbChangelog';

export interface StateStoreOptions {
  provider: Provider;
  /** State checkpoint format: 2 names each attempt's files by an id of its own. RocksDB only. */
  format: 1 | 2;
  /** Does every attempt of a batch make the same state? */
  deterministic: boolean;
  /** State partitions, each a store; keys are spread over them by their remainder. */
  width: number;
  /** What is in state/ before the first start. */
  inherits: 'nothing' | 'anotherRun';
  /** minDeltasForSnapshot: versions that are multiples of it get a snapshot. */
  snapshotEvery: number;
  /** Versions that stay loadable. */
  retain: number;
  rules: Rules;
  bounds: {
    /** Batch ids: the last is `batches - 1`. */
    batches: number;
  };
  faults: Budget;
}
