/**
 * What the engine costs, in one run: `npm run bench [-- --states N] [-- --json FILE]`.
 *
 * The benchmark system is the Kafka model with three brokers, controller and producer under three
 * faults. The peers are the same model with XState called for every move: one searches as the engine
 * does, finding the enabled moves and telling states apart; the other is handed its moves and pays
 * for nothing but taking them.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { kafka, repaired } from '../models/kafka/index.ts';
import { Stepper } from '../src/engine/stepper.ts';
import type { System } from '../src/model/index.ts';
import { explore } from '../src/schedulers/explore.ts';
import { type PlainState, plainMove, plainStart } from '../src/schedulers/plain.ts';
import { movesOf } from '../src/schedulers/replay.ts';

const { values } = parseArgs({
  options: { states: { type: 'string', default: '5500000' }, json: { type: 'string' } },
});

const system = kafka({
  rules: repaired,
  faults: { brokerCrash: 1, partition: 1, slowReplica: 1 },
});

/** Seconds that `work` takes, and what it returns. */
function timed<T>(work: () => T): [seconds: number, result: T] {
  const start = performance.now();
  const result = work();
  return [(performance.now() - start) / 1000, result];
}

/** Moves a second of a breadth-first search by plain XState, for about `seconds`. */
function searchByXState(of: System, seconds: number): number {
  const identity = ({ snapshots, budget }: PlainState): string =>
    JSON.stringify([budget, ...Object.values(snapshots).map((s) => [s.value, s.context])]);
  const start = plainStart(of);
  const known = new Set([identity(start)]);
  const states = [start];
  let taken = 0;
  const begin = performance.now();
  for (let id = 0; id < states.length && performance.now() - begin < seconds * 1000; id++) {
    for (let stimulus = 0; stimulus < of.stimuli.length; stimulus++) {
      for (let lost = 0; ; lost++) {
        const move = plainMove(of, states[id]!, stimulus, lost);
        if ('impossible' in move) break;
        taken++;
        const key = identity(move.state);
        if (known.has(key)) continue;
        known.add(key);
        states.push(move.state);
      }
    }
  }
  return taken / ((performance.now() - begin) / 1000);
}

/** Moves a second along walks through `system`, each handed to plain XState. */
function movesByXState(of: System, seconds: number): number {
  const stepper = new Stepper(of);
  const tuple = new Int32Array(stepper.fields);
  const start = plainStart(of);
  let spent = 0;
  let taken = 0;
  for (let walk = 0; spent < seconds; walk++) {
    stepper.start(tuple);
    let state: PlainState = start;
    for (let step = 0; step < 40; step++) {
      const enabled: number[] = [];
      stepper.moves(tuple, (move) => enabled.push(move));
      if (enabled.length === 0) break;
      const chosen = enabled[(walk * 31 + step * 17) % enabled.length]!;
      const [move] = movesOf(of, [chosen]);
      const [cost, next] = timed(() => plainMove(of, state, move!.stimulus, move!.lost));
      if ('impossible' in next) throw new Error(`XState refuses a move: ${next.impossible}`);
      spent += cost;
      taken++;
      state = next.state;
      stepper.take(tuple, chosen);
      tuple.set(stepper.next);
    }
  }
  return taken / spent;
}

const group = (count: number): string => Math.round(count).toLocaleString('en-US');

const [seconds, run] = timed(() => explore(system, [], { maxStates: Number(values.states) }));
const searching = searchByXState(system, 8);
const handed = movesByXState(system, 5);
const movesPerSecond = run.moves / seconds;
const figures = {
  states: run.states,
  moves: run.moves,
  machineCalls: run.machineCalls,
  seconds,
  statesPerSecond: run.states / seconds,
  movesPerSecond,
  bytesPerState: run.bytesPerState,
  searchByXState: searching,
  ratio: movesPerSecond / searching,
  movesHandedToXState: handed,
  ratioHanded: movesPerSecond / handed,
  residentMegabytes: process.memoryUsage().rss / 2 ** 20,
};

console.table({
  'distinct states explored': group(figures.states),
  'moves taken': group(figures.moves),
  'calls of a machine': group(figures.machineCalls),
  seconds: figures.seconds.toFixed(1),
  'distinct states a second': group(figures.statesPerSecond),
  'moves a second': group(figures.movesPerSecond),
  'bytes a state (row, predecessor, move, index)': figures.bytesPerState.toFixed(1),
  'moves a second, the same search by XState': group(figures.searchByXState),
  'ratio to that': group(figures.ratio),
  'moves a second, handed to XState': group(figures.movesHandedToXState),
  'ratio to them': group(figures.ratioHanded),
  'process memory, MiB': group(figures.residentMegabytes),
});
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
