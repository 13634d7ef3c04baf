/** Changed settings as changed lines: what is offered was read again first. */
import { expect, test } from 'vitest';
import { editsFor, type WantedSetting } from './edit.ts';
import { memoryFiles, readDeploymentFrom } from './index.ts';

/** The lines to change in `texts` so that the setting called `key` is `to`. */
function edits(
  texts: Record<string, string>,
  key: string,
  to: string,
  subjects: string[] = [],
): string[] | null {
  const named = Object.entries(texts).map(([name, text]) => [`d/${name}`, text]);
  const files = memoryFiles(Object.fromEntries(named));
  const deployment = readDeploymentFrom(files, ['d']);
  const settings = [
    ...deployment.settings,
    ...deployment.topics.flatMap((topic) => topic.settings),
  ];
  const { value: from, ...rest } = settings.find((setting) => setting.key === key)!;
  const wanted: WantedSetting = { ...rest, from, to };
  const { edits: found } = editsFor(files, ['d'], deployment, [wanted], subjects);
  return (
    found?.map(({ file, line, before, after }) => `${file}:${line} ${before} | ${after}`) ?? null
  );
}

const CLUSTER = 'kafka: { version: "4.1", brokers: 3 }\n';

test('a stated property is written anew in its line', () => {
  const texts = {
    'producer.properties': '# why\nacks = 1\nlinger.ms=5\n',
    'holdfast.yaml': CLUSTER,
  };
  expect(edits(texts, 'acks', 'all')).toEqual(['d/producer.properties:2 acks = 1 | acks = all']);
});

test('a default gets a line beside a setting of the same subject', () => {
  const texts = {
    'server.properties': 'node.id=1\nprocess.roles=broker\n',
    'holdfast.yaml': CLUSTER,
  };
  expect(edits(texts, 'default.replication.factor', '3')).toEqual([
    'd/server.properties:2 null | default.replication.factor=3',
  ]);
});

test('in a Compose file the line is a variable', () => {
  const compose = [
    'services:',
    '  kafka:',
    '    image: apache/kafka:4.1.0',
    '    environment:',
    '      KAFKA_NODE_ID: 1',
    '      KAFKA_PROCESS_ROLES: broker,controller',
    '      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: "1"',
    '',
  ].join('\n');
  expect(edits({ 'compose.yaml': compose }, 'min.insync.replicas', '2')).toEqual([
    'd/compose.yaml:6 null |       KAFKA_MIN_INSYNC_REPLICAS: 2',
  ]);
});

test('a broker in a container keeps its log on a volume that the file declares', () => {
  const compose = (image: string) =>
    [
      'services:',
      '  broker:',
      `    image: ${image}`,
      '    environment:',
      '      KAFKA_NODE_ID: 1',
      '      KAFKA_PROCESS_ROLES: broker,controller',
      '',
    ].join('\n');
  const storage = (image: string) =>
    edits({ 'compose.yaml': compose(image) }, 'storage', 'persistent');
  expect(storage('confluentinc/cp-kafka:7.9.0')).toEqual([
    'd/compose.yaml:2 null |     volumes:',
    'd/compose.yaml:2 null |       - broker-data:/var/lib/kafka/data',
    'd/compose.yaml:6 null | volumes:',
    'd/compose.yaml:6 null |   broker-data:',
  ]);
  // With variables this image leaves its file aside, and with it where that keeps the log.
  expect(storage('apache/kafka:4.1.0')?.[1]).toBe(
    'd/compose.yaml:2 null |       - broker-data:/tmp/kafka-logs',
  );
  // Where an unknown image keeps its log nobody can say.
  expect(storage('example/kafka:4.1.0')).toBe(null);
});

test('a volume joins those that are there', () => {
  const compose = [
    'services:',
    '  broker:',
    '    image: confluentinc/cp-kafka:7.9.0',
    '    volumes:',
    '    - ./certificates:/etc/kafka/secrets',
    '    environment: { KAFKA_NODE_ID: 1, KAFKA_PROCESS_ROLES: "broker,controller" }',
    'volumes:',
    '  other:',
    '',
  ].join('\n');
  expect(edits({ 'compose.yaml': compose }, 'storage', 'persistent')).toEqual([
    'd/compose.yaml:4 null |     - broker-data:/var/lib/kafka/data',
    'd/compose.yaml:7 null |   broker-data:',
  ]);
});

test('comments behind a value and the ends of lines stay', () => {
  const holdfast =
    'kafka: { version: "4.1", brokers: 3 }\r\ntopics:\r\n  - name: orders\r\n' +
    '    replicationFactor: 3\r\n    config:\r\n      min.insync.replicas: 1 # for now\r\n';
  expect(edits({ 'holdfast.yaml': holdfast }, 'min.insync.replicas', '2')).toEqual([
    'd/holdfast.yaml:6       min.insync.replicas: 1 # for now\r |       min.insync.replicas: 2 # for now\r',
  ]);
});

test("when a consumer commits is a line of holdfast.yaml, and none of the consumer's own file", () => {
  const texts = (entry: string) => ({
    'holdfast.yaml': `${CLUSTER}topics:\n  - name: orders\n    replicationFactor: 3\n${entry}`,
    'consumer.properties': 'group.id=payments\nenable.auto.commit=false\n',
  });
  const said = 'consumers:\n  - group: audit\n    commits: beforeProcessing\n';
  expect(edits(texts(said), 'commits', 'inTransaction')).toEqual([
    'd/holdfast.yaml:7     commits: beforeProcessing |     commits: inTransaction',
  ]);
  expect(edits(texts(''), 'commits', 'inTransaction')).toBe(null);
});

test('what every broker states is changed in each of their files and services', () => {
  const broker = (id: number) =>
    `node.id=${id}\nprocess.roles=broker\noffsets.topic.replication.factor=1\n`;
  const texts = { 'broker1.properties': broker(1), 'broker2.properties': broker(2) };
  expect(edits(texts, 'offsets.topic.replication.factor', '2')).toEqual([
    'd/broker1.properties:3 offsets.topic.replication.factor=1 | offsets.topic.replication.factor=2',
    'd/broker2.properties:3 offsets.topic.replication.factor=1 | offsets.topic.replication.factor=2',
  ]);
  expect(edits(texts, 'default.replication.factor', '2')).toEqual([
    'd/broker1.properties:3 null | default.replication.factor=2',
    'd/broker2.properties:3 null | default.replication.factor=2',
  ]);
});

test('where the brokers have no file, a topic says it in a line of its own', () => {
  const topic = [
    'apiVersion: kafka.strimzi.io/v1beta2',
    'kind: KafkaTopic',
    'metadata: { name: orders }',
    'spec:',
    '  replicas: 3',
    '  config:',
    '    retention.ms: 7200000',
    '',
  ].join('\n');
  const texts = { 'topic.yaml': topic };
  const key = 'log.flush.interval.messages';
  expect(edits(texts, 'min.insync.replicas', '2', ['orders'])).toEqual([
    'd/topic.yaml:7 null |     min.insync.replicas: 2',
  ]);
  expect(edits(texts, key, '1', ['orders'])).toEqual([
    'd/topic.yaml:7 null |     flush.messages: 1',
  ]);
  // The internal topic of the group has no line of its own.
  expect(edits(texts, key, '1', ['orders', '__consumer_offsets'])).toBe(null);
});

test('what no line can say is left to be done by hand', () => {
  const named = {
    'd/holdfast.yaml': 'kafka: { version: "4.1", brokers: 1 }\nfiles: [server.properties]\n',
    'd/server.properties': 'node.id=1\nprocess.roles=broker\nmin.insync.replicas=1\n',
  };
  const files = memoryFiles(named);
  const deployment = readDeploymentFrom(files, ['d']);
  const wanted = ['default.replication.factor', 'min.insync.replicas'].map((key): WantedSetting => {
    const { value: from, ...rest } = deployment.settings.find((each) => each.key === key)!;
    return { ...rest, from, to: '2' };
  });
  // Two copies need two brokers.
  expect(editsFor(files, ['d'], deployment, wanted)).toEqual({ edits: null, byHand: [wanted[0]] });
});

test('what the changed files would not say is not offered', () => {
  // Three replicas need three brokers: Kafka refuses what the line would say.
  const texts = {
    'holdfast.yaml':
      'kafka: { version: "4.1", brokers: 1 }\ntopics:\n  - name: orders\n    replicationFactor: 1\n',
  };
  expect(edits(texts, 'replication.factor', '3')).toBe(null);
  // Which value in a flow mapping is meant is not known well enough.
  const flow = {
    'holdfast.yaml': `${CLUSTER}topics: [{ name: a, replicationFactor: 1, config: {} }]\n`,
  };
  expect(edits(flow, 'replication.factor', '3')).toBe(null);
});
