/** What goes between the page and its workers: plain data. */
import type { CheckOptions, Job, JobResult, ModelInput, Results } from '../../check/index.ts';
import type { Progress } from '../../schedulers/explore.ts';
import type { SweepCell } from '../../sweep/grid.ts';
import type { Found, Place, Sight, Step } from '../explorer/place.ts';

/** The system of an explorer: of which aspect, built from what. */
export interface Built {
  readonly aspect: string;
  readonly input: ModelInput;
}

/** Files by their paths, and which of them, or of their folders, are to be read. */
export interface Dropped {
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly paths: readonly string[];
  /** Leaves out the topics that Kafka keeps for itself, as a sweep does. */
  readonly isSwept?: boolean;
}

/** Jobs that a check wants done, and the order in which to begin them. */
export interface Wanted {
  readonly jobs: readonly Job[];
  readonly order: readonly number[];
}

/** A job that ended; null if it was told to stop. */
export interface Settled {
  readonly index: number;
  readonly result: JobResult | null;
}

/**
 * What a worker does: the question, what it tells meanwhile (`note`), what it may be told meanwhile
 * (`told`), the answer.
 */
export interface Methods {
  /** Reads a token. */
  open: { ask: string; note: never; told: never; answer: Built & { moves: readonly Step[] } };
  look: { ask: { built: Built; place: Place }; note: never; told: never; answer: Sight };
  search: {
    ask: { built: Built; claim: string; after: readonly Step[]; maxStates: number };
    note: Progress;
    told: never;
    answer: Found;
  };
  /** A check: it does no job itself, but asks for them. */
  check: {
    ask: { dropped: Dropped; options: CheckOptions; threads: number };
    note: Wanted;
    told: Settled;
    answer: Results;
  };
  /** The files of a cell of a safety map, by their names. */
  files: { ask: SweepCell; note: never; told: never; answer: Readonly<Record<string, string>> };
  job: { ask: Job; note: Progress; told: never; answer: JobResult };
}
export type Method = keyof Methods;

/** From the page. */
export type Ask =
  | { [M in Method]: { id: number; method: M; ask: Methods[M]['ask'] } }[Method]
  | { id: number; told: Settled };

/** From the worker. `isPlain`: the sentence is for the person, not a fault of the program. */
export type Reply =
  | { id: number; answer: unknown }
  | { id: number; note: unknown }
  | { id: number; error: { message: string; isPlain: boolean } };
