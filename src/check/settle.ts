/** What remains wrong in a state that does not heal. */
import type { Claim, System, Violation } from '../model/index.ts';
import { type PlainState, plainMove, plainStart } from '../schedulers/plain.ts';
import { judgeState, type Move } from '../schedulers/replay.ts';

/** Moves that a system gets to come to rest. */
const MOST_MOVES = 200;

/**
 * Lets the protocol (and, unless the claim is about going unaided, repairs) run on after `moves`
 * until nothing new happens. In a state that does not heal the claim fails all the way; where things
 * come to rest it fails for the reason that lasts.
 */
export function lastingViolation(
  system: System,
  moves: readonly Pick<Move, 'stimulus' | 'lost'>[],
  claim: Claim,
): Violation | null {
  const heals = system.stimuli.flatMap(({ class: kind, cost }, stimulus) =>
    !cost && (kind === 'protocol' || (kind === 'repair' && !claim.unaided)) ? [stimulus] : [],
  );
  let now = moves.reduce((state, { stimulus, lost }): PlainState => {
    const move = plainMove(system, state, stimulus, lost);
    return 'impossible' in move ? state : move.state;
  }, plainStart(system));
  const seen = new Set([textOf(now)]);
  for (let steps = 0; steps < MOST_MOVES; steps++) {
    const next = firstNew(system, now, heals, seen);
    if (!next) break;
    now = next;
  }
  return judgeState(claim, now);
}

function firstNew(
  system: System,
  from: PlainState,
  stimuli: readonly number[],
  seen: Set<string>,
): PlainState | null {
  for (const stimulus of stimuli) {
    const move = plainMove(system, from, stimulus, 0);
    if ('impossible' in move) continue;
    const text = textOf(move.state);
    if (seen.has(text)) continue;
    seen.add(text);
    return move.state;
  }
  return null;
}

const textOf = ({ snapshots }: PlainState): string =>
  JSON.stringify(Object.values(snapshots).map(({ value, context }) => [value, context]));
