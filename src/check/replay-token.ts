/** A counterexample from its token: the system is built anew, the moves are taken one by one. */
import type { Claim, System } from '../model/index.ts';
import { type Move, replay, type Trace } from '../schedulers/replay.ts';
import { decodeToken, movesOfToken, TokenError } from '../schedulers/token.ts';
import type { Aspect, ModelInput } from './aspects/aspect.ts';
import { aspectNamed, aspects } from './aspects/index.ts';
import { componentsOf } from './counterexample.ts';
import type { Counterexample } from './results.ts';
import { faultsText } from './rows.ts';

/** A run told: the settings it happened under, its steps, and what became of the records. */
export interface Retold {
  readonly aspect: string;
  readonly settings: string;
  readonly steps: readonly (readonly string[])[];
  readonly evidence: readonly string[];
  /** Who takes part. */
  readonly components: Counterexample['components'];
  /** The run itself; its `judge` says where a claim fails. */
  readonly trace: Trace;
  /** What is claimed of such a system. */
  readonly claims: readonly Claim[];
}

/** What a token stands for: a system as it was built, and moves in it. */
export interface TokenRun {
  readonly aspect: Aspect;
  readonly input: ModelInput;
  readonly system: System;
  readonly moves: readonly Move[];
}

/**
 * The run of a token, not yet taken.
 * @throws TokenError if the token is damaged, or of another model or version.
 */
export function runOfToken(text: string): TokenRun {
  const token = decodeToken(text);
  const aspect = aspectNamed(token.model);
  if (!aspect) {
    const known = aspects.map(({ name }) => `'${name}'`).join(', ');
    throw new TokenError(`The replay token is of the model '${token.model}'; known: ${known}.`);
  }
  if (!aspect.input.safeParse(token.options).success) {
    throw new TokenError('The replay token is of another version: its settings are not known.');
  }
  // As it is: the schema would put its fields in another order, and its token would differ.
  const input = token.options as unknown as ModelInput;
  const system = aspect.system(input);
  return { aspect, input, system, moves: movesOfToken(system, token) };
}

/** The settings of a run in one line: what was built, which faults may come, what is repaired. */
export function settingsText({ aspect, input }: Pick<TokenRun, 'aspect' | 'input'>): string {
  const { faults, repairs } = input;
  const assuming = repairs.length > 0 ? `; ${repairs.join(', ')} repaired` : '';
  return `${aspect.summaryOf(input)}; ${faultsText(faults)}${assuming}`;
}

/**
 * Replays the run of a token through plain XState.
 * @throws TokenError if the token is damaged, or of another model or version.
 */
export function replayToken(text: string): Retold {
  const run = runOfToken(text);
  const trace = replay(run.system, run.moves);
  return {
    aspect: run.aspect.name,
    settings: settingsText(run),
    steps: run.aspect.narrate(trace),
    evidence: run.aspect.evidence(trace),
    components: componentsOf(run.system),
    trace,
    claims: run.aspect.claims(run.input),
  };
}
