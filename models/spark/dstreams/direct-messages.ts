/** What the driver of a direct stream, Kafka, the checkpoint directory and the sink say. */
import type { Message } from '../../../src/model/index.ts';

/** A batch: its time, and the offsets it reads; `until` is exclusive. */
export type Batch = { time: number; from: number; until: number };

/** What a checkpoint file holds. */
export type Snapshot = {
  /** The last batch time generated. */
  time: number;
  /** Batches that were not done, and the last one whether it was done or not. */
  batches: Batch[];
  /** Where the next batch begins. */
  position: number;
};

// ---- driver to Kafka, and back ----
export interface AskEnd extends Message {
  type: 'ASK_END';
}
export interface End extends Message {
  type: 'END';
  end: number;
}
export interface CommitOffset extends Message {
  type: 'COMMIT_OFFSET';
  offset: number;
}
// ---- driver to checkpoint directory ----
export interface WriteCheckpoint extends Message {
  type: 'WRITE_CHECKPOINT';
  snapshot: Snapshot;
}
// ---- driver to sink ----
export interface Output extends Message, Batch {
  type: 'OUTPUT';
}
export interface StoreOffset extends Message {
  type: 'STORE_OFFSET';
  offset: number;
}
// ---- recovery: whoever knows where to begin is asked, and answers ----
export interface AskStart extends Message {
  type: 'ASK_START';
}
export interface Start extends Message {
  type: 'START_FROM';
  snapshot: Snapshot | null;
  offset: number;
}
