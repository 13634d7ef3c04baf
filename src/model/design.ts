/** A known-bad design: a sound model with as little replaced as possible, and what that breaks. */

/**
 * One entry of a catalogue of known-bad designs. Every claim of a model is broken by one of them, and
 * each of them is caught by the claim it names.
 *
 * @template Setting what a deployment and its bounds are; left out means the model's default.
 * @template Rules the switches of the protocol.
 */
export interface Design<Setting, Rules> {
  /** Number in the catalogue of bugs and hazards, e.g. 'F10'; 'X..': not in it. */
  readonly id: string;
  /** What the design does, as a true sentence about it. */
  readonly does: string;
  /** The claim that catches it. */
  readonly breaks: string;
  /** Where it comes from: KIP, ticket, documentation, source; versions that had it. */
  readonly history: string;
  /** The deployment and bounds under which it is caught; the sound design passes there. */
  readonly setting: Setting;
  /** The rules it replaces. Empty if the deployment itself is the flaw. */
  readonly rules: Partial<Rules>;
  /** For a flawed deployment: what the sound one is set to instead. */
  readonly soundSetting?: Setting;
  /** Claims that the setting rules out whatever the design: the sound one breaks just these. */
  readonly givesUp?: readonly string[];
  /** Moves of the shortest counterexample. */
  readonly shortest: number;
}
