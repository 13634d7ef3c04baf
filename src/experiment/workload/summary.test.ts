import { expect, test } from 'vitest';
import { workloadSetting } from '../setting.ts';
import { arrivalsOf, summaryOf } from './index.ts';
import { partitionOf } from './partitioner.ts';

test('a burst is as many times the mean as its rate is', () => {
  // Calm at 100 a second, the burst at 600, the mean 200.
  const workload = workloadSetting.parse({
    kind: 'synthetic',
    messagesPerSecond: 200,
    bursts: { factor: 6, seconds: 2, everySeconds: 10 },
  });
  const arrivals = arrivalsOf(workload, 1, () => '');
  const told = { hottestPartition: 0, hottestShare: 1 };
  expect(summaryOf(arrivals, 100)).toEqual({ ...told, peakPerMean: 3 });
  expect(summaryOf(arrivals, 100, 10)).toEqual({ ...told, peakPerMean: 1 });
});

test('the hottest partition is that of the key with most messages', () => {
  const csv = 'timestamp,key,size\n0,a,1\n1,b,1\n2,a,1\n3,a,1\n';
  const arrivals = arrivalsOf({ kind: 'recorded', file: 'a.csv', speed: 1 }, 50, () => csv);
  expect(summaryOf(arrivals, 4)).toEqual({
    hottestPartition: partitionOf('a', 50),
    hottestShare: 0.75,
    peakPerMean: 1,
  });
});

test('of no time nothing is said to be hot', () => {
  const arrivals = arrivalsOf(workloadSetting.parse({ kind: 'synthetic' }), 2, () => '');
  expect(summaryOf(arrivals, 0)).toEqual({ hottestPartition: 0, hottestShare: 0, peakPerMean: 0 });
});
