/** A sweep gives the same bytes however it is cut up, and says what Kafka would refuse. */
import { expect, test } from 'vitest';
import { runJob } from '../check/index.ts';
import { filesOf, rowsFor, type SweepRow } from './cell.ts';
import { cellsOf, gridOf, inShard, type SweepCell } from './grid.ts';
import { merged, rowsOf, textOf } from './rows-file.ts';
import { sweep } from './sweep.ts';

const grid = gridOf(
  {
    kafka: '4.1',
    settings: {
      'replication.factor': [1, 2],
      acks: [1, 'all'],
      'min.insync.replicas': [1, 2],
    },
    faults: [{}, { diskLoss: 1 }],
  },
  'grid.yaml',
);
const cells = cellsOf(grid);
const kind = rowsFor(cells);
const numbers = cells.map(({ cell }) => cell);

async function judged(some: readonly SweepCell[]): Promise<SweepRow[]> {
  const rows: SweepRow[] = [];
  await sweep(
    some,
    2,
    async (job) => runJob(job),
    (row) => rows.push(row),
  );
  return rows;
}

const whole = textOf(await judged(cells), kind);

const lost = (row: SweepRow): string => {
  const { acks, 'replication.factor': copies, 'min.insync.replicas': least } = row.settings;
  const { verdict, length } = row.verdicts['no-acked-loss']!;
  return `${copies} acks=${acks} min ${least}: ${verdict}${length === undefined ? '' : ` in ${length}`}`;
};

test('the cells of a grid are its combinations, the first setting slowest, each with every budget', () => {
  expect(cells).toHaveLength(16);
  expect(cells[5]).toEqual({
    cell: 5,
    kafka: '4.1',
    settings: { 'replication.factor': 1, acks: 'all', 'min.insync.replicas': 1 },
    faults: { diskLoss: 1 },
    bounds: 'tiny',
    maxStates: 2_000_000,
    accept: [
      'KF-1',
      'KF-2',
      'KF-3',
      'KF-4',
      'IP-1',
      'IP-2',
      'IP-3',
      'KC-1',
      'TF-1',
      'TF-2',
      'LC-1',
      'LC-2',
      'LC-3',
      'LC-4',
      'SS-1',
      'SS-2',
      'SS-3',
      'SS-4',
      'SS-5',
      'SS-6',
    ],
  });
});

test('a lost disk takes what was acknowledged, unless two copies had to be there', () => {
  const rows = rowsOf(whole, 'map', kind).filter(({ faults }) => faults.diskLoss === 1);
  expect(rows.map(lost)).toEqual([
    '1 acks=1 min 1: broken in 2',
    '1 acks=1 min 2: broken in 2',
    '1 acks=all min 1: broken in 2',
    '1 acks=all min 2: broken in 2',
    '2 acks=1 min 1: broken in 2',
    '2 acks=1 min 2: broken in 2',
    '2 acks=all min 1: broken in 4',
    '2 acks=all min 2: holds',
  ]);
});

test('parts in any order, joined, are the whole, byte for byte', async () => {
  const parts = await Promise.all(
    [3, 1, 4, 2].map(async (index) => ({
      file: `part${index}`,
      text: textOf((await judged(inShard(cells, { index, of: 4 }))).reverse(), kind),
    })),
  );
  expect(textOf(merged(parts, kind, numbers), kind)).toBe(whole);
  expect(() => merged([...parts, { ...parts[0]!, file: 'again' }], kind, numbers)).toThrow(
    'again: cell 2 is also in part3; give each part once',
  );
  expect(() => merged(parts.slice(1), kind, numbers)).toThrow(
    'part1, part4, part2: 4 of 16 cells are missing (2, 6, 10, 14); finish the parts they are in, or give all of them',
  );
});

test('what was interrupted in the middle of a line is resumed without it', () => {
  const lines = whole.split('\n');
  const rows = rowsOf(`${lines.slice(0, 3).join('\n')}\n${lines[3]!.slice(0, 40)}`, 'map', kind);
  expect(rows.map(({ cell }) => cell)).toEqual([0, 1, 2]);
});

test('rows of another grid, and rows that are none, are refused with their line', () => {
  const other = cellsOf({ ...grid, bounds: 'small' });
  const sentence = 'this is no row of this grid; name another file, or remove it';
  expect(() => rowsOf(whole, 'map', rowsFor(other))).toThrow(`map:1: ${sentence}`);
  const lines = whole.split('\n');
  expect(() => rowsOf(`${lines[0]}\n{}\n`, 'map', kind)).toThrow(`map:2: ${sentence}`);
  expect(() => rowsOf(`${lines[0]}\n${lines[0]}\n`, 'map', kind)).toThrow(
    'map:2: cell 0 is there twice',
  );
});

test('a cell that Kafka refuses says so, and has no verdict', async () => {
  const settings = { acks: [1], 'enable.idempotence': [true] };
  const [row] = await judged(cellsOf(gridOf({ settings }, 'grid.yaml')));
  expect(row!.verdicts).toEqual({});
  expect(row!.refused).toBe(
    'producer.properties:3: enable.idempotence is true together with acks=1 ' +
      '(producer.properties:2); Kafka refuses this with a ConfigException: set acks=all, or set ' +
      'enable.idempotence=false',
  );
});

test('every setting goes into the file it belongs to', () => {
  const settings = {
    acks: ['all'],
    'min.insync.replicas': [2],
    'isolation.level': ['read_committed'],
    sink: ['delta'],
    spark: [4.1],
    stateful: [true],
    operator: ['aggregate'],
    deterministic: [true],
    trigger: ['availableNow'],
    asyncProgress: [false],
    failOnDataLoss: [false],
    isolationLevel: ['read_committed'],
    'spark.speculation': [true],
  };
  expect(filesOf(cellsOf(gridOf({ settings }, 'g'))[0]!)).toEqual({
    'holdfast.yaml': [
      'name: swept',
      'kafka:',
      '  brokers: 3',
      '  storage: persistent',
      'topics:',
      '  - name: swept',
      '    config:',
      '      min.insync.replicas: "2"',
      'stream:',
      '  spark: "4.1"',
      '  source:',
      '    topic: swept',
      '    failOnDataLoss: false',
      '    isolationLevel: read_committed',
      '  stateful: true',
      '  operator: aggregate',
      '  deterministic: true',
      '  trigger: availableNow',
      '  asyncProgress: false',
      '  sink:',
      '    kind: delta',
      '  checkpoint: hdfs://namenode/checkpoint',
      '',
    ].join('\n'),
    'producer.properties': 'bootstrap.servers=kafka:9092\nacks=all\n',
    'consumer.properties': 'isolation.level=read_committed\n',
    'spark-defaults.conf': 'spark.speculation true\n',
  });
});

test('a grid with a sink is one that the model of a query takes', async () => {
  const settings = { sink: ['delta'], startingOffsets: ['earliest'] };
  const [cell] = cellsOf(gridOf({ settings }, 'grid.yaml'));
  const [row] = await judged([cell!]);
  expect([row!.refused, row!.verdicts['exactly-once-output']?.verdict]).toEqual([
    undefined,
    'holds',
  ]);
});

test('aborted records reach a sink that is read uncommitted, and a Kafka sink doubles after a crash', async () => {
  const settings = {
    'transactional.id': ['swept'],
    spark: ['4.1'],
    isolationLevel: ['read_committed', 'read_uncommitted'],
    sink: ['delta', 'kafka'],
  };
  const rows = await judged(cellsOf(gridOf({ settings, faults: [{ driverCrash: 1 }] }, 'g')));
  const inOrder = rows.sort((a, b) => a.cell - b.cell);
  const told = inOrder.map(({ settings: { isolationLevel, sink }, verdicts }) => [
    isolationLevel,
    sink,
    verdicts['exactly-once-output'],
  ]);
  expect(told).toEqual([
    ['read_committed', 'delta', { verdict: 'holds' }],
    ['read_committed', 'kafka', { verdict: 'broken', length: 13 }],
    ['read_uncommitted', 'delta', { verdict: 'broken', length: 9 }],
    ['read_uncommitted', 'kafka', { verdict: 'broken', length: 7 }],
  ]);
});

test('a grid that says something unknown is one sentence', () => {
  expect(() => gridOf({ settings: { acks: [] } }, 'grid.yaml')).toThrow(
    'grid.yaml: settings.acks: Too small: expected array to have >=1 items',
  );
});
