/** The same rows whoever runs them in which order. */
import { expect, test } from 'vitest';
import { rowsOf, textOf } from '../sweep/rows-file.ts';
import { type ExperimentInput, experimentOf, unitsOf } from './experiment.ts';
import {
  lanesOf,
  type Open,
  openUnits,
  type RunRow,
  rowsFor,
  runAll,
  type Worker,
  work,
} from './runs.ts';

const input: ExperimentInput = {
  base: { seconds: 40 },
  vary: { 'kafka.replicationFactor': [2, 3], 'kafka.partitions': [1, 3] },
  scenarios: { killed: [{ kind: 'leaderKilled', at: 15, seconds: 10 }], calm: [] },
  seeds: 2,
};
const experiment = experimentOf(input, 'mine.yaml');
const units = unitsOf(experiment, 'mine.yaml');
const { seeds } = experiment;
const kind = rowsFor(units, seeds);
const worker: Worker = async (assignment) => work(assignment);

async function rowsBy(workers: number, open: readonly Open[] = openUnits(units, seeds, [])) {
  const rows: RunRow[] = [];
  await runAll(
    open,
    Array.from({ length: workers }, () => worker),
    () => '',
    (more) => rows.push(...more),
  );
  return rows;
}

const whole = textOf(await rowsBy(1), kind);

test('a row says of what it is, and is read as it was written', () => {
  const rows = rowsOf(whole, 'rows', kind);
  expect(rows).toHaveLength(16);
  const { result, of, ...row } = rows[5]!;
  expect([row, of]).toEqual([
    {
      run: 5,
      cell: 1,
      settings: { 'kafka.replicationFactor': 2, 'kafka.partitions': 3 },
      fault: 'killed',
      seed: 2,
    },
    units[2]!.of,
  ]);
  expect([Object.hasOwn(result, 'samples'), result.loss.acknowledgedAndLost]).toEqual([false, 0]);
  expect(textOf(rows, kind)).toBe(whole);
});

test('two and three workers, and one in the opposite order, give the same bytes', async () => {
  const texts = await Promise.all([2, 3].map(async (count) => textOf(await rowsBy(count), kind)));
  const backwards = await rowsBy(1, openUnits(units, seeds, []).reverse());
  expect([...texts, textOf(backwards, kind)].map((text) => text === whole)).toEqual([
    true,
    true,
    true,
  ]);
});

test('only what is missing is run, seed by seed', async () => {
  const done = rowsOf(whole, 'rows', kind).filter(({ run }) => run !== 3 && run < 14);
  const open = openUnits(units, seeds, done);
  expect(open.map(({ unit, seeds: own }) => [unit.firstRun, own])).toEqual([
    [2, [2]],
    [14, [1, 2]],
  ]);
  expect(textOf([...done, ...(await rowsBy(2, open))], kind)).toBe(whole);
});

test('units of equal models follow each other, a stretch for each worker', () => {
  const open = openUnits(units, seeds, []).filter((_, at) => at % 2 === 0);
  const [a, b, c, d] = open as [Open, Open, Open, Open];
  expect(lanesOf([a, c, b, d], 2)).toEqual([
    [a, b],
    [c, d],
  ]);
});

test('nothing is begun once it is stopped', async () => {
  const rows: RunRow[] = [];
  await runAll(
    openUnits(units, seeds, []),
    [worker],
    () => '',
    (more) => rows.push(...more),
    () => rows.length > 0,
  );
  expect(rows).toHaveLength(seeds);
});

test('rows of another experiment, and rows that are none, are refused with their line', () => {
  const sentence = 'this is no row of this experiment; name another file, or remove it';
  const other = experimentOf({ ...input, base: { seconds: 41 } }, 'other.yaml');
  const its = rowsFor(unitsOf(other, 'other.yaml'), seeds);
  expect(() => rowsOf(whole, 'rows', its)).toThrow(`rows:1: ${sentence}`);
  const [first] = whole.split('\n');
  for (const line of [
    '{}',
    'null',
    '7',
    '{"run":0,"result":{}}',
    first!.replace('"seed":1', '"seed":2'),
  ]) {
    expect(() => rowsOf(`${first}\n${line}\n`, 'rows', kind)).toThrow(`rows:2: ${sentence}`);
  }
  expect(() => rowsOf(`${first}\n${first}\n`, 'rows', kind)).toThrow(
    'rows:2: run 0 is there twice',
  );
});
