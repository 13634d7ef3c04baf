/** What is said of numbers that are known. */
import { expect, test } from 'vitest';
import { lossReadingOf, readingOf } from './reading.ts';
import type { ExperimentRow, SettingValue } from './row.ts';
import { paperTable, sensitivityTable } from './tables.ts';

interface Line {
  readonly fault: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly cell: number;
  /** Seconds of detection and of reloading. */
  readonly detect: number;
  readonly reload: number;
  readonly lost?: number;
  readonly recovered?: boolean;
}

const rowsOf = (lines: readonly Line[]): ExperimentRow[] =>
  lines.map(({ fault, settings, cell, detect, reload, lost = 0, recovered = true }, run) => {
    const phases = { detect, reschedule: 0, reload, rerun: 0, catchUp: 0 };
    const percentiles = { p50: 5, p95: 9, p99: 10, max: 20 };
    return {
      ...{ run, cell, settings, fault, seed: run },
      result: {
        ...{ seconds: 200, writes: null, wholeAgain: null },
        output: { total: detect + reload, phases },
        recovered,
        loss: {
          ...{ acknowledgedAndLost: lost, unacknowledgedAndLost: 0, duplicatedInKafka: 0 },
          ...{ duplicatedInSink: 0, phantom: 0 },
        },
        ...{ offered: 10_000, throughput: 9_500, delivered: 9_000 },
        ...{ acknowledgement: percentiles, endToEnd: percentiles },
        resources: {
          ...{
            bytesReplicated: 0,
            bytesCheckpointed: 0,
            messagesRecomputed: 0,
            workersBusy: 0.5,
            batchBusy: 0.1,
          },
        },
        ...{ stateIntact: true, moves: 1 },
      },
    };
  });

const fault = 'Spark node failure';
const rows = rowsOf([
  { fault, settings: { workers: 3 }, cell: 0, detect: 10, reload: 6 },
  { fault, settings: { workers: 3 }, cell: 0, detect: 10, reload: 6 },
  { fault, settings: { workers: 7 }, cell: 1, detect: 10, reload: 2 },
  { fault, settings: { workers: 7 }, cell: 1, detect: 0, reload: 0, recovered: false },
]);

test('the paper stands above what is simulated, and runs that did not come back are counted', () => {
  const table = paperTable(rows);
  expect(table.rows).toEqual([
    [
      ...[fault, 'the paper', '15', null, '0 "second"', '10,000', '50, of what is not said'],
      ...[null, null, null],
    ],
    [
      fault,
      'simulated: mean (95 % band)',
      '14.7 (12 to 16)',
      '14.7 (12 to 16)',
      '0 acknowledged messages',
      '9,500',
      '5, mean of medians',
      '5',
      4,
      1,
    ],
  ]);
  expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
});

test('the reading compares with the paper, names what dominates and what more workers change', () => {
  expect(readingOf(rows)).toEqual([
    "Spark node failure. Recovery takes 14.7 (12 to 16) s on average, by combination 12 to 16; the paper's 15 is within what the combinations give. Throughput is 9,500 messages/s on average, by combination 9,500 to 9,500; the paper's 10,000 is more than any combination of settings gives. 1 run of 4 had not recovered at the end.",
    'Spark node failure: none of 4 runs lost an acknowledged message. The paper has 0 "second".',
    'Spark node failure: of the time until the output is current again most goes to detect (68 %).',
    'Spark node failure, from 3 to 7 workers: detect goes from 10 to 10 s and reload state goes from 6 to 2 s.',
    'Spark node failure: the variance of the recovery time is explained by Spark workers 100 %, settings only together 0 % and chance 0 %.',
  ]);
});

test('the table of what decides has a line a setting and one for what no setting explains', () => {
  expect(sensitivityTable(rows).rows).toEqual([
    [fault, 'Spark workers', '100 %', '3: 16, 7: 12', '4'],
    [fault, 'settings only together', '0 %', '', ''],
    [fault, 'chance', '0 %', '', ''],
  ]);
});

test('what is lost is told with the settings under which alone it is', () => {
  const cut = 'Network partition';
  const losing = rowsOf(
    ['0', '1', 'all'].flatMap((acks, cell) =>
      [1, 2].map((partitions) => ({
        ...{ fault: cut, settings: { acks, partitions }, cell, detect: 1, reload: 0 },
        lost: acks === '1' ? 50 : 0,
      })),
    ),
  );
  expect(lossReadingOf(losing)).toEqual([
    'Network partition: 2 runs of 6 lost acknowledged messages, all of them with acks 1: 50 on average. The paper has 50 "second".',
  ]);
});

test('a fault that the paper does not have is not compared', () => {
  const other = rowsOf([{ fault: 'x', settings: {}, cell: 0, detect: 1, reload: 0 }]);
  expect(readingOf(other)).toEqual([
    'x: none of 1 run lost an acknowledged message.',
    'x: of the time until the output is current again most goes to detect (100 %).',
  ]);
  expect(paperTable(other).rows.map(([, which]) => which)).toEqual(['simulated: mean (95 % band)']);
});
