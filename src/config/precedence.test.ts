import { expect, test } from 'vitest';
import { read, row, settings } from './fixtures/folder.ts';

const holdfast = (version: string): string => `kafka:\n  version: "${version}"\n  brokers: 3\n`;

test("a topic's setting wins over the broker's, and the broker's over the default", () => {
  const deployment = read({
    'holdfast.yaml': holdfast('4.0'),
    'server.properties':
      'default.replication.factor=3\nmin.insync.replicas=2\nunclean.leader.election.enable=true\n' +
      'log.flush.interval.messages=1\n',
    'orders.topic.properties':
      'replication.factor=2\nmin.insync.replicas=1\nunclean.leader.election.enable=false\n' +
      'flush.messages=100\n',
    'plain.topic.properties': 'retention.ms=1\n',
  });
  expect(settings(deployment, 'orders').slice(0, 5)).toEqual([
    'topic orders replication.factor=2 (d/orders.topic.properties:1)',
    'topic orders min.insync.replicas=1 (d/orders.topic.properties:2)',
    'topic orders unclean.leader.election.enable=false (d/orders.topic.properties:3)',
    'cluster eligible.leader.replicas.version=0 (kafka 4.0)',
    'topic orders flush.messages=100 (d/orders.topic.properties:4)',
  ]);
  expect(settings(deployment, 'plain').slice(0, 5)).toEqual([
    'broker default.replication.factor=3 (d/server.properties:1)',
    'broker min.insync.replicas=2 (d/server.properties:2)',
    'broker unclean.leader.election.enable=true (d/server.properties:3)',
    'cluster eligible.leader.replicas.version=0 (kafka 4.0)',
    'broker log.flush.interval.messages=1 (d/server.properties:4)',
  ]);
  expect(row(deployment, 'plain')).toBe(
    'rf 3 of 3, min isr 2->2, acks all, persistent, unclean, flush',
  );
});

test('replication factor -1 is the default of the broker', () => {
  const deployment = read({
    'holdfast.yaml': `${holdfast('4.1')}topics:\n  - name: orders\n    replicationFactor: -1\n`,
    'server.properties': 'default.replication.factor=2\n',
  });
  expect(settings(deployment, 'orders')[0]).toBe(
    'broker default.replication.factor=2 (d/server.properties:1)',
  );
});

test('internal topics have their own replication, and the transaction log its own minimum', () => {
  const deployment = read({
    'holdfast.yaml': holdfast('4.1'),
    'server.properties':
      'min.insync.replicas=3\noffsets.topic.replication.factor=2\n' +
      'transaction.state.log.replication.factor=1\ntransaction.state.log.min.isr=1\n' +
      'unclean.leader.election.enable=true\n',
    'producer.properties': 'acks=0\n',
  });
  expect(row(deployment, '__consumer_offsets')).toBe(
    'rf 2 of 3, min isr 3->2, acks all, persistent, unclean, elr',
  );
  expect(row(deployment, '__transaction_state')).toBe(
    'rf 1 of 3, min isr 1->1, acks all, persistent, elr',
  );
});

test('until 3.9 the acknowledgements of an offset commit can be configured', () => {
  const files = (version: string) => ({
    'holdfast.yaml': holdfast(version),
    'server.properties': 'offsets.commit.required.acks=1\n',
  });
  expect(settings(read(files('3.9')), '__consumer_offsets')[5]).toBe(
    'broker offsets.commit.required.acks=1 (d/server.properties:1)',
  );
  expect(settings(read(files('4.0')), '__consumer_offsets')[5]).toBe(
    'coordinator acks=all (kafka 4.0)',
  );
});

test('a topic description of an internal topic sets its row', () => {
  const deployment = read({
    'holdfast.yaml': `${holdfast('4.1')}topics:
  - name: __consumer_offsets
    replicationFactor: 2
    config: { min.insync.replicas: 1, unclean.leader.election.enable: true }
`,
  });
  expect(row(deployment, '__consumer_offsets')).toBe(
    'rf 2 of 3, min isr 1->1, acks all, persistent, unclean, elr',
  );
  expect(deployment.topics.map(({ name }) => name)).toEqual([
    '(broker defaults)',
    '__consumer_offsets',
    '__transaction_state',
  ]);
});

const TOPIC = { 'orders.topic.properties': 'replication.factor=2\nmin.insync.replicas=3\n' };

test('min.insync.replicas above the replication factor is clamped from 3.7 on', () => {
  const deployment = read({ 'holdfast.yaml': holdfast('3.7'), ...TOPIC });
  expect(row(deployment, 'orders')).toBe('rf 2 of 3, min isr 3->2, acks all, persistent');
  expect(deployment.notes.at(-1)).toBe(
    'orders: min.insync.replicas 3 is greater than the replication factor 2: Kafka clamps it to 2',
  );
});

test('before 3.7 it is not clamped: such a topic refuses every write with acks=all', () => {
  const deployment = read({ 'holdfast.yaml': holdfast('3.6'), ...TOPIC });
  expect(row(deployment, 'orders')).toBe('rf 2 of 3, min isr 3->3, acks all, persistent');
  expect(deployment.notes.at(-1)).toBe(
    'orders: min.insync.replicas 3 is greater than the replication factor 2: Kafka before 3.7 ' +
      'does not clamp it, and refuses every write with acks=all',
  );
});

test.each([
  ['0.10', '3.5', 'rf 1 of 3, min isr 1->1, acks 1, persistent, unclean'],
  ['0.11', '3.5', 'rf 1 of 3, min isr 1->1, acks 1, persistent'],
  ['2.8.2', '3.5', 'rf 1 of 3, min isr 1->1, acks 1, persistent'],
  ['3.0', '3.5', 'rf 1 of 3, min isr 1->1, acks all, persistent'],
  ['3.6', '3.5', 'rf 1 of 3, min isr 1->1, acks all, persistent'],
  ['3.7', '3.9', 'rf 1 of 3, min isr 1->1, acks all, persistent'],
  ['3.9', '3.9', 'rf 1 of 3, min isr 1->1, acks all, persistent'],
  ['4.0', '4.0', 'rf 1 of 3, min isr 1->1, acks all, persistent'],
  ['4.1.0', '4.1', 'rf 1 of 3, min isr 1->1, acks all, persistent, elr'],
  ['4.2', '4.1', 'rf 1 of 3, min isr 1->1, acks all, persistent, elr'],
  ['4.10', '4.1', 'rf 1 of 3, min isr 1->1, acks all, persistent, elr'],
])('the defaults of Kafka %s are those of behaviour %s and are %s', (version, level, expected) => {
  const deployment = read({ 'holdfast.yaml': holdfast(version) });
  expect(deployment.behaviour).toBe(level);
  expect(row(deployment, '(broker defaults)')).toBe(expected);
});

test('a version outside what was modelled is used, with a note', () => {
  expect(read({ 'holdfast.yaml': holdfast('3.4') }).notes[0]).toBe(
    'Kafka 3.4 is older than the oldest modelled behaviour: its own defaults are used, its ' +
      'protocol is checked as that of Kafka 3.5',
  );
  expect(read({ 'holdfast.yaml': holdfast('4.10') }).notes[0]).toBe(
    'Kafka 4.10 is newer than Holdfast knows (4.2): its protocol and defaults are taken as those ' +
      'of Kafka 4.1',
  );
});

test('an unquoted version in holdfast.yaml is read as it is written', () => {
  const { kafkaVersion } = read({ 'holdfast.yaml': 'kafka:\n  version: 3.10\n  brokers: 1\n' });
  expect(kafkaVersion).toEqual({ major: 3, minor: 10, text: '3.10' });
});

test('eligible leader replicas can be stated: an upgraded cluster has none, a 4.0 may', () => {
  const elr = (version: string, on: boolean) =>
    settings(
      read({ 'holdfast.yaml': `${holdfast(version)}  eligibleLeaderReplicas: ${on}\n` }),
      '(broker defaults)',
    )[3];
  expect(elr('4.1', false)).toBe('cluster eligible.leader.replicas.version=0 (d/holdfast.yaml:4)');
  expect(elr('4.0', true)).toBe('cluster eligible.leader.replicas.version=1 (d/holdfast.yaml:4)');
});

test("a controller's file decides who may lead, and with ELR the minimum too", () => {
  const files = (version: string) => ({
    'holdfast.yaml': holdfast(version),
    'broker.properties':
      'process.roles=broker\nmin.insync.replicas=2\nunclean.leader.election.enable=true\n',
    'controller.properties': 'process.roles=controller\n',
  });
  const unclean =
    'unclean.leader.election.enable is true for the brokers and false for the controllers, whose ' +
    'own file decides; set it there too';
  const withElr = read(files('4.1'));
  expect(row(withElr, '(broker defaults)')).toBe(
    'rf 1 of 3, min isr 1->1, acks all, persistent, elr',
  );
  expect(withElr.notes).toContain(unclean);
  expect(withElr.notes).toContain(
    'min.insync.replicas is 2 for the brokers and 1 for the controllers, whose own file decides; ' +
      'set it there too',
  );
  const withoutElr = read(files('4.0'));
  expect(settings(withoutElr, '(broker defaults)').slice(1, 3)).toEqual([
    'broker min.insync.replicas=2 (d/broker.properties:2)',
    'controller unclean.leader.election.enable=false (kafka 4.0)',
  ]);
  expect(withoutElr.notes.filter((note) => note.includes('controllers'))).toEqual([unclean]);
});

test('the files of brokers without their controllers are taken for both, with a note', () => {
  const { notes } = read({
    'holdfast.yaml': 'kafka: { version: "4.0", brokers: 3, storage: persistent }\n',
    'broker.properties': 'process.roles=broker\nunclean.leader.election.enable=true\n',
  });
  expect(notes.at(-1)).toBe(
    "d/broker.properties:2: unclean.leader.election.enable is decided by the controllers' own " +
      "file, which was not given; the brokers' value is taken",
  );
});

test('a cluster with ZooKeeper is read as the last version that had it, with a warning', () => {
  const deployment = read({ 'server.properties': 'broker.id=1\nzookeeper.connect=zk:2181\n' });
  expect(deployment.kafkaVersion.text).toBe('3.9');
  expect(deployment.notes.slice(0, 2)).toEqual([
    'no file states the Kafka version: 3.9 is assumed, the last version with ZooKeeper; state ' +
      'kafka.version in holdfast.yaml',
    'd/server.properties:2: this cluster uses ZooKeeper; Holdfast models KRaft, so what is said ' +
      'of the controller and of elections is only as close as KRaft is to it',
  ]);
});

test('acks=1 switches off the idempotence that nobody asked for', () => {
  const deployment = read({ 'producer.properties': 'acks=1\n' });
  expect(row(deployment, '(broker defaults)')).toBe(
    'rf 1 of 3, min isr 1->1, acks 1, persistent, elr',
  );
  expect(deployment.notes).toContain(
    'd/producer.properties:1: acks=1 switches enable.idempotence off, which is on by default: a ' +
      'retry may then write a record twice or out of order',
  );
});

test('several producers may write different topics, if holdfast.yaml says which', () => {
  const deployment = read({
    'holdfast.yaml': `${holdfast('4.1')}topics:
  - { name: orders, producer: safe.producer.properties }
  - { name: clicks, producer: fast.producer.properties }
`,
    'safe.producer.properties': 'acks=all\n',
    'fast.producer.properties': 'acks=0\n',
  });
  expect(deployment.topics.map(({ name, acks }) => `${name} ${acks}`)).toEqual([
    'orders all',
    'clicks 0',
    '__consumer_offsets all',
    '__transaction_state all',
  ]);
});

test('several broker files that agree are one cluster of at least as many brokers', () => {
  const broker = (id: number) => `node.id=${id}\nprocess.roles=broker,controller\n`;
  const deployment = read({
    'server-1.properties': `${broker(1)}offsets.topic.replication.factor=1\n`,
    'server-2.properties': `${broker(2)}offsets.topic.replication.factor=1\n`,
    'server-3.properties': `${broker(3)}offsets.topic.replication.factor=01\n`,
    'server-4.properties': `${broker(4)}offsets.topic.replication.factor=1\n`,
  });
  expect(row(deployment, '__consumer_offsets')).toBe(
    'rf 1 of 4, min isr 1->1, acks all, persistent, elr',
  );
  expect(deployment.notes.at(-1)).toBe(
    'no file says how many brokers there are: 4 are assumed, from the 4 broker files; state ' +
      'kafka.brokers in holdfast.yaml',
  );
});

test('an internal topic whose default does not fit the cluster is left out, with a note', () => {
  const deployment = read({ 'holdfast.yaml': 'kafka:\n  version: "4.1"\n  brokers: 1\n' });
  expect(deployment.topics.map(({ name }) => name)).toEqual(['(broker defaults)']);
  expect(deployment.notes.at(-1)).toBe(
    '__transaction_state is left out: its replication factor is 3 by default (kafka 4.1), but ' +
      'the cluster has 1 broker (d/holdfast.yaml:3), so that Kafka cannot create it; set ' +
      'transaction.state.log.replication.factor',
  );
});
