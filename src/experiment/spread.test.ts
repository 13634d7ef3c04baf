/** Draws and the streams they come from. */
import { describe, expect, it, test } from 'vitest';
import { draw, mean, quantile, type Spread, streamOf, type Uniform } from './spread.ts';

const SPREADS: readonly Spread[] = [
  { kind: 'fixed', ms: 3 },
  { kind: 'uniform', from: 2, to: 4 },
  { kind: 'lognormal', median: 10, p95: 40 },
  { kind: 'exponential', mean: 5 },
];

const many = <T>(count: number, one: () => T): T[] => Array.from({ length: count }, one);

const share = (draws: readonly number[], at: number) =>
  Float64Array.from(draws).sort()[Math.floor(at * draws.length)]!;

const within = (expected: number, tolerance: number) => ({
  asymmetricMatch: (actual: number) => Math.abs(actual / expected - 1) <= tolerance,
  toString: () => `within ${tolerance * 100} % of ${expected}`,
});

it('draws the same from the same seed and name on every machine', () => {
  const stream = streamOf(1, 'network');
  expect([stream(), stream(), stream()]).toEqual([
    0.8245827084686094, 0.17595816786637808, 0.7877504319475349,
  ]);
});

test.each([
  [SPREADS[0]!, [3, 3, 3]],
  [SPREADS[1]!, [2.396863579842229, 2.107976960321668, 3.0838689349039923]],
  [SPREADS[2]!, [4.896538687973839, 2.580276866386879, 10.928125640934969]],
  [SPREADS[3]!, [1.105926037615811, 0.2775026629228282, 3.9037151046878398]],
])('draws the same times of %o', (spread, expected) => {
  const stream = streamOf(7, 'x');
  const drawn = many(3, () => draw(spread, stream));
  // Logarithms may differ in their last digit from one machine to the next.
  expect(drawn.map((ms) => ms.toPrecision(12))).toEqual(expected.map((ms) => ms.toPrecision(12)));
});

it('draws a lognormal with the median and the 95th percentile that it states', () => {
  const stream = streamOf(1, 'lognormal');
  const draws = many(1_000_000, () => draw(SPREADS[2]!, stream));
  expect([share(draws, 0.5), share(draws, 0.95)]).toEqual([within(10, 0.01), within(40, 0.01)]);
});

test.each(SPREADS)('draws of %o have the mean that it states', (spread) => {
  const stream = streamOf(1, 'mean');
  const draws = many(100_000, () => draw(spread, stream));
  expect(draws.reduce((sum, ms) => sum + ms) / draws.length).toEqual(within(mean(spread), 0.01));
});

test.each(SPREADS)('even the ends of a stream give times of %o, not less than none', (spread) => {
  const ends = [0, Number.MIN_VALUE, 2 ** -53, 1 - 2 ** -53].map((at) => quantile(spread, at));
  expect(ends.filter((ms) => !Number.isFinite(ms) || ms < 0)).toEqual([]);
});

test.each(SPREADS)('a larger number of the stream never gives a shorter time of %o', (spread) => {
  const times = many(10_001, () => 0).map((_, at) => quantile(spread, at / 10_001));
  expect(times.filter((ms, at) => at > 0 && ms < times[at - 1]!)).toEqual([]);
});

test.each(SPREADS)('a draw of %o takes one number, so that runs stay in step', (spread) => {
  let taken = 0;
  const counted: Uniform = () => {
    taken += 1;
    return 0.5;
  };
  draw(spread, counted);
  expect(taken).toBe(1);
});

test.each([
  [1e-12, -7.034483825],
  [0.001, -3.090232306],
  [0.075, -1.439531471],
  [0.3, -0.5244005127],
  [0.5, 0],
  [0.9, 1.281551566],
  [0.99999, 4.264890794],
])('below the normal quantile of %d lies that share', (at, expected) => {
  const standard: Spread = { kind: 'lognormal', median: 1, p95: Math.exp(1.6448536269514722) };
  expect(Math.log(quantile(standard, at))).toBeCloseTo(expected, 5);
});

describe('streams', () => {
  const names = many(200, () => '').map((_, at) => `network ${at}`);

  it('share no number between 200 names and 20 seeds', () => {
    const firsts = names.flatMap((name) =>
      many(20, () => 0).map((_, seed) => streamOf(seed, name)()),
    );
    expect(new Set(firsts).size).toBe(4_000);
  });

  test.each([
    ['names', 1, 'disk', 1, 'network'],
    ['names with one letter between them', 1, 'broker 1', 1, 'broker 2'],
    ['seeds next to each other', 1, 'network', 2, 'network'],
    ['a digit that could belong to either', 1, '1 network', 11, 'network'],
  ])('of two %s have nothing to do with each other', (_, seed, name, otherSeed, otherName) => {
    const one = streamOf(seed, name);
    const other = streamOf(otherSeed, otherName);
    const covariance =
      many(100_000, () => (one() - 0.5) * (other() - 0.5)).reduce((sum, x) => sum + x) / 100_000;
    expect(Math.abs(covariance * 12)).toBeLessThan(0.01);
  });

  it('are even: every tenth of [0, 1) gets a tenth of the numbers', () => {
    const stream = streamOf(1, 'even');
    const tenths = new Array<number>(10).fill(0);
    for (const at of many(100_000, stream)) tenths[Math.floor(at * 10)]! += 1;
    expect(tenths).toEqual(tenths.map(() => within(10_000, 0.03)));
  });
});
