/** A run that breaks a claim, as results.json tells it: replayed, narrated, judged step by step. */
import type { Stepper } from '../engine/stepper.ts';
import type { Claim, Plain, System, Violation } from '../model/index.ts';
import { confirm, type Move, type Trace } from '../schedulers/replay.ts';
import { encodeToken } from '../schedulers/token.ts';
import { turningPoints } from '../schedulers/turning-points.ts';
import type { Aspect, ModelInput } from './aspects/aspect.ts';
import type { Counterexample } from './results.ts';
import { lastingViolation } from './settle.ts';

/** Most states that may follow a run for its turning points to be computed: a second's worth. */
const MOST_FOLLOWING = 100_000;

/** What a job explores. */
export interface Explored {
  readonly aspect: Aspect;
  readonly system: System;
  readonly input: ModelInput;
  /** Of the search, its tables filled; null if there is no time to look ahead. */
  readonly stepper: Stepper | null;
}

/** A result of a search or a sample that has moves. */
interface Found {
  readonly claim: Claim;
  readonly moves: readonly number[];
  readonly violation: Violation | null;
}

/** What was found, replayed through plain XState and told in words. */
export function counterexampleOf(
  explored: Explored,
  found: Found,
  shortest: boolean,
): Counterexample {
  const { aspect, system, input } = explored;
  const { claim, violation } = found;
  const trace = confirm(system, found);
  const moves = trace.steps.map(({ move }) => move);
  const witness = violation?.witness ?? null;
  return {
    claim: claim.name,
    length: trace.steps.length,
    shortest,
    ...toldRun(explored, found, trace, aspect.narrate(trace)),
    claims: judgedClaims(aspect.claims(input), trace),
    because: becauseOf(claim, violation, () => lastingViolation(system, moves, claim)),
    witness: witness as Counterexample['witness'],
    evidence: [...aspect.evidence(trace, witness)],
    replay: tokenOf(explored, moves),
  };
}

/**
 * A run as it is shown, whatever it is a run of.
 * @param says of each step its sentences.
 */
export function toldRun(
  explored: Pick<Explored, 'system' | 'stepper'>,
  found: Found,
  trace: Trace,
  says: readonly (readonly string[])[],
): Pick<Counterexample, 'components' | 'steps' | 'turns'> {
  const steps = trace.steps.map(({ stimulus, messages, changed, budget }, i) => ({
    says: [...says[i]!],
    stimulus,
    messages,
    changed,
    budget,
  }));
  return {
    steps: steps as unknown as Counterexample['steps'],
    components: componentsOf(explored.system),
    turns: turnsOf(explored, found),
  };
}

/** A token that brings a run of what is explored back. */
export const tokenOf = (
  { aspect, system, input }: Pick<Explored, 'aspect' | 'system' | 'input'>,
  moves: readonly Move[],
): string => encodeToken(system, { model: aspect.name, options: input as unknown as Plain, moves });

/** The components in the system's order. A channel is where messages wait: no lane of its own. */
export const componentsOf = ({ components, links = [] }: System): Counterexample['components'] => {
  const channels = new Set(links.map(({ queue }) => queue));
  return Object.entries(components).map(([name, { ghost }]) => {
    const kind = channels.has(name) ? 'channel' : ghost ? 'ghost' : 'process';
    return { name, kind };
  });
};

/** What every claim says of the states of a run: the first word, and every change of it. */
function judgedClaims(claims: readonly Claim[], trace: Trace): Counterexample['claims'] {
  return claims.flatMap((claim) => {
    const { name, modality } = claim;
    if (modality === 'sometimes') return [];
    const judgements = trace.judge(claim).map((violation, step) => ({
      step,
      because: violation?.because ?? null,
      witness: (violation?.witness ?? null) as Counterexample['witness'],
    }));
    const wordOf = ({ because, witness }: (typeof judgements)[number]): string =>
      JSON.stringify([because, witness]);
    const judged = judgements.filter(
      (judgement, i) => i === 0 || wordOf(judgement) !== wordOf(judgements[i - 1]!),
    );
    return { name, modality, judged };
  });
}

/** Where the run turns. A state that does not heal is what its last step makes inevitable. */
function turnsOf(
  { stepper }: Pick<Explored, 'stepper'>,
  { claim, moves }: Found,
): Counterexample['turns'] {
  if (claim.modality === 'recovers') return { selfMade: null, inevitable: moves.length };
  return stepper && turningPoints(stepper, claim, moves, MOST_FOLLOWING);
}

/** Why the last state decides: for a state that does not heal, that it does not. */
function becauseOf(
  { modality, unaided }: Claim,
  violation: Violation | null,
  lasting: () => Violation | null,
): string {
  if (modality !== 'recovers') return violation?.because ?? 'the claim fails';
  const because = lasting()?.because ?? violation?.because ?? 'it does not heal';
  return unaided
    ? `from here on, until somebody repairs something: ${because}`
    : `from here on, whatever is restarted: ${because}`;
}
