/**
 * What a run on the virtual clock costs, in one run: `npm run bench:simulate [-- --runs N]`.
 *
 * The peer is the replay of the same moves through plain XState, one by one, in systems with room for
 * all of them: what the run would cost without memoised transitions and without forgetting, and without
 * any clock, metrics or chance.
 */
import { parseArgs } from 'node:util';
import { replayRun } from '../src/experiment/agreement.ts';
import { run } from '../src/experiment/run.ts';
import { runSetting } from '../src/experiment/setting.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '200' } } });
const runs = Number(values.runs);
const setting = runSetting.parse({ faults: [{ kind: 'leaderKilled' }] });

/** Seconds that `work` takes, and what it returns. */
function timed<T>(work: () => T): [seconds: number, result: T] {
  const start = performance.now();
  const result = work();
  return [(performance.now() - start) / 1000, result];
}

const nothing = { kafka: () => [], query: () => [] };
const [first] = timed(() => run(setting, 0));
const [seconds, moves] = timed(() => {
  let sum = 0;
  for (let seed = 1; seed <= runs; seed++) sum += run(setting, seed).result.moves;
  return sum;
});
const kept = run(setting, 1, { moves: true });
const [replaying, replayed] = timed(() => replayRun(setting, kept, nothing));
const replayedMoves = replayed.reduce((sum, one) => sum + one.moves, 0);
const perSecond = moves / seconds;
const peer = replayedMoves / replaying;
const group = (count: number): string => Math.round(count).toLocaleString('en-US');

console.table({
  'the first run, milliseconds': group(first * 1000),
  'a further run, milliseconds': ((seconds / runs) * 1000).toFixed(1),
  'simulated seconds in it': group(kept.result.seconds),
  'moves in it': group(moves / runs),
  'moves a second': group(perSecond),
  'the same moves by XState, a second': group(peer),
  'ratio to that': group(perSecond / peer),
});
