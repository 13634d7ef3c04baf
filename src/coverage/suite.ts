/** A suite: the settings of one model that between them bring about all that can happen in it. */
import type { Claim, Phases, System } from '../model/index.ts';

/** A system, and what is claimed of it. */
export interface Case {
  readonly system: System;
  readonly claims: readonly Claim[];
}

export interface Suite {
  /** One word. */
  readonly name: string;
  /** What is modelled, for headings. */
  readonly about: string;
  /** Whose phases faults are told by. */
  readonly phases: readonly Phases[];
  /** Small enough to be searched to their ends; known-bad designs may be among them. */
  readonly cases: () => readonly Case[];
}

/** A run that somebody wrote down: moves by their numbers (`stimulus * LOSSES + lost`). */
export interface Played extends Case {
  readonly moves: readonly number[];
}
