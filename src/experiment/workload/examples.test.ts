import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clickstream } from '../../../examples/workloads/clickstream.ts';
import { sensors } from '../../../examples/workloads/sensors.ts';
import { arrivalsOf, summaryOf } from './index.ts';
import { readRecording } from './recording.ts';

const file = (name: string): string => `examples/workloads/${name}.csv`;
const read = (path: string): string => readFileSync(path, 'utf8');
const made = { clickstream, sensors };

test.for(Object.entries(made))('%s.csv is what its script makes', ([name, make]) => {
  expect(make()).toBe(read(file(name)));
  expect(statSync(file(name)).size).toBeLessThanOrEqual(200_000);
});

/** Of one round, to four digits. */
const figures = (name: string, partitions: number): readonly number[] => {
  const workload = { kind: 'recorded', file: file(name), speed: 1 } as const;
  const arrivals = arrivalsOf(workload, partitions, read);
  const { hottestShare, peakPerMean } = summaryOf(
    arrivals,
    readRecording(name, read(file(name))).period,
  );
  return [arrivals.messagesPerSecond, arrivals.messageBytes, hottestShare, peakPerMean].map(
    (figure) => Number(figure.toPrecision(4)),
  );
};

test('the click stream has a hot partition that more partitions do not cool', () => {
  expect(figures('clickstream', 10)).toEqual([13.71, 298.7, 0.1805, 7.657]);
  expect(figures('clickstream', 20)).toEqual([13.71, 298.7, 0.1476, 7.657]);
  expect(figures('clickstream', 50)).toEqual([13.71, 298.7, 0.1268, 7.657]);
});

test('the sensors have small messages, and one burst from the gateway that comes back', () => {
  expect(figures('sensors', 10)).toEqual([14.82, 63.4, 0.1295, 14.17]);
  expect(figures('sensors', 20)).toEqual([14.82, 63.4, 0.06899, 14.17]);
  expect(figures('sensors', 50)).toEqual([14.82, 63.4, 0.03382, 14.17]);
});
