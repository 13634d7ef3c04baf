/** The experiments that come with Holdfast, by name. */
import type { ExperimentInput } from '../experiment.ts';
import { gray } from './gray.ts';
import { paper } from './paper.ts';
import { partitionLoss } from './partition-loss.ts';
import { proactive } from './proactive.ts';
import { saturation } from './saturation.ts';
import { timeouts } from './timeouts.ts';

export interface Builtin {
  /** What it asks, in a sentence. */
  readonly about: string;
  /** What whoever reads its figures has to know: choices that are ours. */
  readonly notes: readonly string[];
  readonly experiment: ExperimentInput & { readonly title: string };
  /** Settings against which its losses are drawn. */
  readonly losses?: { readonly x: string; readonly series: string };
}

export const BUILTINS: Readonly<Record<string, Builtin>> = {
  paper,
  'partition-loss': partitionLoss,
  gray,
  proactive,
  saturation,
  timeouts,
};
