/**
 * The committed table about the paper's claim, held to what `check` says: here what takes seconds, all of
 * it in exactly-once.deep.ts.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Budget } from '../model/index.ts';
import { BUDGETS, judgePoints, POINTS } from './exactly-once.ts';
import { CLAIMED, cellsOf, STORED, struckBy } from './table.ts';

const written = readFileSync(
  new URL('../../reports/baseline/exactly-once.md', import.meta.url),
  'utf8',
);

/** The written verdicts of a guarantee at an isolation level: by sink and storage, then by fault. */
function writtenIn(guarantee: string, isolation: string): Map<string, Map<string, string>> {
  const [, section = ''] = written.split(`## ${guarantee}, ${isolation}\n`);
  const lines = section
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const [headings, , ...rows] = lines.map((line) => line.slice(2, -2).split(' | '));
  return new Map(
    rows.flatMap(([sinks, storage, ...rest]) =>
      sinks!
        .split(', ')
        .map((sink): [string, Map<string, string>] => [
          `${sink}, ${storage}`,
          new Map(rest.map((cell, at) => [headings![at + 2]!, cell])),
        ]),
    ),
  );
}

const withoutBrokers = BUDGETS.filter((faults) => faults.brokerCrash === undefined);
const cheap: readonly (readonly [string, typeof POINTS, readonly Budget[]])[] = [
  ['on HDFS, brokers that do not crash', POINTS.filter(isOnHdfs), withoutBrokers],
  [
    'on S3, a driver that crashes',
    POINTS.filter((point) => !isOnHdfs(point)),
    [{}, { driverCrash: 1 }],
  ],
];
function isOnHdfs({ storage }: (typeof POINTS)[number]): boolean {
  return storage === 'hdfs';
}

it.each(cheap)('tells the verdicts as the check finds them: %s', async (_, points, budgets) => {
  const judged = await judgePoints(points, budgets);
  for (const guarantee of CLAIMED) {
    for (const point of judged) {
      const name = `${point.sink}, ${STORED[point.storage]}`;
      const told = writtenIn(guarantee, point.isolation).get(name)!;
      const cells = budgets.map((faults) => told.get(struckBy(faults)));
      expect([guarantee, point.isolation, name, ...cells]).toEqual([
        ...[guarantee, point.isolation, name],
        ...cellsOf(point, guarantee, budgets),
      ]);
    }
  }
});

it('has a row for every sink, isolation level and storage', () => {
  const rows = CLAIMED.map((guarantee) =>
    ['read_committed', 'read_uncommitted'].map((isolation) => writtenIn(guarantee, isolation).size),
  );
  expect(rows).toEqual([
    [33, 33],
    [33, 33],
    [33, 33],
  ]);
});
