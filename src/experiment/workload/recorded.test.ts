import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalsOf, totalUntil } from './index.ts';
import { partitionOf } from './partitioner.ts';

const play = (csv: string, partitions: number, speed = 1) =>
  arrivalsOf({ kind: 'recorded', file: 'a.csv', speed }, partitions, () => csv);

const THREE = 'timestamp,key,size\n100,a,5\n101,b,7\n102.5,a,9\n';

test('messages arrive at their times, counted from the first of them', () => {
  const { messagesUntil, bytesUntil } = play(THREE, 1);
  const moments = [0, 0.5, 1, 1.5, 2.5, 3];
  expect(moments.map((seconds) => messagesUntil(0, seconds))).toEqual([0, 1, 1, 2, 2, 3]);
  expect(moments.map((seconds) => bytesUntil(0, seconds))).toEqual([0, 5, 5, 12, 12, 21]);
});

test('the recording begins anew one mean gap after its last message', () => {
  // 2.5 s have two gaps, so a round takes 3.75 s.
  const { messagesUntil, bytesUntil, ...figures } = play(THREE, 1);
  expect([3.75, 3.76, 4.75, 4.76].map((seconds) => messagesUntil(0, seconds))).toEqual([
    3, 4, 4, 5,
  ]);
  expect([375, 3_750].map((seconds) => bytesUntil(0, seconds))).toEqual([2_100, 21_000]);
  expect(figures).toEqual({ partitions: 1, messagesPerSecond: 0.8, messageBytes: 7 });
});

test('each key is on the partition that its hash says', () => {
  const { messagesUntil } = play(THREE, 10);
  const expected = Array.from({ length: 10 }, () => 0);
  expected[partitionOf('a', 10)]! += 2;
  expected[partitionOf('b', 10)]! += 1;
  expect(expected.map((_, partition) => messagesUntil(partition, 3))).toEqual(expected);
});

test('a message without a key counts in equal parts at all partitions', () => {
  const { messagesUntil, bytesUntil } = play('timestamp,key,size\n0,,8\n1,,8\n', 4);
  expect([0, 1, 2, 3].map((partition) => messagesUntil(partition, 2))).toEqual(
    Array.from({ length: 4 }, () => 0.5),
  );
  expect(bytesUntil(3, 2)).toBe(4);
});

test('nothing arrives before the run begins', () => {
  expect(play(THREE, 1).messagesUntil(0, -5)).toBe(0);
});

/** Recordings with times to the millisecond, few keys, some of them empty. */
const recordings = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 5_000 }),
      key: fc.constantFrom('', 'a', 'b', 'c', 'd'),
      size: fc.integer({ min: 0, max: 1_000 }),
    }),
    { minLength: 2, maxLength: 30 },
  )
  .filter((messages) => messages.slice(1).some(({ gap }) => gap > 0))
  .map((messages) => {
    let at = 0;
    const lines = messages.map(({ gap, key, size }) => {
      at += gap;
      return `${at / 1_000},${key},${size}\n`;
    });
    return `timestamp,key,size\n${lines.join('')}`;
  });
const partitionCounts = fc.integer({ min: 1, max: 50 });
const moments = fc.double({ min: 0, max: 10_000, noNaN: true });

test('counts never fall', () => {
  fc.assert(
    fc.property(recordings, partitionCounts, moments, moments, (csv, partitions, one, other) => {
      const { messagesUntil, bytesUntil } = play(csv, partitions);
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

test('twice the speed takes half the time', () => {
  fc.assert(
    fc.property(recordings, moments, (csv, seconds) => {
      const [once, twice] = [play(csv, 3, 1), play(csv, 3, 2)];
      expect(twice.messagesPerSecond).toBe(2 * once.messagesPerSecond);
      expect(twice.messageBytes).toBe(once.messageBytes);
      for (const partition of [0, 1, 2]) {
        expect(twice.messagesUntil(partition, seconds)).toBe(
          once.messagesUntil(partition, 2 * seconds),
        );
      }
    }),
    { seed: 7 },
  );
});

test('all partitions together get every message, however many they are', () => {
  fc.assert(
    fc.property(recordings, partitionCounts, moments, (csv, partitions, seconds) => {
      const whole = totalUntil(play(csv, 1), seconds);
      expect(totalUntil(play(csv, partitions), seconds)).toBeCloseTo(whole, 6);
    }),
    { seed: 7 },
  );
});

test('over many rounds the mean rate comes out', () => {
  fc.assert(
    fc.property(recordings, (csv) => {
      const arrivals = play(csv, 1);
      const messages = csv.trim().split('\n').length - 1;
      const seconds = (1_000 * messages) / arrivals.messagesPerSecond;
      const rounds = totalUntil(arrivals, seconds) / messages;
      // A round more or less is rounding at its end.
      expect(Math.abs(rounds - 1_000)).toBeLessThanOrEqual(1);
    }),
    { seed: 7 },
  );
});
