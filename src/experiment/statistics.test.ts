/** Numbers worked by hand. */
import { expect, test } from 'vitest';
import type { ExperimentRow, SettingValue } from './row.ts';
import { sensitivity } from './sensitivity.ts';
import { bandOf, figuresOf, groupsOf, type Measure, summarise } from './statistics.ts';

/** Rows with nothing in them but settings and a value; NaN stands for a run without one. */
const valueRows = (
  lines: readonly (readonly [Record<string, SettingValue>, number])[],
): ExperimentRow[] =>
  lines.map(([settings, offered], run) => ({
    ...{ run, cell: 0, fault: 'none', seed: 0, settings },
    result: { offered } as ExperimentRow['result'],
  }));
const value: Measure = ({ result }) => (Number.isNaN(result.offered) ? null : result.offered);

test('mean and quantiles are those worked by hand, and runs without a value are counted apart', () => {
  const { low, high, ...found } = figuresOf([4, null, 1, 3, 2])!;
  expect(found).toEqual({ n: 4, missing: 1, mean: 2.5, p50: 2.5, p95: expect.closeTo(3.85) });
  expect(low).toBeGreaterThan(1);
  expect(high).toBeLessThan(4);
  expect(figuresOf([null])).toBeNull();
});

test('the band of equal values is that value, and of one value too', () => {
  expect(bandOf([7, 7, 7])).toEqual([7, 7]);
  expect(bandOf([3])).toEqual([3, 3]);
});

test('the band never leaves the range of the values', () => {
  expect(bandOf([0, 0, 0, 0, 0, 0, 0, 100])).toEqual([0, 37.5]);
});

test('the band of many values is the mean, plus and minus 1.96 standard errors', () => {
  const values = [...Array<number>(200).fill(0), ...Array<number>(200).fill(1)];
  // s = sqrt(400 * 0.25 / 399); 1.959964 * s / 20 = 0.049060...
  const [low, high] = bandOf(values);
  expect(low).toBeCloseTo(0.5 - 0.0490605, 6);
  expect(high).toBeCloseTo(0.5 + 0.0490605, 6);
});

test('with few values the band agrees with the normal approximation to a tenth of its width', () => {
  const values = Array.from({ length: 200 }, (_, i) => i);
  const [low, high] = bandOf(values);
  // s = sqrt(200 * 201 / 12) = 57.88; 1.96 * s / sqrt(200) = 8.02
  expect(Math.abs(low - (99.5 - 8.02))).toBeLessThan(1.6);
  expect(Math.abs(high - (99.5 + 8.02))).toBeLessThan(1.6);
});

test('rows in any order give the same groups, numbers by size and words as the runs come to them', () => {
  const rows = valueRows([
    [{ storage: 's3', workers: 10 }, 1],
    [{ storage: 'hdfs', workers: 9 }, 2],
    [{ storage: 's3', workers: 9 }, 3],
    [{ storage: 's3', workers: 9 }, 5],
    [{ storage: 'hdfs', workers: 10 }, Number.NaN],
  ]);
  const found = summarise(rows, ['storage', 'workers'], value);
  expect(found.map(({ key, n, mean }) => [key, n, mean])).toEqual([
    [{ storage: 's3', workers: 9 }, 2, 4],
    [{ storage: 's3', workers: 10 }, 1, 1],
    [{ storage: 'hdfs', workers: 9 }, 1, 2],
  ]);
  expect(summarise([...rows].reverse(), ['storage', 'workers'], value)).toEqual(found);
});

test('a setting that a row lacks is named, with those that it has', () => {
  const rows = valueRows([[{ workers: 3 }, 1]]);
  const message = "Run 0 has no setting 'toString'. It has fault, workers.";
  expect(() => groupsOf(rows, ['toString'])).toThrow(new RangeError(message));
});

const grid = (of: (a: number, b: number) => number[]): ExperimentRow[] =>
  valueRows(
    [0, 1].flatMap((b) =>
      [0, 1].flatMap((a) => of(a, b).map((each) => [{ a, b, c: 'x' }, each] as const)),
    ),
  );
const shares = (rows: readonly ExperimentRow[]) => {
  const { effects, rests } = sensitivity(rows, ['b', 'a', 'c'], value)!;
  return [
    ...effects.map(({ setting, share }) => [setting, share]),
    ...rests.map(({ says, share }) => [says, share]),
  ];
};

test('settings that add up explain all, each its part: 100 and 16 of 116', () => {
  const rows = grid((a, b) => [10 * a + 4 * b]);
  expect(shares(rows)).toEqual([
    ['a', 100 / 116],
    ['b', 16 / 116],
    ['c', 0],
    ['settings together, or chance', expect.closeTo(0, 12)],
  ]);
  const [strongest] = sensitivity(rows, ['b', 'a'], value)!.effects;
  expect(strongest).toEqual({
    setting: 'a',
    share: 100 / 116,
    levels: [
      { value: 0, n: 2, mean: 2 },
      { value: 1, n: 2, mean: 12 },
    ],
    spread: 10,
  });
});

test('what settings do only together is told apart from chance', () => {
  // Of 96: 32 for each setting, 32 for both together, nothing within combinations.
  expect(shares(grid((a, b) => [8 * a * b, 8 * a * b]))).toEqual([
    ['b', expect.closeTo(1 / 3, 12)],
    ['a', expect.closeTo(1 / 3, 12)],
    ['c', 0],
    ['settings only together', expect.closeTo(1 / 3, 12)],
    ['chance', 0],
  ]);
});

test('few runs of each combination do not pass for what settings do together', () => {
  // Of 240: 200 and 32; 8 within combinations of two runs each, so that chance did all that is left.
  expect(shares(grid((a, b) => [10 * a + 4 * b - 1, 10 * a + 4 * b + 1]))).toEqual([
    ['a', expect.closeTo(200 / 240, 12)],
    ['b', expect.closeTo(32 / 240, 12)],
    ['c', 0],
    ['settings only together', expect.closeTo(0, 12)],
    ['chance', expect.closeTo(8 / 240, 12)],
  ]);
});

test('what never differs is decided by nothing', () => {
  expect(
    sensitivity(
      grid(() => [5]),
      ['a'],
      value,
    ),
  ).toBeNull();
  expect(
    sensitivity(
      grid(() => [Number.NaN]),
      ['a'],
      value,
    ),
  ).toBeNull();
});
