/** A known-bad design: the sound model with as little replaced as possible, and what that breaks. */

import type { Rules } from '../rules.ts';
import type { KafkaSetting } from '../system.ts';

export interface Design {
  /** Number in the catalogue of Kafka's bugs and hazards, e.g. 'F10'; 'X..': not in it. */
  readonly id: string;
  /** What the design does, as a true sentence about it. */
  readonly does: string;
  /** The claim that catches it. */
  readonly breaks: string;
  /** Where it comes from: KIP, ticket, specification; versions that had it. */
  readonly history: string;
  /** The deployment and bounds under which it is caught; the sound design passes there. */
  readonly setting: KafkaSetting;
  /** The rules it replaces. Empty if the deployment itself is the flaw. */
  readonly rules: Partial<Rules>;
  /** For a flawed deployment: what the sound one is set to instead. */
  readonly soundSetting?: KafkaSetting;
  /** Claims that the setting rules out whatever the design: the sound one breaks just these. */
  readonly givesUp?: readonly string[];
  /** Moves of the shortest counterexample. */
  readonly shortest: number;
}
