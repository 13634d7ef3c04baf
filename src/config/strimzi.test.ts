import { expect, test } from 'vitest';
import { read, refusal, row, settings } from './fixtures/folder.ts';

const pool = (name: string, role: string, replicas: number, storage: string): string => `---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata:
  name: ${name}
  labels:
    strimzi.io/cluster: sensors
spec:
  replicas: ${replicas}
  roles: [${role}]
  storage: ${storage}
`;

const kafka = (spec: string): string => `---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata:
  name: sensors
spec:
  kafka:
${spec.replace(/^/gm, '    ')}
`;

const topic = (cluster: string): string => `---
apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaTopic
metadata:
  name: readings
  labels:
    strimzi.io/cluster: ${cluster}
spec:
  topicName: sensor.readings
  replicas: 3
  config:
    min.insync.replicas: 3
    unclean.leader.election.enable: true
`;

const EPHEMERAL = '{ type: jbod, volumes: [{ id: 0, type: ephemeral, kraftMetadata: shared }] }';
const CLAIM = '{ type: persistent-claim, size: 100Gi }';
const SETTINGS = `version: 4.1.0
metadataVersion: 4.1-IV1
config:
  default.replication.factor: 3
  min.insync.replicas: 2`;

test('node pools give brokers and storage, the Kafka resource its settings', () => {
  const deployment = read({
    'kafka.yaml':
      pool('controllers', 'controller', 3, EPHEMERAL) +
      pool('brokers', 'broker', 4, EPHEMERAL) +
      kafka(SETTINGS),
    'topic.yaml': topic('sensors'),
  });
  expect(deployment.name).toBe('sensors');
  expect(deployment.kafkaVersion).toEqual({ major: 4, minor: 1, patch: 0, text: '4.1.0' });
  expect(settings(deployment, 'sensor.readings')).toEqual([
    'topic sensor.readings replication.factor=3 (d/topic.yaml:10)',
    'topic sensor.readings min.insync.replicas=3 (d/topic.yaml:12)',
    'topic sensor.readings unclean.leader.election.enable=true (d/topic.yaml:13)',
    'cluster eligible.leader.replicas.version=1 (kafka 4.1.0)',
    'broker log.flush.interval.messages=9223372036854775807 (kafka 4.1.0)',
    'producer acks=all (kafka 4.1.0)',
    'cluster storage=ephemeral (d/kafka.yaml:22)',
    'cluster brokers=4 (d/kafka.yaml:20)',
  ]);
  expect(row(deployment, '__consumer_offsets')).toBe(
    'rf 3 of 4, min isr 2->2, acks all, ephemeral, elr',
  );
});

test('brokers in several pools add up, and one pool without disks makes all ephemeral', () => {
  const deployment = read({
    'kafka.yaml':
      pool('a', 'broker', 2, CLAIM) +
      pool('b', 'controller, broker', 1, EPHEMERAL) +
      kafka(SETTINGS),
  });
  expect(row(deployment, '(broker defaults)')).toBe(
    'rf 3 of 3, min isr 2->2, acks all, ephemeral, elr',
  );
  expect(deployment.notes[0]).toBe(
    'd/kafka.yaml:22 is ephemeral and d/kafka.yaml:11 is persistent: any broker may lose its ' +
      'disk, so all are taken as ephemeral',
  );
});

test('without pools the Kafka resource has the brokers; with ZooKeeper there is a note', () => {
  const old = kafka(`version: 3.7.0
replicas: 3
storage:
  type: persistent-claim`);
  const deployment = read({ 'kafka.yaml': `${old}  zookeeper:\n    replicas: 3\n` });
  expect(row(deployment, '(broker defaults)')).toBe(
    'rf 1 of 3, min isr 1->1, acks all, persistent',
  );
  expect(deployment.notes[0]).toBe(
    'd/kafka.yaml:12: this cluster uses ZooKeeper; Holdfast models KRaft, so what is said of the ' +
      'controller and of elections is only as close as KRaft is to it',
  );
});

test('a metadata version before 4.1 means no eligible leader replicas', () => {
  const deployment = read({
    'kafka.yaml':
      pool('a', 'controller, broker', 3, CLAIM) + kafka('version: 4.1.0\nmetadataVersion: 4.0-IV3'),
  });
  expect(settings(deployment, '(broker defaults)')[3]).toBe(
    'cluster eligible.leader.replicas.version=0 (d/kafka.yaml:20)',
  );
});

test('other Strimzi resources are skipped with a note', () => {
  const user = 'apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\nmetadata: { name: u }\n';
  const files = { 'a.yaml': pool('a', 'broker', 3, CLAIM) + kafka(SETTINGS), 'user.yaml': user };
  expect(read(files).notes[0]).toBe('d/user.yaml:2: a KafkaUser is not used; skipped');
});

test.each([
  [
    'a topic of another cluster',
    kafka(SETTINGS) + topic('metrics'),
    'd/kafka.yaml:19: this belongs to the cluster "metrics", but d/kafka.yaml:5 describes ' +
      '"sensors"; name the files of one cluster',
  ],
  [
    'more replicas than brokers',
    pool('a', 'controller, broker', 2, CLAIM) + kafka('version: 4.1.0') + topic('sensors'),
    'd/kafka.yaml:29: sensor.readings has the replication factor 3, but the cluster has 2 ' +
      'brokers (d/kafka.yaml:9); Kafka refuses to create it: lower the factor or add brokers',
  ],
  [
    'a pool without brokers',
    pool('a', 'broker', 0, CLAIM) + kafka(SETTINGS),
    'd/kafka.yaml:9: the cluster has no brokers; expected at least 1',
  ],
  [
    'a pool with an unknown role',
    pool('a', 'brokers', 3, CLAIM),
    'd/kafka.yaml:10: the node pool "a" has the role "brokers"; expected a list of broker and ' +
      'controller under spec.roles',
  ],
  [
    'an unknown storage',
    pool('a', 'broker', 3, '{ type: tape }'),
    'd/kafka.yaml:11: the storage type is "tape"; expected ephemeral or persistent-claim, or ' +
      'jbod with volumes of these types',
  ],
  [
    'replicas that are no number',
    pool('a', 'broker', Number.NaN, CLAIM),
    'd/kafka.yaml:9: spec.replicas is "NaN"; expected a whole number from 0 to 10000: write for ' +
      'example 1',
  ],
  [
    'a resource without a name',
    'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\n',
    'd/kafka.yaml:1: this Kafka has no name; add metadata.name',
  ],
  [
    'a setting that holds a list',
    kafka('config:\n  min.insync.replicas: [2]'),
    'd/kafka.yaml:9: min.insync.replicas holds a list or a mapping; a Kafka setting is a single ' +
      'value, write it as text',
  ],
  [
    'a misspelt setting',
    kafka('config:\n  min.in.sync.replicas: 2'),
    'd/kafka.yaml:9: "min.in.sync.replicas" is not a Kafka broker setting; did you mean ' +
      'min.insync.replicas? Correct the name',
  ],
])('%s ends with one sentence', (_, text, sentence) => {
  expect(refusal({ 'kafka.yaml': text })).toBe(sentence);
});
