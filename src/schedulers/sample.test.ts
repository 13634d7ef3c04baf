import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stepper } from '../engine/stepper.ts';
import type { System } from '../model/index.ts';
import {
  counting,
  lettersArriveInOrder,
  mail,
  pump,
  pumpWorksAgain,
  sumClaim,
} from '../testing/toys.ts';
import { explore } from './explore.ts';
import { confirm, movesOf, replay } from './replay.ts';
import { type Sample, sample } from './sample.ts';
import { type Walk, WalkArbitrary, Walker } from './walk.ts';

const seed = 20_261_123;
const lossy = mail({ letters: 9, loss: { lostMail: 1 }, budget: { lostMail: 3 } });

const figures = ({ results, runs, moves }: Sample) => [
  runs,
  moves,
  ...results.map((r) => [r.verdict, r.run, r.found?.length ?? null, r.moves, r.distance]),
];

/** Can a walk that decides do without one of its moves? */
function canDropOne(
  system: System,
  walk: Walk,
  isOver: (stepper: Stepper) => (t: Int32Array) => boolean,
) {
  const walker = new Walker(new Stepper(system));
  return walk.some((_, at) => walker.run(walk.toSpliced(at, 1), isOver(walker.stepper)).over);
}

describe('a sample', () => {
  test('finds a failure, shrinks it to the shortest, and XState confirms it', () => {
    const shortest = { lettersArriveInOrder: 2 };
    const found = sample(lossy, [lettersArriveInOrder], { seed: 2, shortest });
    const [result] = found.results;
    // The first letter is lost, the second arrives; that its thanks were lost too was no part of it.
    expect(figures(found)).toEqual([1, 9, ['broken', 1, 5, [1, 0], 0]]);
    expect(result!.violation).toEqual({ because: 'letter 1 is missing', witness: [2] });
    expect(confirm(lossy, { ...result!, moves: result!.moves! }).steps.length).toBe(2);
  });

  test('gives the same for the same seed, and another for another', () => {
    const claims = [
      sumClaim('always', 3, (sum) => sum < 14),
      sumClaim('sometimes', 3, (sum) => sum > 9),
    ];
    const of = (seed: number) => figures(sample(counting(3, 9), claims, { seed, runs: 50 }));
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
  });

  test('says of what it did not find that it is undecided, never that it holds', () => {
    const claims = [
      sumClaim('always', 2, (sum) => sum <= 6),
      sumClaim('sometimes', 2, (sum) => sum > 6),
      sumClaim('recovers', 2, (sum) => sum === 0),
      sumClaim('sometimes', 2, (sum) => sum === 1),
    ];
    const { results, runs } = sample(counting(2, 3), claims, { seed, runs: 20 });
    expect(runs).toBe(20);
    expect(results.map(({ verdict, moves }) => [verdict, moves?.length ?? null])).toEqual([
      ['undecided', null],
      ['undecided', null],
      ['undecided', null],
      ['holds', 1],
    ]);
  });

  test('does not judge what only a whole search can', () => {
    const { results } = sample(pump({ breaks: 1, bursts: 1 }), [pumpWorksAgain()], {
      seed,
      runs: 9,
    });
    expect(results.map(({ verdict, run }) => [verdict, run])).toEqual([['undecided', null]]);
  });

  test('ends when nothing is left to find, unless it is told to go on', () => {
    const claim = sumClaim('always', 1, (sum) => sum < 1);
    expect(sample(counting(1, 1), [claim], { seed, runs: 30 }).runs).toBe(1);
    expect(sample(counting(1, 1), [claim], { seed, runs: 30, whole: true }).runs).toBe(30);
  });

  test('counts what it exercised, and names what never happened', () => {
    const system = mail({ letters: 2, road: true, loss: {}, budget: { blockade: 1, flood: 1 } });
    const { exercised, faults, lostMessages, runs, moves } = sample(system, [], { seed, runs: 40 });
    const times = Object.fromEntries(
      exercised.map((one) => [`${one.class} ${one.type}`, one.times]),
    );
    expect([runs, moves]).toEqual([40, 40 * 4]);
    expect(times).toEqual({ 'client WRITE': 80, 'fault BLOCK': 40, 'repair CLEAR': 40 });
    expect(faults).toEqual({ blockade: 40, flood: 0 });
    expect(lostMessages).toBeGreaterThan(20);
  });

  test('takes no more of a fault than the budget has', () => {
    const walks = new WalkArbitrary(new Walker(new Stepper(lossy)), 30, () => false);
    fc.assert(
      fc.property(walks, (walk) => walk.filter((move) => move % 16 > 0).length <= 3),
      { seed, numRuns: 200 },
    );
  });
});

describe('a walk', () => {
  test('is drawn from enabled moves only: every one can be replayed', () => {
    const system = mail({
      letters: 6,
      mailbox: { capacity: 2, coalesce: 2 },
      road: true,
      budget: { blockade: 2 },
    });
    const walks = new WalkArbitrary(new Walker(new Stepper(system)), 30, () => false);
    fc.assert(
      fc.property(
        walks,
        (walk) => replay(system, movesOf(system, walk)).steps.length === walk.length,
      ),
      { seed, numRuns: 100 },
    );
  });

  test('is as long as it may be, or ends where no move is enabled', () => {
    const [short] = fc.sample(new WalkArbitrary(new Walker(new Stepper(lossy)), 5, () => false), {
      seed,
      numRuns: 1,
    });
    const [long] = fc.sample(new WalkArbitrary(new Walker(new Stepper(lossy)), 50, () => false), {
      seed,
      numRuns: 1,
    });
    expect([short!.length, long!.length]).toEqual([5, 9]);
  });

  test('skips moves that are not enabled', () => {
    const walker = new Walker(new Stepper(pump({ breaks: 1 })));
    // BREAK, BREAK, RESTART, MEND, RESTART, RESTART
    const { taken, over } = walker.run([0, 0, 48, 32, 48, 48], () => false);
    expect([taken, over]).toEqual([[0, 32, 48], false]);
  });

  test('shrinks until no single move can be dropped', () => {
    const system = counting(3, 6);
    const claims = [4, 9, 12].map((most) => sumClaim('always', 3, (sum) => sum !== most));
    const { results } = sample(system, claims, { seed, runs: 200, maxMoves: 80 });
    results.forEach(({ claim, moves, found }) => {
      const isOver = (stepper: Stepper) => (tuple: Int32Array) => {
        const views = Object.fromEntries(
          ['c1', 'c2', 'c3'].map((c) => [
            c,
            stepper.actor(c).at(tuple[stepper.actor(c).index]!).context.count,
          ]),
        );
        return claim.check(views) !== null;
      };
      expect(moves!.length).toBeLessThanOrEqual(found!.length);
      expect(canDropOne(system, moves!, isOver)).toBe(false);
    });
    expect(results.map(({ moves }) => moves!.length)).toEqual([4, 9, 12]);
  });

  test('loses a fault together with its repair', () => {
    const claim = sumClaim('always', 1, (sum) => sum < 2);
    // Up and down again is no help: single moves cannot be dropped, the pair can.
    const walks = new WalkArbitrary(new Walker(new Stepper(counting(1, 3))), 9, () => false);
    const shrunk: Walk[] = [];
    const walk = [0, 16, 0, 0]; // TICK, BACK, TICK, TICK
    for (const value of walks.shrink(walk)) shrunk.push(value.value);
    expect(claim.check({ c1: 2 })).not.toBeNull();
    expect(shrunk).toContainEqual([0, 0]);
    expect(shrunk.slice(0, 3)).toEqual([[], [0, 16], [0, 0]]);
  });

  test('is never longer than the shortest counterexample plus a little', () => {
    const claim = sumClaim('always', 3, (sum) => sum < 7);
    const [found] = explore(counting(3, 9), [claim]).results;
    const shortest = { [claim.name]: found!.moves!.length };
    const distances = Array.from({ length: 10 }, (_, i) =>
      sample(counting(3, 9), [claim], { seed: i, shortest }).results.map(
        ({ distance }) => distance,
      ),
    );
    expect(distances.flat()).toEqual(Array(10).fill(0));
  });
});
