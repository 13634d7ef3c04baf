/** A stream from its producer to its sink, from configuration files to verdicts. */
import { expect, test } from 'vitest';
import type { Deployment } from '../../config/index.ts';
import { deploymentOf } from '../fixtures/deployment.ts';
import { type CheckOptions, check, type Results } from '../index.ts';
import { pipeline } from './pipeline.ts';

const usual = {
  source: '{ topic: orders, startingOffsets: earliest }',
  stateful: 'false',
  sink: '{ kind: foreachBatch, idempotent: byQueryAndBatchId }',
};

/** A topic of two replicas, its producer and a query that reads it. */
function streamIn(
  stream: Partial<typeof usual>,
  { topic = '', producer = 'acks=all' } = {},
): Deployment {
  const lines = Object.entries({ ...usual, ...stream }).map(([key, value]) => `  ${key}: ${value}`);
  const deployment = deploymentOf({
    'holdfast.yaml': [
      'kafka: { version: "4.1", brokers: 2 }',
      `topics: [{ name: orders, replicationFactor: 2, config: { min.insync.replicas: 1${topic} } }]`,
      'stream:',
      '  spark: "4.1"',
      '  checkpoint: hdfs://nn/orders',
      ...lines,
      '',
    ].join('\n'),
    'producer.properties': `${producer}\n`,
  });
  return { ...deployment, topics: deployment.topics.filter(({ internal }) => !internal) };
}

const NAMES = pipeline.guarantees.map(({ name }) => name);

/** The cells of the aspect, as `guarantee verdict by its claim in length`. */
async function cells(deployment: Deployment, options: CheckOptions): Promise<string[]> {
  const own: CheckOptions = {
    bounds: 'tiny',
    accept: ['KF-1', 'KF-2', 'KF-3', 'KF-4'],
    ...options,
  };
  const { cells: all }: Results = await check(deployment, own);
  return all
    .filter(({ aspect }) => aspect === pipeline.name)
    .map(({ guarantee, verdict, counterexample, withRepairs }) => {
      const how = counterexample ? ` by ${counterexample.claim} in ${counterexample.length}` : '';
      return `${guarantee} ${verdict}${how}${withRepairs ? `, ${withRepairs.verdict} with repairs` : ''}`;
    });
}

test('a crash of broker or driver breaks nothing from end to end with acks=all and a keyed sink', async () => {
  expect(await cells(streamIn({}), { faults: { brokerCrash: 1, driverCrash: 1 } })).toEqual(
    [...NAMES].flatMap((name) => Array<string>(3).fill(`${name} holds`)),
  );
});

test('a crash with acks=1 is a loss that the query cannot report', async () => {
  const deployment = streamIn({}, { producer: 'acks=1' });
  expect(await cells(deployment, { faults: { brokerCrash: 1 } })).toEqual([
    'end-to-end-exactly-once broken by acknowledgedRecordsSurvive in 2, broken with repairs',
    'no-silent-loss broken by acknowledgedRecordsSurvive in 2, broken with repairs',
    'no-phantom-output holds',
    'recovers-end-to-end holds',
  ]);
});

test('unclean elections after a lag, which only the part sees, leave phantoms in the sink', async () => {
  const deployment = streamIn({}, { topic: ', unclean.leader.election.enable: true' });
  expect(await cells(deployment, { faults: { brokerCrash: 1 } })).toEqual([
    'end-to-end-exactly-once broken by acknowledgedRecordsSurvive in 4, broken with repairs',
    'no-silent-loss broken by acknowledgedRecordsSurvive in 4, broken with repairs',
    'no-phantom-output broken by whatReadersSawStays in 4, broken with repairs',
    'recovers-end-to-end undecided',
  ]);
});

test('a lost executor doubles rows in Kafka, a producer that is not idempotent in any sink', async () => {
  const faults = { executorLoss: 1 };
  const toKafka = streamIn({ sink: '{ kind: kafka, topic: out }' });
  expect((await cells(toKafka, { faults }))[0]).toBe(
    'end-to-end-exactly-once broken by noRecordIsInTheSinkTwice in 11, broken with repairs',
  );
  const plain = streamIn({}, { producer: 'acks=all\nenable.idempotence=false' });
  expect((await cells(plain, { faults }))[0]).toBe(
    'end-to-end-exactly-once broken by noRecordIsInTheSinkTwice in 12, broken with repairs',
  );
});

test('an aborted transaction is output unless the query reads committed', async () => {
  const producer = 'transactional.id=orders';
  const faults = { driverCrash: 1 };
  expect((await cells(streamIn({}, { producer }), { faults }))[2]).toBe(
    'no-phantom-output broken by nothingAbortedReachesTheSink in 11, broken with repairs',
  );
  const source = '{ topic: orders, startingOffsets: earliest, isolationLevel: read_committed }';
  expect(await cells(streamIn({ source }, { producer }), { faults })).toEqual(
    NAMES.map((name) => `${name} holds`),
  );
});

test('a cut-off leader that still answers stops the query for good, by a finding about Spark', async () => {
  expect((await cells(streamIn({}), { faults: { partition: 1 } }))[3]).toBe(
    'recovers-end-to-end broken by thePipelineCatchesUpAgain in 15, holds with repairs',
  );
});

test('a query with state is beyond the composed model, and says so', async () => {
  const deployment = streamIn({ stateful: 'true\n  operator: dedup\n  deterministic: true' });
  const [found] = (
    await check(deployment, { bounds: 'tiny', faults: { driverCrash: 1 } })
  ).cells.filter(({ aspect }) => aspect === pipeline.name);
  expect([found?.verdict, found?.scope.limit]).toEqual([
    'undecided',
    'Not explored: the composed model has no state; replication and query are judged each by itself.',
  ]);
});
