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
  { topic = '', producer = 'acks=all', version = '4.1' } = {},
): Deployment {
  const lines = Object.entries({ ...usual, ...stream }).map(([key, value]) => `  ${key}: ${value}`);
  const deployment = deploymentOf({
    'holdfast.yaml': [
      `kafka: { version: "${version}", brokers: 2 }`,
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

const windows = 'true\n  operator: aggregate\n  deterministic: true';
const keys = 'true\n  operator: dedup\n  deterministic: true';
const hold = (count: number): string[] =>
  NAMES.flatMap((name) => Array<string>(count).fill(`${name} holds`));

test('windows, dropDuplicates and triggers that stop are exactly once through a crash of the driver', async () => {
  const faults = { driverCrash: 1 };
  expect(await cells(streamIn({ stateful: windows }), { faults })).toEqual(hold(1));
  expect(await cells(streamIn({ stateful: keys }), { faults })).toEqual(hold(1));
  for (const stateful of ['false', windows, keys]) {
    for (const trigger of ['once', 'availableNow']) {
      const stream = streamIn({ stateful: `${stateful}\n  trigger: ${trigger}` });
      expect([stateful, trigger, await cells(stream, { faults })]).toEqual([
        ...[stateful, trigger, hold(1)],
      ]);
    }
  }
});

test('a new checkpoint loses the windows of a sink that goes by batch id', async () => {
  const deployment = streamIn({ stateful: windows, sink: '{ kind: file }' });
  expect(await cells(deployment, { faults: { checkpointDeleted: 1 } })).toEqual([
    'end-to-end-exactly-once broken by acknowledgedRecordsReachTheSink in 22, undecided with repairs',
    'no-silent-loss broken by lossesAreReported in 22, undecided with repairs',
    'no-phantom-output holds',
    'recovers-end-to-end undecided',
  ]);
});

test('dropDuplicates drops what a producer writes twice, and then offsets cannot be counted', async () => {
  const producer = 'acks=all\nenable.idempotence=false';
  expect(await cells(streamIn({ stateful: keys }, { producer }), { faults: {} })).toEqual([
    'end-to-end-exactly-once holds',
    'no-silent-loss undecided',
    'no-phantom-output holds',
    'recovers-end-to-end holds',
  ]);
});

test('Spark has no state with asynchronous progress, and nothing is explored', async () => {
  const deployment = streamIn({ stateful: `${keys}\n  asyncProgress: true` });
  const { cells: all } = await check(deployment, { bounds: 'tiny', faults: {} });
  const limits = all.filter(({ aspect }) => aspect === pipeline.name).map(({ scope }) => scope);
  expect([...new Set(limits.map(({ limit }) => limit))]).toEqual([
    'Not explored: Spark refuses a query that keeps state with asynchronous progress.',
  ]);
});

test('a record that runs out of time is twice in the sink, by a finding about the producer', async () => {
  const faults = { deliveryTimeout: 1 };
  expect(await cells(streamIn({}), { faults })).toEqual([
    'end-to-end-exactly-once broken by noRecordIsWrittenTwice in 9, holds with repairs',
    'no-silent-loss holds',
    'no-phantom-output holds',
    'recovers-end-to-end holds',
  ]);
  // dropDuplicates knows the second copy by its key.
  expect((await cells(streamIn({ stateful: keys }), { faults }))[0]).toBe(
    'end-to-end-exactly-once holds',
  );
});

const committed = '{ topic: orders, startingOffsets: earliest, isolationLevel: read_committed }';
const inTransactions = { producer: 'transactional.id=orders' };

test('a marker that is read late is a loss and a phantom for who reads committed, by a finding', async () => {
  const faults = { lostMessage: 1 };
  expect(await cells(streamIn({ source: committed }, inTransactions), { faults })).toEqual([
    'end-to-end-exactly-once broken by acknowledgedCommitsStand in 10, holds with repairs',
    'no-silent-loss broken by acknowledgedCommitsStand in 10, holds with repairs',
    'no-phantom-output broken by readersSeeOnlyCommittedTransactions in 10, holds with repairs',
    'recovers-end-to-end holds',
  ]);
});

test('transactions of Kafka 4.2 are not judged, and what rests on them is undecided', async () => {
  const deployment = streamIn({ source: committed }, { ...inTransactions, version: '4.2' });
  const { cells: all } = await check(deployment, { bounds: 'tiny', faults: {} });
  const own = all.filter(({ aspect }) => aspect === pipeline.name);
  expect(own.map(({ guarantee, verdict }) => `${guarantee} ${verdict}`)).toEqual(
    NAMES.map((name) => `${name} undecided`),
  );
  expect(own[2]!.warnings.map(({ text }) => text)).toEqual([
    'transactions: Not explored: Kafka 4.2 changed how transactions end (KAFKA-19446), and the model knows 4.1.',
  ]);
});
