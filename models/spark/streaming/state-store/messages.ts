/** What query, executors and the state directory say to each other. */
import type { Message } from '../../../../src/model/index.ts';

/** Names one attempt's version: `batch.attempt`, a stand-in for a UUID. Null: version 0, or format 1. */
export type StateId = string | null;

/** One batch's contribution to a store: `batch.variant`. Empty: the batch had no row for the store. */
export type Entry = string;

export type Attempt = {
  store: number;
  batch: number;
  /** Which attempt of the batch, over all restarts. */
  attempt: number;
  /** Stores in this run. */
  width: number;
  /** The id of the version to load. */
  base: StateId;
};

/** A version of a store as an executor has it. */
export type Version = {
  store: number;
  version: number;
  id: StateId;
  entries: Entry[];
};

/** What an attempt writes. */
export type Upload = Version & {
  /** The id of the version it was made from. */
  base: StateId;
  /** No two attempts write the same bytes, even of equal content. */
  writer: string;
};

export interface Run extends Message {
  type: 'RUN';
  attempt: Attempt;
}
export interface Stop extends Message {
  type: 'STOP';
}
export interface Load extends Message {
  type: 'LOAD';
  from: string;
  store: number;
  version: number;
  id: StateId;
}
export interface Loaded extends Message {
  type: 'LOADED';
  entries: Entry[] | null;
}
export interface Save extends Message {
  type: 'SAVE';
  /** Null: nobody waits for the answer. */
  from: string | null;
  /** A delta or changelog; or a snapshot, also the whole checkpoint of RocksDB. */
  kind: 'delta' | 'snapshot';
  upload: Upload;
  fault: 'none' | 'lost' | 'torn';
}
export interface Saved extends Message {
  type: 'SAVED' | 'SAVE_FAILED';
}
export interface Reported extends Message {
  type: 'REPORTED';
  store: number;
  id: StateId;
  entry: Entry;
}
export interface AttemptLost extends Message {
  type: 'ATTEMPT_LOST';
  store: number;
}
export interface AttemptFailed extends Message {
  type: 'ATTEMPT_FAILED';
}
export interface Inspect extends Message {
  type: 'IS_EMPTY';
  from: string;
}
export interface Inspected extends Message {
  type: 'YES' | 'NO';
}
export interface Committed extends Message {
  type: 'COMMITTED';
  batch: number;
  /** By store: the entry of the attempt whose output was accepted. */
  entries: Entry[];
}
