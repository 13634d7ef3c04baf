/** What a deployment decides of a run, and what it cannot say. */
import { expect, test } from 'vitest';
import { readDeployment } from '../config/disk.ts';
import { memoryFiles, readDeploymentFrom } from '../config/index.ts';
import { fromDeployment } from './from-deployment.ts';

const of = (name: string) => fromDeployment(readDeployment([`examples/${name}`]));

const inMemory = (files: Record<string, string>, topic?: string) =>
  fromDeployment(readDeploymentFrom(memoryFiles(files), ['/']), topic);

const said = ({ assumed }: ReturnType<typeof of>): string[] =>
  assumed
    .filter(({ from }) => from?.startsWith('examples'))
    .map(({ name, value, from }) => `${name}=${value} ${from!.replace('examples/', '')}`);

test('etl-hdfs: its cluster, its topic, its producer and its query', () => {
  const found = of('etl-hdfs');
  expect([found.topic, found.notes]).toEqual(['clicks', []]);
  expect(found.setting).toEqual({
    kafka: {
      brokers: 3,
      replicationFactor: 3,
      partitions: 24,
      minInsyncReplicas: 2,
      acks: 'all',
      idempotence: true,
      uncleanElection: false,
      requestTimeoutMs: 30_000,
      deliveryTimeoutMs: 120_000,
      lingerMs: 5,
      retryBackoffMs: 100,
      sessionTimeoutMs: 9_000,
      heartbeatIntervalMs: 2_000,
      replicaLagTimeMaxMs: 30_000,
      fetchWaitMaxMs: 500,
      imbalanceCheckMs: 300_000,
    },
    spark: {
      storage: 'hdfs',
      sink: 'foreachBatchByQueryAndBatchId',
      stateful: false,
      failOnDataLoss: true,
      deltasPerSnapshot: 10,
      networkTimeoutMs: 120_000,
      heartbeatIntervalMs: 10_000,
      workerTimeoutMs: 60_000,
    },
  });
  expect(said(found)).toEqual([
    'brokers=3 etl-hdfs/holdfast.yaml:7',
    'replication.factor=3 etl-hdfs/clicks.topic.properties:4',
    'partitions=24 etl-hdfs/clicks.topic.properties:3',
    'min.insync.replicas=2 etl-hdfs/clicks.topic.properties:5',
    'acks=all etl-hdfs/producer.properties:3',
    'enable.idempotence=true etl-hdfs/producer.properties:4',
    'unclean.leader.election.enable=false production/server.properties:9',
    'checkpoint=hdfs etl-hdfs/holdfast.yaml:30',
    'sink.kind=foreachBatchByQueryAndBatchId etl-hdfs/holdfast.yaml:27',
    'stateful=false etl-hdfs/holdfast.yaml:23',
    'source.failOnDataLoss=true etl-hdfs/holdfast.yaml:22',
  ]);
});

test('s3-checkpoint: what Compose says, and defaults by name', () => {
  const found = of('s3-checkpoint');
  expect(said(found)).toEqual([
    'brokers=3 s3-checkpoint/compose.yaml:12',
    'replication.factor=3 s3-checkpoint/payments.topic.properties:3',
    'partitions=6 s3-checkpoint/payments.topic.properties:2',
    'min.insync.replicas=2 s3-checkpoint/compose.yaml:9',
    'acks=all s3-checkpoint/producer.properties:2',
    'checkpoint=s3 s3-checkpoint/holdfast.yaml:25',
    'sink.kind=foreachBatchByQueryAndBatchId s3-checkpoint/holdfast.yaml:23',
    'stateful=false s3-checkpoint/holdfast.yaml:21',
  ]);
  const others = found.assumed.filter(({ from }) => !from?.startsWith('examples'));
  expect(others.slice(0, 4).map(({ name, from }) => `${name}: ${from}`)).toEqual([
    'enable.idempotence: default (kafka 4.1)',
    'unclean.leader.election.enable: default (kafka 4.1)',
    'request.timeout.ms: default (kafka 4.1)',
    'delivery.timeout.ms: default (kafka 4.1)',
  ]);
});

test('acks-one: acknowledged by the leader alone, without idempotence, and no query', () => {
  const { setting, notes } = of('acks-one');
  const { acks, idempotence } = setting.kafka!;
  expect([acks, idempotence, setting.spark, notes]).toEqual([
    '1',
    false,
    {},
    ['no file describes a query: one with the defaults of the simulator reads the topic'],
  ]);
});

test('laptop: what a dead broker loses on ephemeral storage is not in a run, and that is said', () => {
  expect(of('laptop').notes).toEqual([
    'no file describes a query: one with the defaults of the simulator reads the topic',
    'a broker that dies loses its disk (storage is ephemeral), but keeps it in a run: what is lost ' +
      'then, holdfast check says',
  ]);
});

const files = {
  '/server.properties':
    'process.roles=broker,controller\nbroker.session.timeout.ms=6000\nnum.partitions=4\n' +
    'leader.imbalance.check.interval.seconds=60\nreplica.lag.time.max.ms=20000\n',
  '/producer.properties': 'bootstrap.servers=a:9092\nacks=all\nretry.backoff.ms=250\n',
  '/spark-defaults.conf':
    'spark.network.timeout 90s\nspark.executor.heartbeatInterval 5000\nspark.worker.timeout 30\n' +
    'spark.executor.instances 6\n',
  '/holdfast.yaml':
    'kafka: { version: "4.1", brokers: 3 }\ntopics: [{ name: a, replicationFactor: 3 }, { name: b }]\n' +
    'stream:\n  spark: "4.1"\n  source: { topic: a }\n  stateful: true\n  operator: dedup\n' +
    '  trigger: availableNow\n  sink: { kind: delta }\n  checkpoint: s3a://bucket/x\n',
};

test('timeouts are read in the units of their files', () => {
  const { setting, notes } = inMemory(files);
  const { kafka, spark } = setting;
  expect([
    [kafka!.sessionTimeoutMs, kafka!.imbalanceCheckMs, kafka!.replicaLagTimeMaxMs],
    [kafka!.retryBackoffMs, kafka!.partitions],
    [spark!.networkTimeoutMs, spark!.heartbeatIntervalMs, spark!.workerTimeoutMs, spark!.workers],
    [spark!.storage, spark!.sink],
  ]).toEqual([
    [6_000, 60_000, 20_000],
    [250, 4],
    [90_000, 5_000, 30_000, 6],
    ['s3', 'delta'],
  ]);
  expect(notes).toEqual([
    'the trigger availableNow is run as processingTime',
    'the state is that of windows: dropDuplicates is left out',
  ]);
});

test('a topic is chosen by its name', () => {
  expect([inMemory(files).topic, inMemory(files, 'b').topic]).toEqual(['a', 'b']);
  expect(() => inMemory(files, 'c')).toThrow(
    '/holdfast.yaml: there is no topic c; did you mean a?',
  );
});

const withStream = (change: (yaml: string) => string) => ({
  ...files,
  '/holdfast.yaml': change(files['/holdfast.yaml']),
});

test.each<[string, Record<string, string>, string]>([
  [
    'a sink whose repetitions are not simulated',
    withStream((yaml) => yaml.replace('kind: delta', 'kind: foreach, idempotent: false')),
    '/holdfast.yaml:4: a sink of the kind foreach, idempotent false, is not simulated; it can be ' +
      'kafka, file, delta, or foreachBatch with idempotent: byQueryAndBatchId',
  ],
  [
    'a checkpoint on a disk of which nothing is known',
    withStream((yaml) => yaml.replace('s3a:', 'gs:')),
    "/holdfast.yaml:4: how long files of the checkpoint 'gs://bucket/x' take is not known: the " +
      'simulator has hdfs:// and s3a://; name one of them',
  ],
  [
    'a time that is none',
    { ...files, '/spark-defaults.conf': 'spark.network.timeout soon\n' },
    '/spark-defaults.conf:1: spark.network.timeout is "soon", expected a length of time, as 120s; ' +
      'correct it',
  ],
  [
    'brokers that differ',
    {
      ...files,
      '/other.properties': 'process.roles=broker,controller\nbroker.session.timeout.ms=9000\n',
    },
    '/server.properties:2: broker.session.timeout.ms is "6000", but /other.properties:2 says "9000"; ' +
      'make them equal, or name fewer files',
  ],
])('%s is refused', (_, all, sentence) => {
  expect(() => inMemory(all)).toThrow(expect.objectContaining({ message: sentence }));
});
