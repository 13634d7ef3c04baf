/** A member of the KIP-320 family: one protocol, as one published TLA+ module states it. */
import type { AnyRules } from './rules.ts';

export interface Variant {
  readonly name: string;
  /** The TLA+ module that it is ported from. */
  readonly module: string;
  readonly rules: AnyRules;
}
