/** A known-bad design: the sound model with as little replaced as possible, and what that breaks. */
import type { DirectOptions, ReceiverOptions } from '../index.ts';

interface DesignOf<Name extends string, Options extends { rules: object }> {
  /** Number in the catalogue, e.g. 'B40'. */
  readonly id: string;
  /** Which system it is a design of. */
  readonly system: Name;
  /** What the design does, as a true sentence about it. */
  readonly does: string;
  /** The claim that catches it. */
  readonly breaks: string;
  /** Where it comes from: ticket, documentation, source; versions that had it. */
  readonly history: string;
  /** The deployment and bounds under which it is caught; the sound design passes there. */
  readonly setting: Partial<Omit<Options, 'rules'>>;
  /** The rules it replaces. Empty if the deployment itself is the flaw. */
  readonly rules: Partial<Options['rules']>;
  /** For a flawed deployment: what the sound one is set to instead. */
  readonly soundSetting?: Partial<Omit<Options, 'rules'>>;
  /** Moves of the shortest counterexample. */
  readonly shortest: number;
}

export type Design =
  | DesignOf<'direct', Omit<DirectOptions, 'source'>>
  | DesignOf<'receiver', Omit<ReceiverOptions, 'source'>>;
