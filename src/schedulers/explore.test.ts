import { describe, expect, test } from 'vitest';
import type { Claim } from '../model/index.ts';
import { counting, mail, pump, pumpWorksAgain, sumClaim } from '../testing/toys.ts';
import { type Exploration, explore, type Progress } from './explore.ts';

const verdicts = ({ results }: Exploration) =>
  results.map(({ verdict, moves, violation }) => [
    verdict,
    moves?.length ?? null,
    violation?.because ?? null,
  ]);

test('every state and every move is counted once', () => {
  const seen = explore(counting(2, 3), []);
  // Either counter can go up from three of its four places and down from three.
  expect([seen.states, seen.moves, seen.depth, seen.complete]).toEqual([16, 2 * 4 * 6, 6, true]);
});

test('a search may begin after some moves, which are no part of what it finds', () => {
  const claim = sumClaim('always', 3, (sum) => sum < 5);
  const first = explore(counting(3, 9), [claim]).results[0]!.moves!;
  const after = first.slice(0, 2);
  const then = explore(counting(3, 9), [claim], { after });
  expect(verdicts(then)).toEqual([['broken', 3, 'the sum is 5']]);
  const rest = explore(counting(3, 9), [claim], { after: [...after, ...then.results[0]!.moves!] });
  expect(verdicts(rest)).toEqual([['broken', 0, 'the sum is 5']]);
});

test('a search cannot begin after a move that is not possible', () => {
  expect(() => explore(counting(1, 1), [], { after: [99 * 16] })).toThrow(
    /: move 1 of 1 is not possible\.$/,
  );
});

describe('always', () => {
  test('a claim that fails comes with the shortest way there', () => {
    const claim = sumClaim('always', 3, (sum) => sum < 5);
    expect(verdicts(explore(counting(3, 9), [claim]))).toEqual([['broken', 5, 'the sum is 5']]);
  });

  test('a claim that fails at once needs no move', () => {
    const claim = sumClaim('always', 1, (sum) => sum > 0);
    expect(verdicts(explore(counting(1, 1), [claim]))).toEqual([['broken', 0, 'the sum is 0']]);
  });

  test('a claim that fails nowhere holds, once everything was seen', () => {
    const seen = explore(counting(2, 3), [sumClaim('always', 2, (sum) => sum <= 6)]);
    expect([seen.complete, seen.limit, ...verdicts(seen)]).toEqual([
      true,
      null,
      ['holds', null, null],
    ]);
  });

  test('a search that is over when enough is decided says nothing of the rest', () => {
    const small = { ...sumClaim('always', 2, (sum) => sum < 2), name: 'small' };
    const right = { ...sumClaim('always', 2, (sum) => sum <= 60), name: 'right' };
    const ended = explore(counting(2, 30), [small, right], { until: [['small', 'right']] });
    expect([ended.complete, ended.limit]).toEqual([
      false,
      'Stopped at 5 states, depth 1: enough is decided.',
    ]);
    expect(verdicts(ended)).toEqual([
      ['broken', 2, 'the sum is 2'],
      ['undecided', null, null],
    ]);
    const whole = explore(counting(2, 30), [small, right], { until: [['small'], ['right']] });
    expect(verdicts(whole)).toEqual([
      ['broken', 2, 'the sum is 2'],
      ['holds', null, null],
    ]);
  });

  test('the search ends when nothing is left to decide, unless it is told to see the whole', () => {
    const claim = sumClaim('always', 2, (sum) => sum < 2);
    const early = explore(counting(2, 30), [claim]);
    const whole = explore(counting(2, 30), [claim], { whole: true });
    expect([early.complete, early.limit, early.states < 31 * 31]).toEqual([false, null, true]);
    expect([whole.complete, whole.states]).toEqual([true, 31 * 31]);
    expect(verdicts(early)).toEqual(verdicts(whole));
  });

  test('a claim over more components than a word has bits is judged in every state', () => {
    const claim = sumClaim('always', 33, (sum) => sum < 2);
    expect(verdicts(explore(counting(33, 1), [claim]))).toEqual([['broken', 2, 'the sum is 2']]);
  });

  test('a claim that reads nothing is refused', () => {
    const blind: Claim = { ...sumClaim('always', 1, () => true), name: 'blind', reads: {} };
    expect(() => explore(counting(1, 1), [blind])).toThrow(
      'The claim blind reads no component: it could never fail.',
    );
  });
});

describe('sometimes', () => {
  test('a situation that occurs is shown by the shortest way to it', () => {
    const claim = sumClaim('sometimes', 2, (sum) => sum === 6);
    expect(verdicts(explore(counting(2, 3), [claim]))).toEqual([['holds', 6, null]]);
  });

  test('a situation that never occurs is broken, and has no trace', () => {
    const claim = sumClaim('sometimes', 2, (sum) => sum === 7);
    expect(verdicts(explore(counting(2, 3), [claim]))).toEqual([['broken', null, null]]);
  });
});

describe('recovers', () => {
  test('a pump that is mended each time recovers', () => {
    const seen = explore(pump({ breaks: 2 }), [pumpWorksAgain()]);
    // With two breakdowns to come: works. With one, then none: broken, stopped, works.
    expect([seen.states, ...verdicts(seen)]).toEqual([1 + 3 + 3, ['holds', null, null]]);
  });

  test('a pump that nobody mends does not recover by itself', () => {
    const seen = explore(pump({ breaks: 2 }), [pumpWorksAgain(true)]);
    expect(verdicts(seen)).toEqual([['broken', 1, 'the pump is broken']]);
  });

  test('a wedge is shown by the shortest way into it', () => {
    const seen = explore(pump({ breaks: 1, bursts: 1 }), [pumpWorksAgain()]);
    expect(verdicts(seen)).toEqual([['broken', 2, 'the pump is burst']]);
  });

  test('moves of clients do not count as recovery', () => {
    const claim = sumClaim('recovers', 1, (sum) => sum === 0); // down is a client's move
    expect(verdicts(explore(counting(1, 2), [claim]))).toEqual([['broken', 1, 'the sum is 1']]);
  });

  test('several claims at once are told apart', () => {
    const claims = [
      sumClaim('recovers', 1, (sum) => sum === 2),
      sumClaim('always', 1, (sum) => sum <= 2),
      sumClaim('recovers', 1, (sum) => sum === 1),
      sumClaim('sometimes', 1, (sum) => sum === 1),
    ];
    expect(verdicts(explore(counting(1, 2), claims))).toEqual([
      ['holds', null, null],
      ['holds', null, null],
      ['broken', 2, 'the sum is 2'],
      ['holds', 1, null],
    ]);
  });

  test('what was not seen to its end is undecided', () => {
    const claim = sumClaim('recovers', 1, (sum) => sum === 0);
    expect(verdicts(explore(counting(1, 99), [claim], { maxStates: 50 }))).toEqual([
      ['undecided', null, null],
    ]);
  });
});

describe('limits', () => {
  const claims = [
    sumClaim('always', 3, (sum) => sum < 30),
    sumClaim('sometimes', 3, (sum) => sum === 29),
    sumClaim('always', 3, (sum) => sum !== 2),
  ];

  test('a limit on states ends in undecided; what was decided before it stays decided', () => {
    const seen = explore(counting(3, 99), claims, { maxStates: 1000 });
    expect([seen.complete, seen.states, seen.limit, ...verdicts(seen)]).toEqual([
      false,
      1001,
      'Stopped at 1,001 states (the limit is 1,000), depth 16.',
      ['undecided', null, null],
      ['undecided', null, null],
      ['broken', 2, 'the sum is 2'],
    ]);
  });

  test('a limit on memory ends in undecided', () => {
    const seen = explore(counting(3, 99), [sumClaim('always', 3, (sum) => sum < 297)], {
      maxBytes: 1 << 20,
    });
    expect([seen.complete, ...verdicts(seen)]).toEqual([false, ['undecided', null, null]]);
    expect(seen.limit).toMatch(
      /^Stopped at [\d,]+ states, depth \d+: the memory limit of 1 MiB is near\.$/,
    );
  });

  test('a limit that is not reached changes nothing', () => {
    const seen = explore(counting(2, 3), [], { maxStates: 16 });
    expect([seen.complete, seen.limit]).toEqual([true, null]);
  });

  test('whoever watches the progress may interrupt', () => {
    const told: Progress[] = [];
    const seen = explore(counting(3, 99), [claims[0]!], {
      progressEvery: 100,
      onProgress: (progress) => {
        told.push(progress);
        return told.length < 3;
      },
    });
    expect(told.map(({ states, frontier }) => states - frontier)).toEqual([100, 200, 300]);
    expect(
      told.every(
        ({ moves, depth }, i) =>
          i === 0 || (moves >= told[i - 1]!.moves && depth >= told[i - 1]!.depth),
      ),
    ).toBe(true);
    expect([seen.complete, seen.limit, ...verdicts(seen)]).toEqual([
      false,
      `Interrupted at ${seen.states} states, depth ${seen.depth}.`,
      ['undecided', null, null],
    ]);
  });
});

test('the same search gives the same result', () => {
  const system = mail({ letters: 4, loss: { lostMail: 1 }, budget: { lostMail: 2 } });
  const [first, second] = [explore(system, []), explore(system, [])];
  const figures = ({ states, moves, depth, machineCalls }: Exploration) => [
    states,
    moves,
    depth,
    machineCalls,
  ];
  expect(figures(first)).toEqual(figures(second));
});
