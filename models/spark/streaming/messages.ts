/** What the components of a streaming query say to each other. Ends of ranges are exclusive. */
import type { Message } from '../../../src/model/index.ts';

/** By Kafka partition: the offset to read next. `NO_PARTITION`: the partition is not known. */
export type Offsets = number[];
export const NO_PARTITION = -1;

/** offsets/N: where the batch ends, and the watermark it runs with. */
export type OffsetEntry = { end: Offsets; watermark: number };
/** commits/N: the watermark after the batch. */
export type CommitEntry = { nextWatermark: number };
/** A file by batch id: absent, torn (there, but not whole), or whole. */
export type Files<T> = (T | 'torn' | null)[];

export type LogName = 'offsets' | 'commits';
export type NewEntry =
  | { log: 'offsets'; id: number; entry: OffsetEntry }
  | { log: 'commits'; id: number; entry: CommitEntry };

// Driver and checkpoint.
export interface ReadCheckpoint extends Message {
  type: 'READ_CHECKPOINT';
  from: string;
  /** The listing of this log misses its newest file. */
  stale: LogName | null;
}
export interface Checkpoint extends Message {
  type: 'CHECKPOINT';
  offsets: Files<OffsetEntry>;
  commits: Files<CommitEntry>;
  /** sources/0/0: where the query began; null before its first start. */
  initial: Offsets | null;
  query: number;
}
export interface WriteInitial extends Message {
  type: 'WRITE_INITIAL';
  offsets: Offsets;
}
/** Is the file there? Only a manager that cannot create exclusively asks. */
export interface Probe extends Message {
  type: 'PROBE';
  from: string;
  log: LogName;
  id: number;
}
export interface Probed extends Message {
  type: 'ABSENT' | 'EXISTS';
}
export interface Create extends Message {
  type: 'CREATE';
  from: string;
  file: NewEntry;
  /** The store loses this write (a failed upload, a rename that did nothing). */
  lost: boolean;
  /** The writer dies while it writes. */
  torn: boolean;
}
/** `CREATED` is what the caller is told. */
export interface Created extends Message {
  type: 'CREATED' | 'EXISTS' | 'WRITE_FAILED';
}
export interface Delete extends Message {
  type: 'DELETE_CHECKPOINT';
}

// Driver or task, and source.
export interface AskLatest extends Message {
  type: 'ASK_LATEST';
  from: string;
  /** What the answer is like: right, older than the truth, or empty. */
  answer: 'right' | 'stale' | 'empty';
  /** The broker that is asked, where the source is a replicated partition (models/pipeline). */
  at?: string;
}
export interface LatestOffsets extends Message {
  type: 'LATEST_OFFSETS';
  earliest: Offsets;
  end: Offsets;
}
export interface Read extends Message {
  type: 'READ';
  from: string;
  slices: Slice[];
  /** As in `AskLatest`. */
  at?: string;
}
export interface Records extends Message {
  type: 'RECORDS';
  records: number[];
  /** Some records of the range are known to be lost. */
  lossKnown: boolean;
}

// Driver and tasks.
/** What a task reads of one Kafka partition. */
export type Slice = { partition: number; start: number; end: number };
export type Assignment = {
  query: number;
  batch: number;
  slices: Slice[];
  /** Watermark for eviction. */
  watermark: number;
  /** Watermark for the late filter. */
  lateBelow: number;
};
export interface Launch extends Message {
  type: 'LAUNCH';
  assignment: Assignment;
}
export interface Kill extends Message {
  type: 'KILL';
  /** The executor lives on and will finish its attempt: a zombie. */
  survives: boolean;
}
export interface Reported extends Message {
  type: 'REPORTED';
  task: number;
  /** Rows for the sink's job commit. */
  rows: number[];
  /** Largest event time read (the accumulator of EventTimeWatermarkExec). */
  maxEventTime: number;
}
export interface TaskFailed extends Message {
  type: 'TASK_FAILED';
  because: string;
}

// Task and state store.
export interface LoadState extends Message {
  type: 'LOAD_STATE';
  from: string;
  version: number;
}
export interface State extends Message {
  type: 'STATE';
  content: number[] | null;
}
export interface SaveState extends Message {
  type: 'SAVE_STATE';
  task: number;
  version: number;
  content: number[];
}

// Driver or task, and sink.
export interface BeginBatch extends Message {
  type: 'BEGIN_BATCH';
  from: string;
  query: number;
  batch: number;
}
export interface BatchAnswer extends Message {
  type: 'PROCEED' | 'SKIP';
}
export interface TaskWrite extends Message {
  type: 'TASK_WRITE';
  query: number;
  batch: number;
  task: number;
  rows: number[];
}
export interface JobCommit extends Message {
  type: 'JOB_COMMIT';
  from: string;
  query: number;
  batch: number;
  rows: number[];
  /** The sink has said before that it has this batch. */
  repeated: boolean;
}
export interface JobAnswer extends Message {
  type: 'SINK_COMMITTED' | 'SINK_REFUSED';
}
export interface RunEnded extends Message {
  type: 'RUN_ENDED';
}

// The ledger (ghost).
export interface Executing extends Message {
  type: 'EXECUTING';
  query: number;
  batch: number;
  start: Offsets;
  end: Offsets;
  watermark: number;
}
export interface Produced extends Message {
  type: 'PRODUCED_ROWS';
  query: number;
  batch: number;
  task: number;
  rows: number[];
}
export interface Accepted extends Message {
  type: 'ACCEPTED';
  by: string;
  log: LogName;
  query: number;
  batch: number;
}
export interface QueryFailed extends Message {
  type: 'QUERY_FAILED';
  because: string;
}
