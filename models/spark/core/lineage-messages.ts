/** What scheduler, executors and the ledger of a job say to each other. */
import type { EventObject } from 'xstate';
import type { Message } from '../../../src/model/index.ts';

/** `map` tasks write shuffle blocks, `result` tasks read them and give the action its rows. */
export type Kind = 'map' | 'result';

/** A task attempt, as far as its stage attempt tells it from others. */
export type TaskId = {
  kind: Kind;
  partition: number;
  /** Of the stage, counted over the job: every resubmission begins a new one. */
  attempt: number;
};

/** A registered map output: who has it, and which attempt wrote it (its file is its own). */
export type MapStatus = { on: string; attempt: number };
/** By map partition; null: registered nowhere. */
export type Locations = (MapStatus | null)[];

// ---- scheduler to executor ----
export interface LaunchTask extends Message, TaskId {
  type: 'LAUNCH_TASK';
  /** For result tasks: where to fetch from, as known at launch. */
  locations: Locations;
}
export interface JobEnded extends Message {
  type: 'JOB_ENDED';
}

// ---- executor to scheduler ----
export interface MapDone extends Message, TaskId {
  type: 'MAP_DONE';
  from: string;
  /** What the shuffle checksum would tell: which reducer the row went to. */
  reducer: number;
}
export interface ResultDone extends Message, TaskId {
  type: 'RESULT_DONE';
  from: string;
  rows: string[];
}
export interface TaskFailed extends Message, TaskId {
  type: 'TASK_FAILED';
  from: string;
}
export interface FetchFailed extends Message, TaskId {
  type: 'FETCH_FAILED';
  from: string;
  /** The output that could not be had; null if nobody was registered for it. */
  location: MapStatus | null;
}
export interface ExecutorLost extends Message {
  type: 'EXECUTOR_LOST';
  from: string;
}
export interface BlockMoved extends Message {
  type: 'BLOCK_MOVED';
  from: string;
  partition: number;
  attempt: number;
  was: string;
}

// ---- executor to executor ----
export interface FetchBlock extends Message, TaskId {
  type: 'FETCH_BLOCK';
  from: string;
  /** The map partition whose output is asked for, and the attempt that wrote it. */
  map: number;
  written: number;
}
export interface Block extends Message, TaskId {
  type: 'BLOCK';
  from: string;
  map: number;
  written: number;
  /** Which reducer the block's row is for; null: no such block here. */
  reducer: number | null;
}
export interface MigrateBlock extends Message {
  type: 'MIGRATE_BLOCK';
  from: string;
  partition: number;
  attempt: number;
  reducer: number;
}

// ---- to the ledger ----
export interface Computed extends Message {
  type: 'COMPUTED';
  partition: number;
}
export interface OutputLost extends Message {
  type: 'OUTPUT_LOST';
  partitions: number[];
}
export interface ResultTaken extends Message {
  type: 'RESULT_TAKEN';
  partition: number;
  rows: string[];
}
export interface FetchMissed extends Message {
  type: 'FETCH_MISSED';
}

// ---- stimuli ----
export interface Launch extends EventObject {
  type: 'LAUNCH' | 'SPECULATE';
  kind: Kind;
  partition: number;
  executor: string;
}
export type OfTask = { kind: Kind; partition: number; attempt: number };
export type FinishMap = EventObject & OfTask & { type: 'FINISH_MAP'; reducer: number };
export type OnTask = EventObject & OfTask & { type: 'READ' | 'REPORT' | 'FAIL_TASK' };
export type MissFetch = EventObject & OfTask & { type: 'MISS_FETCH'; map: number };
