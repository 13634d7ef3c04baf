import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Workload, workloadSetting } from '../setting.ts';
import { arrivalsOf, summaryOf, totalUntil } from './index.ts';
import { partitionOf } from './partitioner.ts';
import { partitionShares } from './synthetic.ts';

const noFile = (): never => {
  throw new Error('a synthetic workload reads no file');
};
const synthetic = (given: object): Workload =>
  workloadSetting.parse({ kind: 'synthetic', ...given });
const arrivals = (given: object, partitions: number) =>
  arrivalsOf(synthetic(given), partitions, noFile);

const bursts = fc.option(
  fc
    .record({
      factor: fc.double({ min: 1, max: 100, noNaN: true }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      everySeconds: fc.double({ min: 1, max: 1_000, noNaN: true }),
    })
    .map(({ factor, part, everySeconds }) => ({
      factor,
      seconds: part * everySeconds,
      everySeconds,
    })),
  { nil: undefined },
);
const workloads = fc.record({
  messagesPerSecond: fc.integer({ min: 1, max: 100_000 }),
  messageBytes: fc.integer({ min: 1, max: 10_000 }),
  keys: fc.integer({ min: 1, max: 200 }),
  skew: fc.double({ min: 0, max: 2, noNaN: true }),
  bursts,
});
const partitionCounts = fc.integer({ min: 1, max: 50 });
const moments = fc.double({ min: 0, max: 10_000, noNaN: true });

test('without bursts messages arrive evenly', () => {
  const { messagesUntil, bytesUntil, ...figures } = arrivals({ messageBytes: 500 }, 1);
  expect(figures).toEqual({ partitions: 1, messagesPerSecond: 10_000, messageBytes: 500 });
  expect([0, 0.5, 60].map((seconds) => messagesUntil(0, seconds))).toEqual([0, 5_000, 600_000]);
  expect(bytesUntil(0, 60)).toBe(300_000_000);
});

test('nothing arrives before the run begins', () => {
  expect(arrivals({}, 1).messagesUntil(0, -5)).toBe(0);
});

test('a burst ends its period, and the mean stays the rate that was asked for', () => {
  // Calm for 8 s at 100 a second, then 2 s at 600: 2,000 in 10 s.
  const { messagesUntil } = arrivals(
    { messagesPerSecond: 200, bursts: { factor: 6, seconds: 2, everySeconds: 10 } },
    1,
  );
  const counts = [4, 8, 9, 10, 18, 20, 1_000].map((seconds) => messagesUntil(0, seconds));
  expect(counts).toEqual([400, 800, 1_400, 2_000, 2_800, 4_000, 200_000]);
});

test('a burst that lasts its whole period is no burst', () => {
  const always = { factor: 9, seconds: 10, everySeconds: 10 };
  expect(arrivals({ bursts: always }, 1).messagesUntil(0, 7)).toBeCloseTo(70_000, 6);
});

test('a burst longer than its period is refused', () => {
  const given = { kind: 'synthetic', bursts: { factor: 2, seconds: 11, everySeconds: 10 } };
  expect(workloadSetting.safeParse(given).error?.issues).toMatchObject([
    { path: ['bursts', 'seconds'], message: 'a burst lasts at most everySeconds' },
  ]);
});

test('a partition gets the shares of the keys that hash to it', () => {
  // Zipf with exponent 1 over three keys: 6/11, 3/11, 2/11.
  const expected = [0, 0];
  for (const [index, share] of [6, 3, 2].entries()) {
    expected[partitionOf(`key-${index + 1}`, 2)]! += share / 11;
  }
  const shares = partitionShares(3, 1, 2);
  for (const [partition, share] of expected.entries()) {
    expect(shares[partition]).toBeCloseTo(share, 12);
  }
});

test('keys that are all alike still leave partitions uneven: hashes are not', () => {
  const hottest = (partitions: number, skew: number): number =>
    Number(summaryOf(arrivals({ skew }, partitions), 10).hottestShare.toFixed(4));
  expect([10, 20, 50].map((partitions) => hottest(partitions, 0))).toEqual([
    0.1057, 0.0551, 0.0233,
  ]);
  expect([10, 20, 50].map((partitions) => hottest(partitions, 1))).toEqual([
    0.2106, 0.1612, 0.1208,
  ]);
});

test('one key is on one partition, and the others get nothing', () => {
  const shares = [...partitionShares(1, 0, 10)];
  expect(shares.filter((share) => share === 1)).toHaveLength(1);
  expect(shares.filter((share) => share === 0)).toHaveLength(9);
});

test('counts never fall', () => {
  fc.assert(
    fc.property(workloads, partitionCounts, moments, moments, (given, partitions, one, other) => {
      const { messagesUntil, bytesUntil } = arrivals(given, partitions);
      const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
      for (let partition = 0; partition < partitions; partition++) {
        expect(messagesUntil(partition, earlier)).toBeLessThanOrEqual(
          messagesUntil(partition, later),
        );
        expect(bytesUntil(partition, earlier)).toBeLessThanOrEqual(bytesUntil(partition, later));
      }
    }),
    { seed: 7 },
  );
});

test('rounding does not let a count fall where one period ends and the next begins', () => {
  // To tenths, as people write them; the examples are some where a plain sum falls.
  const tenths = fc.record({
    factor: fc.integer({ min: 1, max: 50 }),
    seconds: fc.integer({ min: 0, max: 500 }).map((n) => n / 10),
    everySeconds: fc.integer({ min: 10, max: 500 }).map((n) => n / 10),
  });
  const sound = tenths.filter(({ seconds, everySeconds }) => seconds <= everySeconds);
  fc.assert(
    fc.property(sound, fc.integer({ min: 1, max: 1_000 }), (given, periods) => {
      const { messagesUntil } = arrivals({ bursts: given }, 1);
      const end = periods * given.everySeconds;
      const step = 2 ** (Math.floor(Math.log2(end)) - 52);
      const around = [-3, -2, -1, 0, 1, 2, 3].map((steps) => end + steps * step);
      const counts = around.map((seconds) => messagesUntil(0, seconds));
      expect(counts.toSorted((a, b) => a - b)).toEqual(counts);
    }),
    {
      seed: 7,
      examples: [
        [{ factor: 22, seconds: 12.2, everySeconds: 12.4 }, 624],
        [{ factor: 2, seconds: 27.1, everySeconds: 40.8 }, 46],
      ],
    },
  );
});

test('all partitions together get the whole rate, however many they are', () => {
  fc.assert(
    fc.property(workloads, partitionCounts, fc.integer({ min: 1, max: 100 }), (given, of, n) => {
      const seconds = n * (given.bursts?.everySeconds ?? 1);
      const total = totalUntil(arrivals(given, of), seconds);
      expect(total / (given.messagesPerSecond * seconds)).toBeCloseTo(1, 9);
    }),
    { seed: 7 },
  );
});
