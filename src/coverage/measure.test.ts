/** What is measured of a pump that breaks, how it is told, and what falls short of thresholds. */
import { expect, test } from 'vitest';
import { LOSSES } from '../engine/stepper.ts';
import { statesOf } from '../model/index.ts';
import { coverageText } from '../report/coverage.ts';
import { pump, pumpWorksAgain } from '../testing/toys.ts';
import { measure } from './measure.ts';
import type { CoverageReport } from './schema.ts';
import type { Suite } from './suite.ts';
import { shortfalls, type Thresholds } from './thresholds.ts';

const sound = { ...pumpWorksAgain(), name: 'pumpIsAState', modality: 'always' as const };
const claims = [{ ...sound, check: () => null }, pumpWorksAgain()];
const suite: Suite = {
  name: 'pump',
  about: 'a pump that breaks',
  phases: [statesOf('the pump', 'pump', ['works', 'broken', 'stopped', 'burst'])],
  cases: () => [
    { system: pump({ breaks: 1 }), claims },
    { system: pump({ breaks: 1, bursts: 1 }), claims },
  ],
};
/** Two walks of a single move: they see it break and nothing else. */
const short = { runs: 2, maxMoves: 1 };
const bursts = { system: pump({ breaks: 1, bursts: 1 }), claims, moves: [0, LOSSES] };
const reportOf = (one: ReturnType<typeof measure>): CoverageReport => ({
  schema: 1,
  suites: [one],
});

test('search, walks and scenarios are counted side by side', () => {
  const { machines, strikes, claims: judged } = measure(suite, [bursts], short);
  expect(machines.pump!.edges.map(({ event, taken, struck }) => [event, taken, struck])).toEqual([
    ['BREAK', { searched: 2, sampled: 4, scenarios: 1 }, true],
    ['MEND', { searched: 2, sampled: 0, scenarios: 0 }, false],
    ['BURST', { searched: 1, sampled: 0, scenarios: 1 }, true],
    ['RESTART', { searched: 2, sampled: 0, scenarios: 0 }, false],
  ]);
  expect(machines.pump!.failurePaths).toEqual([
    {
      path: ['works', 'BREAK', 'broken', 'BURST', 'burst'],
      taken: { searched: 1, sampled: 0, scenarios: 1 },
    },
    {
      path: ['works', 'BREAK', 'broken', 'MEND', 'stopped', 'RESTART', 'works'],
      taken: { searched: 2, sampled: 0, scenarios: 0 },
    },
  ]);
  expect(strikes[0]!.rows[1]!.cells[1]).toEqual({ searched: 1, sampled: 0, scenarios: 1 });
  // A pump that may burst breaks the second claim, so only the first case judged it to its end.
  expect(judged).toEqual([
    { name: 'pumpIsAState', modality: 'always', edges: { searched: 4, sampled: 1, scenarios: 2 } },
    {
      name: 'pumpWorksAgain',
      modality: 'recovers',
      edges: { searched: 3, sampled: 0, scenarios: 0 },
    },
  ]);
});

test('a scenario that is not possible is refused', () => {
  expect(() => measure(suite, [{ ...bursts, moves: [LOSSES] }], short)).toThrow(
    'pump: move 1 of a scenario is not possible.',
  );
});

test('a case that is not searched to its end proves nothing', () => {
  const { complete } = measure(suite, [], { ...short, maxStates: 1 });
  expect(complete).toBe(false);
});

test('the text tells what was taken, what was not, and when faults struck', () => {
  const text = coverageText(reportOf(measure(suite, [bursts], short)));
  expect(text.split('\n').slice(6)).toEqual([
    '== pump: a pump that breaks ==',
    '',
    '2 cases, 9 states, each searched to its end.',
    '',
    'Machine  edges  searched  sampled  scenarios  failure paths  searched  sampled  scenarios',
    'pump         4         4        1          2              2         2        0          1',
    '',
    'Edges that no walk took:',
    '  pump: broken --MEND--> stopped',
    '  pump: stopped --RESTART--> works',
    '  pump: broken --BURST--> burst (a scenario does)',
    '',
    'Failure paths that no walk followed:',
    '  pump: works > BREAK > broken > MEND > stopped > RESTART > works',
    '  pump: works > BREAK > broken > BURST > burst (a scenario does)',
    '',
    'Faults by phase of the pump',
    '(# walks struck then, + of walks and scenarios only a scenario, o it can strike, never sampled, . it cannot):',
    '               works  broken  stopped  burst',
    'breaks: BREAK      #       .        .      .',
    'bursts: BURST      .       +        .      .',
    '',
    'Edges taken in runs that judged  searched  sampled  scenarios',
    'pumpIsAState                            4        1          2',
    'pumpWorksAgain                          3        -          -',
    '',
  ]);
});

const wanted = (of: Partial<Thresholds['suites'][string]>): Thresholds => ({
  about: '',
  suites: {
    pump: { edges: {}, failurePaths: {}, strikes: {}, claims: 0, neverTaken: {}, ...of },
  },
});

test('what falls short of a threshold is said in a sentence', () => {
  const found = reportOf(measure(suite, [bursts], short));
  const all = {
    edges: { searched: 100, sampled: 50 },
    failurePaths: { scenarios: 51 },
    strikes: { sampled: 50, scenarios: 100 },
    claims: 80,
    neverTaken: { 'pump: * --BURST--> *': 'It never bursts.' },
  };
  expect(shortfalls(found, wanted(all))).toEqual([
    'pump: 1 of 4 edges taken by walks (25.0 %), not 50 %.',
    'pump: 1 of 2 failure paths taken by scenarios (50.0 %), not 51 %.',
    'pump: pumpWorksAgain was judged on 3 of 4 edges (75.0 %), not 80 %.',
    "pump: 'pump: * --BURST--> *' is explained as never taken, and it is taken.",
  ]);
  expect(shortfalls(found, wanted({}))).toEqual([]);
});

test('an edge that no search takes must be explained, a stimulus that is never given cannot be', () => {
  const never = { ...suite, cases: () => [{ system: pump({ breaks: 1 }), claims }] };
  const found = reportOf(measure(never, [], short));
  expect(shortfalls(found, wanted({ neverTaken: {} }))).toEqual([
    'pump: never taken: pump: broken --BURST--> burst',
    'pump: the stimulus fault BURST is never given.',
  ]);
  expect(shortfalls(found, wanted({ neverTaken: { '* --BURST--> burst': 'Why.' } }))).toEqual([
    'pump: the stimulus fault BURST is never given.',
  ]);
});

test('a suite without thresholds falls short', () => {
  const found = reportOf(measure(suite, [], short));
  expect(shortfalls(found, { about: '', suites: {} })).toEqual([
    'pump has no thresholds: add them to coverage.thresholds.json.',
  ]);
});
