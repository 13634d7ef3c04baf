/**
 * The same model without the engine: XState is asked for every move. Two ways, both bounded samples.
 */
import { getAdjacencyMap } from '@xstate/graph';
import type { System } from '../src/model/index.ts';
import { type PlainState, plainMove, plainStart } from '../src/schedulers/plain.ts';

/** What a driver without tables did. */
export interface PlainRun {
  readonly states: number;
  readonly moves: number;
  /** Stimuli that were tried, those without effect included. */
  readonly attempts: number;
}

type Step = readonly [stimulus: number, lost: number];

/** Every move of `state`: every stimulus is tried, and every message lost that can be. */
function* movesOf(
  system: System,
  state: PlainState,
  onAttempt: () => void,
): Generator<[Step, PlainState]> {
  for (let stimulus = 0; stimulus < system.stimuli.length; stimulus++) {
    let losable = 0;
    for (let lost = 0; lost <= losable; lost++) {
      onAttempt();
      const taken = plainMove(system, state, stimulus, lost);
      if (lost === 0) losable = taken.losable;
      if (!('impossible' in taken)) yield [[stimulus, lost], taken.state];
    }
  }
}

const keyOf = ({ snapshots, budget }: PlainState): string => {
  const locals = Object.values(snapshots).map(({ value, context }) => [value, context]);
  return JSON.stringify([locals, budget]);
};

/**
 * Breadth-first search with the states' JSON as keys, ended after `moves` moves.
 * @returns also the moves that were found possible, to be taken again by `retake`.
 */
export function searchPlainly(
  system: System,
  moves: number,
): PlainRun & { possible: [PlainState, Step][] } {
  const start = plainStart(system);
  const states = [start];
  const known = new Set([keyOf(start)]);
  const possible: [PlainState, Step][] = [];
  let attempts = 0;
  for (let at = 0; at < states.length && possible.length < moves; at++) {
    const state = states[at]!;
    for (const [step, next] of movesOf(system, state, () => attempts++)) {
      possible.push([state, step]);
      const key = keyOf(next);
      if (known.has(key)) continue;
      known.add(key);
      states.push(next);
    }
  }
  return { states: states.length, moves: possible.length, attempts, possible };
}

/** Takes moves that are known to be possible, and does nothing else. */
export function retake(system: System, possible: readonly (readonly [PlainState, Step])[]): void {
  for (const [state, [stimulus, lost]] of possible) plainMove(system, state, stimulus, lost);
}

/** The graph of the whole of a small system by @xstate/graph, over the same successor function. */
export function adjacency(system: System): PlainRun {
  let attempts = 0;
  let moves = 0;
  const events = system.stimuli.map((_, stimulus) => ({ type: 'move', stimulus }));
  const logic = {
    getInitialSnapshot: () => plainStart(system),
    getPersistedSnapshot: (state: PlainState) => state,
    transition: (state: PlainState, { stimulus }: { stimulus: number }) => {
      attempts++;
      const taken = plainMove(system, state, stimulus, 0);
      if ('impossible' in taken) return state;
      moves++;
      return taken.state;
    },
  };
  const options = { events, serializeState: (state: unknown) => keyOf(state as PlainState) };
  const graph = getAdjacencyMap(logic as never, options as never);
  return { states: Object.keys(graph).length, moves, attempts };
}
