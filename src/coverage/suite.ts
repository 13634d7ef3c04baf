/** A suite: the settings of one model that between them bring about all that can happen in it. */
import type { z } from 'zod';
import type { Claim, Phases, Plain, Stimulus, System, ToldRun } from '../model/index.ts';

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
  /** What scenarios are played on; without it none can be written about the model. */
  readonly stage?: Stage;
}

/** What a model needs so that scenarios can be written about it. */
export interface Stage {
  /** A case from what stands behind `deploy NAME`; zod's errors say what is wrong with that. */
  readonly build: z.ZodType<Case>;
  /** The command for a stimulus: no two that can happen at once may have the same. */
  readonly words: (stimulus: Stimulus) => string;
  /** Each step in sentences; without it messages and changes are told. */
  readonly narrate?: (run: ToldRun) => readonly (readonly string[])[];
  /** What became of what a run is about. */
  readonly evidence?: (run: ToldRun, witness: Plain) => readonly string[];
}

/** A run that somebody wrote down: moves by their numbers (`stimulus * LOSSES + lost`). */
export interface Played extends Case {
  readonly moves: readonly number[];
}
