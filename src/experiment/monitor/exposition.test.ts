/** What a run's exposition says, to the byte. */
import { expect, test } from 'vitest';
import type { Sample } from '../result.ts';
import { exposition } from './exposition.ts';
import { METRIC_IDS, METRICS, type Metric, WITHOUT_METRIC } from './metrics.ts';

const HEALTHY: Sample = {
  at: 1,
  underReplicatedPartitions: 0,
  underMinIsrPartitions: 0,
  offlinePartitions: 0,
  activeBrokers: 3,
  acknowledgedPerSecond: 100.25,
  processedPerSecond: 0,
  bytesInPerSecond: 1000,
  replicationBytesInPerSecond: 2000,
  producerBacklog: 0,
  consumerLag: 100,
  batchId: null,
  batchMilliseconds: null,
  inputRowsPerSecond: null,
  processedRowsPerSecond: null,
  stateRows: 0,
  activeExecutors: 2,
};
const BROKEN: Sample = {
  ...HEALTHY,
  at: 2.5,
  underReplicatedPartitions: 4,
  underMinIsrPartitions: 3,
  offlinePartitions: 1,
  activeBrokers: 2,
  acknowledgedPerSecond: 10,
  consumerLag: 115,
  batchId: 0,
  batchMilliseconds: 812.5,
  inputRowsPerSecond: 66.5,
  processedRowsPerSecond: 123,
  stateRows: 40,
  activeExecutors: 1,
};
const LABELS = {
  cluster: 'a "b" \\c',
  query: 'orders-per region',
  startEpochSeconds: 1_700_000_000,
};

test('a run is OpenMetrics: seconds, counters named without _total, an end', async () => {
  await expect(exposition([HEALTHY, BROKEN], LABELS)).toMatchFileSnapshot('fixtures/run.om');
});

test('the text format of Prometheus has counters by their whole name, milliseconds, no end', () => {
  const lines = exposition([HEALTHY, BROKEN], LABELS, 'prometheus').split('\n');
  const name = 'kafka_server_brokertopicmetrics_bytesin_total';
  expect(lines.filter((line) => line.includes(name))).toEqual([
    `# HELP ${name} Bytes received from producers.`,
    `# TYPE ${name} counter`,
    `${name}{cluster="a \\"b\\" \\\\c",job="kafka"} 1000 1700000001000`,
    `${name}{cluster="a \\"b\\" \\\\c",job="kafka"} 2500 1700000002500`,
  ]);
  expect(lines.includes('# EOF')).toBe(false);
});

test('a run without samples is empty, and still OpenMetrics', () => {
  expect(exposition([], LABELS)).toBe('# EOF\n');
});

test('what is no finite number is written as Prometheus has it', () => {
  const odd = { ...HEALTHY, inputRowsPerSecond: Number.POSITIVE_INFINITY, stateRows: Number.NaN };
  const values = exposition([odd], LABELS)
    .split('\n')
    .filter((line) => /^metrics_.*(inputRate|states)/.test(line))
    .map((line) => line.split(' ').at(-2));
  expect(values).toEqual(['+Inf', 'NaN']);
});

test('every field of a sample is in a metric, or is said to have none', () => {
  const read = new Set<PropertyKey>();
  const watched = new Proxy(HEALTHY, {
    get: (sample, key: keyof Sample) => {
      read.add(key);
      return sample[key];
    },
  });
  for (const id of METRIC_IDS) (METRICS[id] as Metric).sample?.(watched);
  const without = Object.keys(WITHOUT_METRIC);
  expect([...read, ...without].sort()).toEqual(Object.keys(HEALTHY).sort());
});

test('help texts need no escaping', () => {
  expect(METRIC_IDS.filter((id) => /["\\\n]/.test(METRICS[id].help))).toEqual([]);
});
