import { expect, test } from 'vitest';
import { read, row, settings } from './fixtures/folder.ts';

const BROKER = `process.roles=broker
node.id=2
listeners=PLAINTEXT://localhost:9092
log.dirs=/tmp/kraft-broker-logs
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
`;

const ASSUMED_ELR =
  'eligible leader replicas are on, as in every cluster created with Kafka 4.1 or later; if this ' +
  'one was upgraded from an older version, state kafka.eligibleLeaderReplicas: false in ' +
  'holdfast.yaml';

test('a folder of Kafka properties is one deployment with every value and its origin', () => {
  const deployment = read({
    'broker.properties': BROKER,
    'controller.properties': 'process.roles=controller\nnode.id=1\nmin.insync.replicas=1\n',
    'producer.properties': 'bootstrap.servers=localhost:9092\nacks=-1\n',
    'consumer.properties': 'group.id=test\nsasl.jaas.config=user and password\n',
    'log4j.properties': 'log4j.rootLogger=INFO, stdout\n',
  });
  const topics = deployment.topics.map(({ name }) => name);
  const consumers = deployment.consumers.map(({ group }) => group);
  expect({ ...deployment, topics, consumers }).toEqual({
    name: 'd',
    files: [
      'd/broker.properties',
      'd/consumer.properties',
      'd/controller.properties',
      'd/producer.properties',
    ],
    kafkaVersion: { major: 4, minor: 1, text: '4.1' },
    behaviour: '4.1',
    topics: ['(broker defaults)', '__consumer_offsets', '__transaction_state'],
    consumers: ['test'],
    transactions: [],
    settings: expect.any(Array),
    notes: [
      'd/log4j.properties: configures logging; skipped',
      'no file states the Kafka version: 4.1 is assumed; state kafka.version in holdfast.yaml',
      'no file says what storage the brokers have: persistent is assumed; state kafka.storage in ' +
        'holdfast.yaml',
      'd/broker.properties:4: the log lies under /tmp, which many systems empty when they start',
      ASSUMED_ELR,
      'no file describes a topic: the row (broker defaults) is a topic created with what the ' +
        'brokers set, or with the defaults of Kafka',
      'no file says how many brokers there are: 1 is assumed, from the largest replication ' +
        'factor (1); state kafka.brokers in holdfast.yaml',
      'group test: no file says whether records are processed in the poll loop; processing: ' +
        'inPoll is assumed, state it under consumers (file or group, processing) in holdfast.yaml',
      'group test: no file says whether its commits name the leader epoch; leaderEpochs: true ' +
        'is assumed, state it under consumers (file or group, leaderEpochs) in holdfast.yaml',
    ],
  });
  expect(settings(deployment, '(broker defaults)')).toEqual([
    'broker default.replication.factor=1 (kafka 4.1, assumed)',
    'controller min.insync.replicas=1 (d/controller.properties:3)',
    'controller unclean.leader.election.enable=false (kafka 4.1, assumed)',
    'cluster eligible.leader.replicas.version=1 (kafka 4.1, assumed)',
    'broker log.flush.interval.messages=9223372036854775807 (kafka 4.1, assumed)',
    'producer acks=-1 (d/producer.properties:2)',
    'cluster storage=persistent (assumed)',
    'cluster brokers=1 (assumed)',
  ]);
  expect(settings(deployment, '__transaction_state')).toEqual([
    'broker transaction.state.log.replication.factor=1 (d/broker.properties:6)',
    'broker transaction.state.log.min.isr=1 (d/broker.properties:7)',
    'topic __transaction_state unclean.leader.election.enable=false (kafka 4.1, assumed)',
    'cluster eligible.leader.replicas.version=1 (kafka 4.1, assumed)',
    'broker log.flush.interval.messages=9223372036854775807 (kafka 4.1, assumed)',
    'coordinator acks=all (kafka 4.1, assumed)',
    'cluster storage=persistent (assumed)',
    'cluster brokers=1 (assumed)',
  ]);
});

test('everything read is listed once, and what may be a secret is hidden', () => {
  const { settings: all } = read({
    'consumer.properties': 'group.id=test\nssl.key.password=hunter2\n',
  });
  const written = all.filter(({ origin }) => 'file' in origin);
  expect(written.filter(({ subject }) => subject === 'consumer')).toEqual([
    {
      subject: 'consumer',
      key: 'group.id',
      value: 'test',
      origin: { file: 'd/consumer.properties', line: 1 },
    },
    {
      subject: 'consumer',
      key: 'ssl.key.password',
      value: '(hidden)',
      origin: { file: 'd/consumer.properties', line: 2 },
    },
  ]);
  expect(new Set(all.map((setting) => JSON.stringify(setting))).size).toBe(all.length);
});

test('the kind of a properties file is told by server keys, then its name, then its keys', () => {
  const kinds = (name: string, content: string): string[] => [
    ...new Set(
      read({ [name]: content })
        .settings.filter(({ origin }) => 'file' in origin)
        .map(({ subject }) => subject),
    ),
  ];
  expect(kinds('anything.properties', 'process.roles=broker,controller\n')).toEqual(['broker']);
  expect(kinds('producer.properties', 'process.roles=controller\n')).toEqual(['controller']);
  expect(kinds('old.properties', 'zookeeper.connect=zk:2181\n')).toEqual(['broker']);
  expect(kinds('broker-1.properties', 'min.insync.replicas=2\n')).toEqual(['broker']);
  expect(kinds('my_Producer.properties', 'client.id=a\n')).toEqual(['producer']);
  expect(kinds('orders.topic.properties', 'min.insync.replicas=2\n')).toEqual(['topic orders']);
  expect(kinds('topic-orders.properties', 'min.insync.replicas=2\n')).toEqual(['topic orders']);
  expect(kinds('orders.properties', 'retention.ms=1\n')).toEqual(['topic orders']);
  expect(kinds('a.properties', 'topic=orders\nmin.insync.replicas=2\n')).toEqual(['topic orders']);
  expect(kinds('a.properties', 'linger.ms=5\n')).toEqual(['producer']);
  expect(kinds('a.properties', 'group.id=5\n')).toEqual(['consumer']);
  expect(kinds('a.properties', 'offsets.topic.replication.factor=1\n')).toEqual(['broker']);
});

test('a topic file may state replicas and name; without a name it is called after the file', () => {
  const deployment = read({ 'topic.properties': 'replication.factor=2\nretention.ms=1\n' });
  expect(row(deployment, 'topic')).toBe('rf 2 of 3, min isr 1->1, acks all, persistent, elr');
  expect(deployment.notes[0]).toBe(
    'd/topic.properties: it does not name its topic, which is called "topic" here; add topic=NAME',
  );
});

test('Spark settings beside Kafka files are read and kept for a stream', () => {
  const deployment = read({
    'server.properties': BROKER,
    'spark-defaults.conf': '# comment\nspark.driver.port           7008\n',
  });
  expect(deployment.settings.filter(({ subject }) => subject === 'spark')).toEqual([
    {
      subject: 'spark',
      key: 'spark.driver.port',
      value: '7008',
      origin: { file: 'd/spark-defaults.conf', line: 2 },
    },
  ]);
  expect(deployment.notes[0]).toBe(
    'd/spark-defaults.conf: Spark settings are used once holdfast.yaml describes the stream; not ' +
      'used',
  );
});

test('what is no configuration is skipped in a folder, with a note where it might be', () => {
  const deployment = read({
    'server.properties': BROKER,
    'README.md': '# read me',
    'values.yaml': 'replicaCount: 3\n',
    'web.yaml': 'services:\n  web:\n    image: nginx\n',
    'connect-distributed.properties': 'offset.storage.topic=x\n',
    'topics/orders.properties': 'retention.ms=1\n',
    '.hidden.properties': 'nonsense',
  });
  expect(deployment.notes.slice(0, 4)).toEqual([
    'd/connect-distributed.properties: configures Kafka Connect; skipped',
    'd/values.yaml: not a Strimzi resource or Compose file; skipped',
    'd/web.yaml: no service runs a Kafka broker; skipped',
    'd: subfolders are not read (topics); name them if they belong here',
  ]);
  expect(deployment.files).toEqual(['d/server.properties']);
});

test('the same file named twice is read once', () => {
  const files = { 'server.properties': BROKER };
  const paths = ['server.properties', '.', './server.properties'];
  expect(read(files, paths).files).toEqual(['d/server.properties']);
});

test('properties are read as Java reads them', () => {
  const deployment = read({
    'orders.topic.properties':
      '! comment\r\nreplication.factor : 3\r\nmin.insync\\\r\n  .replicas 2\r\n' +
      'unclean.leader.election.enable=TRUE \r\nflush.messages=\\u0031\n',
  });
  expect(settings(deployment, 'orders').slice(0, 5)).toEqual([
    'topic orders replication.factor=3 (d/orders.topic.properties:2)',
    'topic orders min.insync.replicas=2 (d/orders.topic.properties:3)',
    'topic orders unclean.leader.election.enable=TRUE (d/orders.topic.properties:5)',
    'cluster eligible.leader.replicas.version=1 (kafka 4.1, assumed)',
    'topic orders flush.messages=1 (d/orders.topic.properties:6)',
  ]);
  expect(row(deployment, 'orders')).toBe(
    'rf 3 of 3, min isr 2->2, acks all, persistent, unclean, elr, flush',
  );
});

test('the last of two equal keys counts, as in Java, and a note says so', () => {
  const deployment = read({ 'producer.properties': 'acks=1\nlinger.ms=5\nacks=all\n' });
  expect(settings(deployment, '(broker defaults)')[5]).toBe(
    'producer acks=all (d/producer.properties:3)',
  );
  expect(deployment.notes[0]).toBe(
    'd/producer.properties: acks stands in line 1 and in line 3; the last one counts, as in Java',
  );
});

test('a properties file in Latin-1 is read, as Java reads it', () => {
  const bytes = Buffer.from('# Gr\xfc\xdfe\nacks=1\n', 'latin1');
  expect(settings(read({ 'producer.properties': bytes }), '(broker defaults)')[5]).toBe(
    'producer acks=1 (d/producer.properties:2)',
  );
});
