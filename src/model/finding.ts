/**
 * A finding: where the real protocol, as implemented, breaks a claim within a model's bounds. The
 * model keeps the faithful behaviour; the smallest repair is a switch of its rules.
 *
 * @template Rules the switches of the protocol.
 */
export interface Finding<Rules> {
  readonly id: string;
  /** What happens, as a sentence. */
  readonly title: string;
  /** The claim it breaks first. */
  readonly breaks: string;
  /** File and symbol that it rests on, and the versions read. */
  readonly source: string;
  /** How sure we are that it is so. */
  readonly confidence: string;
  /** The smallest change of the rules that mends it. */
  readonly repair: Partial<Rules>;
}
