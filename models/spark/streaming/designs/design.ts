/** A known-bad design: the sound model with as little replaced as possible, and what that breaks. */
import type { StreamingOptions } from '../options.ts';

export interface Design {
  /** Number in the catalogue of Spark's bugs and hazards, e.g. 'B01'; 'X..': not in it. */
  readonly id: string;
  /** What the design does, as a true sentence about it. */
  readonly does: string;
  /** The claim that catches it. */
  readonly breaks: string;
  /** Where it comes from: ticket, documentation; versions that had it. */
  readonly history: string;
  /** The deployment and bounds under which it is caught; the sound design passes there. */
  readonly setting: Partial<StreamingOptions>;
  /** The rules it replaces. Empty if the deployment itself is the flaw. */
  readonly rules: Partial<StreamingOptions['rules']>;
  /** For a flawed deployment: what the sound one is set to instead. */
  readonly soundSetting?: Partial<StreamingOptions>;
  /** Moves of the shortest counterexample. */
  readonly shortest: number;
}

/** One Kafka partition, so one task; `records` produced to it, `batches` batch ids. */
export const small = (records: number, batches: number): Partial<StreamingOptions> => ({
  partitions: 1,
  bounds: { records, batches },
});
