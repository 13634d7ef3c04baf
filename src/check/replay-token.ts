/** A counterexample from its token: the system is built anew, the moves are taken one by one. */
import type { Claim } from '../model/index.ts';
import { replay, type Trace } from '../schedulers/replay.ts';
import { decodeToken, movesOfToken, TokenError } from '../schedulers/token.ts';
import { aspectNamed, aspects } from './aspects/index.ts';
import { faultsText } from './rows.ts';

/** A run told: the settings it happened under, its steps, and what became of the records. */
export interface Retold {
  readonly aspect: string;
  readonly settings: string;
  readonly steps: readonly (readonly string[])[];
  readonly evidence: readonly string[];
  /** The run itself; its `judge` says where a claim fails. */
  readonly trace: Trace;
  /** What is claimed of such a system. */
  readonly claims: readonly Claim[];
}

/**
 * Replays the run of a token through plain XState.
 * @throws TokenError if the token is damaged, or of another model or version.
 */
export function replayToken(text: string): Retold {
  const token = decodeToken(text);
  const aspect = aspectNamed(token.model);
  if (!aspect) {
    const known = aspects.map(({ name }) => `'${name}'`).join(', ');
    throw new TokenError(`The replay token is of the model '${token.model}'; known: ${known}.`);
  }
  const parsed = aspect.input.safeParse(token.options);
  if (!parsed.success) {
    throw new TokenError('The replay token is of another version: its settings are not known.');
  }
  const input = parsed.data;
  const system = aspect.system(input);
  const trace = replay(system, movesOfToken(system, token));
  const { faults, repairs } = input;
  const assuming = repairs.length > 0 ? `; ${repairs.join(', ')} repaired` : '';
  return {
    aspect: aspect.name,
    settings: `${aspect.summaryOf(input)}; ${faultsText(faults)}${assuming}`,
    steps: aspect.narrate(trace),
    evidence: aspect.evidence(trace),
    trace,
    claims: aspect.claims(input),
  };
}
