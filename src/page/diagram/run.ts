/** A run as the diagram draws it: of a counterexample, or of a known-bad design. */
import type { Counterexample } from '../../check/index.ts';

export type Step = Counterexample['steps'][number];
export type Message = Step['messages'][number];
export type Component = Counterexample['components'][number];

export interface Run {
  readonly components: readonly Component[];
  readonly steps: readonly Step[];
  readonly turns: Counterexample['turns'];
  /** Why the last state decides, without a full stop. */
  readonly because: string;
}
