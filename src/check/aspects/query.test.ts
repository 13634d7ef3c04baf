/** The query of a stream, from holdfast.yaml and Spark's settings to verdicts. */
import { expect, test } from 'vitest';
import type { Deployment } from '../../config/index.ts';
import { deploymentOf } from '../fixtures/deployment.ts';
import { broken } from '../fixtures/verdicts.ts';
import { type CheckOptions, check } from '../index.ts';
import { exploredFaults } from './query.ts';
import { queryOf } from './query-settings.ts';

const usual = {
  spark: '"4.1"',
  source: '{ topic: orders }',
  stateful: 'false',
  sink: '{ kind: kafka, topic: out }',
  checkpoint: 'hdfs://nn/orders',
};
const keyed = '{ kind: foreachBatch, idempotent: byQueryAndBatchId }';

function queryIn(stream: Partial<Record<string, string>>, spark = ''): Deployment {
  const lines = Object.entries({ ...usual, ...stream }).map(([key, value]) => `  ${key}: ${value}`);
  const deployment = deploymentOf({
    'holdfast.yaml': `kafka: { version: "4.1", brokers: 3 }\nstream:\n${lines.join('\n')}\n`,
    ...(spark !== '' && { 'spark-defaults.conf': `${spark}\n` }),
  });
  return { ...deployment, topics: [] };
}
const verdicts = async (deployment: Deployment, options: CheckOptions): Promise<string[]> =>
  broken(await check(deployment, { bounds: 'tiny', ...options }));
const baseOf = (stream: Partial<Record<string, string>>, spark = '') => {
  const deployment = queryIn(stream, spark);
  return queryOf(deployment, deployment.stream!).base;
};
const unclear = (stream: Partial<Record<string, string>>, spark = '') =>
  baseOf(stream, spark).unclear;

test('a driver crash doubles rows in Kafka, and not in a sink that knows the batch', async () => {
  const faults = { driverCrash: 1 };
  expect(await verdicts(queryIn({}), { faults })).toEqual([
    'driverCrash=1: exactly-once-output broken in 12, broken with repairs',
  ]);
  expect(await verdicts(queryIn({ sink: keyed }), { faults })).toEqual(['driverCrash=1: all hold']);
});

test('on s3a a second driver loses records, unless files are created exclusively', async () => {
  const faults = { secondDriver: 1 };
  const stream = { sink: keyed, checkpoint: 's3a://bucket/orders' };
  expect(await verdicts(queryIn(stream), { faults })).toEqual([
    'secondDriver=1: exactly-once-output broken in 15, broken with repairs; at-least-once-output broken in 18, broken with repairs; one-driver-at-a-time broken in 9, broken with repairs',
  ]);
  const manager =
    'spark.sql.streaming.checkpointFileManagerClass org.apache.spark.internal.io.cloud.AbortableStreamBasedCheckpointFileManager';
  expect(await verdicts(queryIn(stream, manager), { faults })).toEqual([
    'secondDriver=1: exactly-once-output broken in 15, holds with repairs; at-least-once-output broken in 18, holds with repairs; one-driver-at-a-time broken in 9, holds with repairs',
  ]);
  expect(await verdicts(queryIn({ sink: keyed }), { faults })).toEqual([
    'secondDriver=1: all hold',
  ]);
});

test('a query that does not fail on data loss passes over what the topic lost', async () => {
  const faults = { sourceTruncated: 1 };
  const reported = async (failOnDataLoss: boolean): Promise<string | undefined> => {
    const source = `{ topic: orders, failOnDataLoss: ${failOnDataLoss} }`;
    const accept = ['SS-6'];
    const { cells } = await check(queryIn({ sink: keyed, source }), { faults, accept });
    return cells.find(({ guarantee }) => guarantee === 'loss-is-reported')?.verdict;
  };
  expect([await reported(true), await reported(false)]).toEqual(['holds', 'broken']);
});

test('aborted records matter where the topic is written in transactions', async () => {
  const abortedOf = async (isolationLevel: string): Promise<string | undefined> => {
    const source = `{ topic: orders, isolationLevel: ${isolationLevel} }`;
    const deployment = queryIn({ sink: keyed, source });
    const transactional = {
      subject: 'producer',
      key: 'transactional.id',
      value: 'orders-1',
      origin: { file: 'producer.properties', line: 1 },
    };
    const settings = [...deployment.settings, transactional];
    const { cells } = await check({ ...deployment, settings }, { faults: {} });
    return cells.find(({ guarantee }) => guarantee === 'exactly-once-output')?.verdict;
  };
  expect([await abortedOf('read_uncommitted'), await abortedOf('read_committed')]).toEqual([
    'broken',
    'holds',
  ]);
});

test('speculation and a deleted checkpoint are explored with what comes with them', () => {
  expect(exploredFaults({ speculation: true }, { driverCrash: 1 })).toEqual({
    faults: { driverCrash: 1, zombieWrite: 1 },
    note: 'driverCrash=1 is explored as driverCrash=1, zombieWrite=1: speculation runs second attempts without a fault.',
  });
  expect(exploredFaults({ speculation: false }, { checkpointDeleted: 1 })).toEqual({
    faults: { driverCrash: 1, checkpointDeleted: 1 },
    note: 'checkpointDeleted=1 is explored as driverCrash=1, checkpointDeleted=1: a checkpoint is deleted while the query is stopped.',
  });
});

test('a local file system looks before it renames: two drivers can both win', () => {
  const of = (checkpoint: string): string => baseOf({ checkpoint }).storage;
  expect([of('hdfs://nn/c'), of('file:///c'), of('s3a://b/c')]).toEqual([
    'hdfs',
    'fsRename',
    'fsRename',
  ]);
});

test('true is true in whatever case, and two files have to agree', () => {
  expect(baseOf({}, 'spark.speculation TRUE').speculation).toBe(true);
  const holdfast = queryIn({});
  const said = (value: string, file: string) => ({
    subject: 'spark',
    key: 'spark.speculation',
    value,
    origin: { file, line: 1 },
  });
  const settings = [...holdfast.settings, said('false', 'a.conf'), said('true', 'b.conf')];
  expect(queryOf({ ...holdfast, settings }, holdfast.stream!).base.unclear).toBe(
    'Not explored: spark.speculation is false and true in different files; keep one.',
  );
});

test('settings come with their lines, or as the default of the Spark version', () => {
  const deployment = queryIn({}, 'spark.speculation true');
  const { settings } = queryOf(deployment, deployment.stream!);
  const told = settings.map(({ key, value, origin }) =>
    'file' in origin
      ? `${key}=${value} ${origin.file}:${origin.line}`
      : `${key}=${value} ${origin.default}`,
  );
  expect(told).toEqual([
    'spark=4.1 deployment/holdfast.yaml:3',
    'source.topic=orders deployment/holdfast.yaml:4',
    'stateful=false deployment/holdfast.yaml:5',
    'sink.kind=kafka deployment/holdfast.yaml:6',
    'sink.topic=out deployment/holdfast.yaml:6',
    'checkpoint=hdfs://nn/orders deployment/holdfast.yaml:7',
    'spark.speculation=true deployment/spark-defaults.conf:1',
    'source.startingOffsets=latest spark 4.1',
    'source.failOnDataLoss=true spark 4.1',
    'source.isolationLevel=read_uncommitted spark 4.1',
    'trigger=processingTime spark 4.1',
    'asyncProgress=false spark 4.1',
  ]);
});

test('what the model must know and nobody says is asked for, not guessed', () => {
  const missing = queryIn({});
  const { spark: _spark, ...rest } = missing.stream!;
  expect(queryOf(missing, rest).base.unclear).toBe(
    'Not explored: stream.spark is missing; state the Spark version, as "4.1".',
  );
  expect(unclear({ sink: '{ kind: foreachBatch }' })).toBe(
    'Not explored: stream.sink.idempotent of a foreachBatch sink must say false, or by what a repetition is recognised: byBatchId or byQueryAndBatchId.',
  );
  expect(unclear({ sink: '{ kind: other }' })).toBe(
    'Not explored: the model knows no sink of the kind other; name kafka, file, delta, foreachBatch or foreach.',
  );
  expect(unclear({ stateful: 'true' })).toBe(
    'Not explored: stream.operator is missing; a query that keeps state has one: aggregate or dedup.',
  );
  expect(unclear({ checkpoint: '/checkpoints/orders' })).toBe(
    "Not explored: stream.checkpoint '/checkpoints/orders' has no scheme; state one, as hdfs:// or s3a://, or spark.hadoop.fs.defaultFS.",
  );
  expect(unclear({ checkpoint: 'abfs://c@a/orders' })).toBe(
    'Not explored: the model does not know how files of abfs:// are created and renamed.',
  );
  expect(unclear({ trigger: 'continuous' })).toBe(
    "Not explored: the trigger continuous is another model's (models/spark/streaming/epochs).",
  );
  expect(unclear({ checkpoint: '/c' }, 'spark.hadoop.fs.defaultFS hdfs://nn')).toBeNull();
});

test('a row that the model cannot tell is undecided and says why', async () => {
  const limitOf = async (
    stream: Partial<Record<string, string>>,
    faults: Record<string, number>,
  ) => {
    const { cells, verdict } = await check(queryIn(stream), { faults });
    return [verdict, cells[0]!.verdict, cells[0]!.scope.limit];
  };
  expect(await limitOf({}, { checkpointDeleted: 1 })).toEqual([
    'undecided',
    'undecided',
    'Not explored: with a new checkpoint and startingOffsets=latest the query begins at the end of the topic; what came since its last batch is not read.',
  ]);
  expect(await limitOf({ stateful: 'true', operator: 'dedup' }, { executorLoss: 1 })).toEqual([
    'undecided',
    'undecided',
    'Not explored: where attempts of a task may make different state, its files decide (models/spark/streaming/state-store); say stream.deterministic: true if they do not.',
  ]);
});

test('where nobody can tell what became of the state, it is not said to survive', async () => {
  const deployment = queryIn({ stateful: 'true', operator: 'aggregate', deterministic: 'true' });
  const { cells, verdict } = await check(deployment, {
    ...{ bounds: 'tiny', faults: { sourceTruncated: 1 }, require: ['state-survives'] },
  });
  const [cell] = cells.filter(({ guarantee }) => guarantee === 'state-survives');
  expect([verdict, cell?.verdict]).toEqual(['undecided', 'undecided']);
});
