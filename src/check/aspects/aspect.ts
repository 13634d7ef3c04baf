/**
 * Aspects: the sides of a deployment that one model each judges. An aspect says which subjects the
 * deployment has for its model, builds the model's system from plain data, and tells its runs in words.
 */
import type { z } from 'zod';
import type { Deployment, Setting } from '../../config/index.ts';
import type { Budget, Claim, Finding, Guarantee, Plain, System } from '../../model/index.ts';
import type { Trace } from '../../schedulers/replay.ts';
import type { Change } from './change.ts';

/** How far a model is followed: presets for `--bounds`. A verdict holds within them and no further. */
export const BOUNDS_NAMES = ['tiny', 'small', 'large'] as const;
export type BoundsName = (typeof BOUNDS_NAMES)[number];

/** What every model's input has. All of it is plain JSON: it goes to threads and into replay tokens. */
export interface ModelInput {
  readonly bounds: Readonly<Record<string, number>>;
  readonly faults: Budget;
  /** Findings about the protocol itself that are taken to be repaired. */
  readonly repairs: readonly string[];
}

/** One thing of the deployment that the aspect judges: a topic, a producer, a query. */
export interface Subject<Base> {
  readonly name: string;
  /** Its settings in one line, for a heading. */
  readonly summary: string;
  /** The settings that its verdicts depend on, each with its origin. */
  readonly settings: readonly Setting[];
  /** What the model is built from. Subjects with equal bases share one exploration. */
  readonly base: Base;
}

/** Findings of a model, and where they are told in full. */
export interface Findings {
  /** Whose they are: `Kafka itself`. */
  readonly about: string;
  /** The README that tells them. */
  readonly see: string;
  readonly list: readonly Omit<Finding<unknown>, 'repair'>[];
}

/** An exploration by another aspect, and which of its claims count. */
export interface Part {
  readonly aspect: string;
  readonly input: ModelInput;
  /** Broken there is broken here. */
  readonly claims: readonly string[];
  /**
   * Its claims that are assumed here, each with the name that guarantees have for the assumption: broken
   * there is undecided here.
   */
  readonly assumed: Readonly<Record<string, string>>;
}

/**
 * @template Base what a subject's settings come to, without bounds and faults.
 * @template Input everything that a system is built from.
 */
export interface Aspect<Base = unknown, Input extends ModelInput = ModelInput> {
  /** As results.json and replay tokens name it. */
  readonly name: string;
  /** Every one is a name of its own among all aspects. */
  readonly guarantees: readonly Guarantee[];
  /** Guarantees that must hold unless holdfast.yaml or the caller says otherwise. */
  readonly requiredByDefault: readonly string[];
  /** Fault classes that can strike it, of config's FAULTS, in that order. */
  readonly faults: readonly string[];
  /** Null if the protocol is not known to break any claim by itself. */
  readonly findings: Findings | null;
  /** What there is to judge in a deployment; nothing if it has no such side. */
  subjectsOf(deployment: Deployment): Subject<Base>[];
  /**
   * What could be changed to repair subjects of one group: every setting that matters, at every other
   * value worth trying. Of two changes of one key only one is taken; several are applied in this order.
   */
  changesOf(subjects: readonly Subject<Base>[], deployment: Deployment): readonly Change<Base>[];
  /** The model's input for a row, and a sentence if what is explored is not the row's own. */
  inputOf(base: Base, row: RowInput): { readonly input: Input; readonly note: string | null };
  /** Why an input is beyond the model; null if it is not. */
  refusal(input: Input): string | null;
  /** Does the guarantee say anything under these faults? */
  isAsked(guarantee: string, faults: Budget): boolean;
  system(input: Input): System;
  /** Claims of the guarantees, as far as they apply. */
  claims(input: Input): Claim[];
  /** Names of claims of the guarantees that the model cannot tell under this input: undecided. */
  untold?(input: Input): readonly string[];
  /**
   * Explorations by other aspects that claims of the guarantees rest on: what is broken there is
   * broken here. Left out, there are none.
   */
  parts?(input: Input): readonly Part[];
  /** Situations that must be possible, so that no claim holds for want of anything happening. */
  situations(input: Input): Claim[];
  /** Each step of a run in sentences. */
  narrate(trace: Trace): readonly (readonly string[])[];
  /** What became of what the run is about. */
  evidence(trace: Trace, witness?: Plain): readonly string[];
  /** Settings of an input in one line, without faults and repairs. */
  summaryOf(input: Input): string;
  /**
   * Of a subject's settings those that could be safer where `guarantee` is concerned, the most telling
   * first: a hint where to look, not a verdict. Left out, nothing is known of them.
   */
  weakSettings?(guarantee: string, settings: readonly Setting[]): Setting[];
  /** The bounds of a preset in words. */
  boundsText(name: BoundsName): string;
  /** A larger number for what will take longer. */
  effort(input: Input): number;
  /** What a token of this aspect may carry. */
  readonly input: z.ZodType<Input>;
}

/** What a row of the table asks of a subject. */
export interface RowInput {
  readonly faults: Budget;
  readonly bounds: BoundsName;
  readonly repairs: readonly string[];
}

/** The aspect as the rest of the check sees it: what its base and input are is its own business. */
export const aspect = <Base, Input extends ModelInput>(own: Aspect<Base, Input>): Aspect =>
  own as unknown as Aspect;
