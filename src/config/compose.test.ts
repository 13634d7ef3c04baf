import { expect, test, vi } from 'vitest';
import { interpolate } from './compose-env.ts';
import { keyOfVariable } from './compose-image.ts';
import { read, refusal, row, settings } from './fixtures/folder.ts';
import { imageVersion } from './version.ts';

test('a Confluent broker without a volume is one ephemeral broker of its version', () => {
  const deployment = read({
    'docker-compose.yml': `---
version: '2'
services:
  zookeeper:
    image: confluentinc/cp-zookeeper:7.2.0
    environment:
      ZOOKEEPER_CLIENT_PORT: 2181
  broker:
    image: confluentinc/cp-server:7.2.0
    environment:
      KAFKA_BROKER_ID: 1
      KAFKA_ZOOKEEPER_CONNECT: 'zookeeper:2181'
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: 1
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: 1
      KAFKA_CONFLUENT_BALANCER_TOPIC_REPLICATION_FACTOR: 1
      KAFKA_JMX_PORT: 9101
      CONFLUENT_METRICS_ENABLE: 'true'
  schema-registry:
    image: confluentinc/cp-schema-registry:7.2.0
    environment:
      SCHEMA_REGISTRY_HOST_NAME: schema-registry
`,
  });
  expect(settings(deployment, '__transaction_state')).toEqual([
    'broker transaction.state.log.replication.factor=1 (d/docker-compose.yml:15)',
    'broker transaction.state.log.min.isr=1 (d/docker-compose.yml:14)',
    'topic __transaction_state unclean.leader.election.enable=false (kafka 3.2)',
    'cluster eligible.leader.replicas.version=0 (kafka 3.2)',
    'broker log.flush.interval.messages=9223372036854775807 (kafka 3.2)',
    'coordinator acks=all (kafka 3.2)',
    'cluster storage=ephemeral (d/docker-compose.yml:8)',
    'cluster brokers=1 (d/docker-compose.yml:8)',
  ]);
  expect(deployment.notes.slice(0, 3)).toEqual([
    'd/docker-compose.yml:12: this cluster uses ZooKeeper; Holdfast models KRaft, so what is ' +
      'said of the controller and of elections is only as close as KRaft is to it',
    'd/docker-compose.yml:9: "confluentinc/cp-server:7.2.0" is Kafka 3.2',
    'Kafka 3.2 is older than the oldest modelled behaviour: its own defaults are used, its ' +
      'protocol is checked as that of Kafka 3.5',
  ]);
});

const THREE = `
x-kafka: &kafka
  image: apache/kafka:4.0.1
  environment: &env
    KAFKA_PROCESS_ROLES: broker
    KAFKA_MIN_INSYNC_REPLICAS: \${MIN_ISR:-2}
    KAFKA_LOG_DIRS: /data/log
services:
  controller:
    image: apache/kafka:4.0.1
    environment:
      - KAFKA_PROCESS_ROLES=controller
      - KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE=true
  kafka-1:
    <<: *kafka
    environment: { <<: *env, KAFKA_NODE_ID: 1 }
    volumes: ["one:/data"]
  kafka-2:
    <<: *kafka
    environment: { <<: *env, KAFKA_NODE_ID: 2 }
    volumes: [{ type: volume, source: two, target: /data/log }]
  kafka-3:
    <<: *kafka
    environment: { <<: *env, KAFKA_NODE_ID: 3 }
    volumes: ["./three:/data/:rw"]
  init:
    image: apache/kafka:4.0.1
    command: kafka-topics.sh --create --topic orders
`;

test('anchors, merge keys, lists of variables, controllers and volumes are understood', () => {
  const deployment = read({ 'compose.yaml': THREE });
  expect(settings(deployment, '__consumer_offsets')).toEqual([
    'broker offsets.topic.replication.factor=3 (kafka 4.0.1)',
    'broker min.insync.replicas=2 (d/compose.yaml:6)',
    'controller unclean.leader.election.enable=true (d/compose.yaml:13)',
    'cluster eligible.leader.replicas.version=0 (kafka 4.0.1)',
    'broker log.flush.interval.messages=9223372036854775807 (kafka 4.0.1)',
    'coordinator acks=all (kafka 4.0.1)',
    'cluster storage=persistent (d/compose.yaml:14)',
    'cluster brokers=3 (d/compose.yaml:14)',
  ]);
});

test('variables come from .env and env_file, never from the shell', () => {
  vi.stubEnv('MIN_ISR', '3');
  const deployment = read({
    '.env': 'TAG=3.9.0\n',
    'broker.env': '# shared\nKAFKA_DEFAULT_REPLICATION_FACTOR="1"\nKAFKA_NODE_ID=7\n',
    'compose.yaml': `services:
  kafka:
    image: apache/kafka:\${TAG}
    env_file: broker.env
    environment:
      KAFKA_NODE_ID: 1
      KAFKA_MIN_INSYNC_REPLICAS: \${MIN_ISR:-1}
      KAFKA_UNSET:
`,
  });
  vi.unstubAllEnvs();
  expect(deployment.kafkaVersion.text).toBe('3.9.0');
  expect(settings(deployment, '(broker defaults)').slice(0, 2)).toEqual([
    'broker default.replication.factor=1 (d/broker.env:2)',
    'broker min.insync.replicas=1 (d/compose.yaml:7)',
  ]);
  expect(deployment.notes[0]).toBe(
    'd/compose.yaml:8: KAFKA_UNSET has no value and would come from the shell; not used',
  );
});

test('an image that starts from the file of the distribution brings its settings', () => {
  const internal = (service: string) =>
    settings(read({ 'compose.yaml': `services:\n  kafka:\n${service}` }), '__consumer_offsets')[0];
  const one = 'broker offsets.topic.replication.factor=1 (d/compose.yaml:3)';
  expect(internal('    image: apache/kafka:4.1.0\n')).toBe(one);
  expect(
    internal('    image: bitnami/kafka:3.9\n    environment: { KAFKA_CFG_NODE_ID: 1 }\n'),
  ).toBe(one);
  // With any variable, the image of Apache starts from nothing, and 3 does not fit one broker.
  expect(
    internal('    image: apache/kafka:4.1.0\n    environment: { KAFKA_NODE_ID: 1 }\n'),
  ).toBeUndefined();
});

test.each([
  ['apache/kafka:4.1.0', undefined, '"logs:/var/lib/kafka/data"', 'ephemeral'],
  ['apache/kafka:4.1.0', '/var/lib/kafka/data', '"logs:/var/lib/kafka/data"', 'persistent'],
  ['confluentinc/cp-kafka:8.0.0', undefined, '"logs:/var/lib/kafka/data"', 'persistent'],
  ['confluentinc/cp-kafka:8.0.0', undefined, '"/var/lib/kafka/data"', 'ephemeral'],
  ['confluentinc/cp-kafka:8.0.0', '/a,/b', '"logs:/a"', 'ephemeral'],
  ['confluentinc/cp-kafka:8.0.0', '/a,/b', '"logs:/a", "./b:/b"', 'persistent'],
  ['confluentinc/cp-kafka:8.0.0', undefined, '"./jmx:/etc/kafka"', 'ephemeral'],
  ['mirror.example:5000/bitnami/kafka:4.0', undefined, '"logs:/bitnami/kafka"', 'persistent'],
  [
    'example/broker:1',
    undefined,
    '{ type: tmpfs, target: /var/lib/kafka }, { type: bind, source: ., target: /kafka }',
    'persistent',
  ],
  ['example/broker:1', undefined, '{ type: tmpfs, target: /var/lib/kafka }', 'ephemeral'],
])('%s with log.dirs %s and the volumes %s is %s', (image, logDirs, volumes, storage) => {
  const deployment = read({
    'compose.yaml': `services:
  kafka:
    image: ${image}
    environment:
      KAFKA_NODE_ID: 1
      ${logDirs === undefined ? '' : `KAFKA_LOG_DIRS: "${logDirs}"`}
    volumes: [${volumes}]
`,
  });
  expect(deployment.topics[0]?.storage).toBe(storage);
});

test.each([
  ['apache/kafka:4.1.0', '4.1.0'],
  ['docker.io/apache/kafka-native:3.9', '3.9'],
  ['confluentinc/cp-kafka:8.1.0', '4.1'],
  ['confluentinc/cp-kafka:7.0.x-latest', '3.0'],
  ['confluentinc/cp-kafka:6.2.1', '2.8'],
  ['confluentinc/cp-kafka:5.4.1-ccs', '2.4'],
  ['bitnami/kafka:3.9.0-debian-12-r1', '3.9.0'],
  ['wurstmeister/kafka:2.13-2.8.1', '2.8.1'],
  ['apache/kafka:latest', undefined],
  ['apache/kafka', undefined],
  ['apache/kafka@sha256:0123', undefined],
  ['apache/kafka:$' + '{TAG}', undefined],
])('the image %s is Kafka %s', (image, version) => {
  expect(imageVersion(image)?.text).toBe(version);
});

test.each([
  ['KAFKA_MIN_INSYNC_REPLICAS', 'min.insync.replicas'],
  ['KAFKA_CFG_MIN_INSYNC_REPLICAS', 'min.insync.replicas'],
  ['KAFKA_LISTENER_NAME_SASL__SSL_SCRAM___SHA___256_X', 'listener.name.sasl_ssl.scram-sha-256.x'],
  ['KAFKA_HEAP_OPTS', undefined],
  ['KAFKA_JMX_PORT', undefined],
  ['KAFKA_TOOLS_LOG4J_LOGLEVEL', undefined],
  ['KAFKA_REST_LISTENERS', undefined],
  ['ZOOKEEPER_CLIENT_PORT', undefined],
])('the variable %s sets %s', (variable, key) => {
  expect(keyOfVariable(variable)).toBe(key);
});

test('references are replaced as Compose does, unknown ones stay', () => {
  const env = new Map([
    ['A', '1'],
    ['EMPTY', ''],
  ]);
  const dollar = '$';
  expect(
    interpolate(
      `${dollar}A ${dollar}{A} ${dollar}{B:-2} ${dollar}{EMPTY:-3} ${dollar}{EMPTY-4} ` +
        `${dollar}${dollar}A ${dollar}{C} ${dollar}{D:?no}`,
      env,
    ),
  ).toBe(`1 1 2 3  ${dollar}A ${dollar}{C} ${dollar}{D:?no}`);
});

const service = (name: string, image: string, variables = ''): string =>
  `  ${name}:\n    image: ${image}\n    environment: { KAFKA_NODE_ID: 1${variables} }\n`;

test.each([
  [
    'services of different versions',
    `services:\n${service('a', 'apache/kafka:4.0.0')}${service('b', 'apache/kafka:4.1.0')}`,
    'd/compose.yaml:6: this is Kafka 4.1.0, but d/compose.yaml:3 says 4.0.0; make them equal, or ' +
      'state kafka.version in holdfast.yaml',
  ],
  [
    'services that contradict one another',
    `services:\n${service('a', 'apache/kafka:4.0.0', ', KAFKA_MIN_INSYNC_REPLICAS: 2')}` +
      service('b', 'apache/kafka:4.0.0'),
    'd/compose.yaml: service b does not set min.insync.replicas (default 1), but ' +
      'd/compose.yaml:4 says "2"; the brokers of one cluster must agree: make them equal, or ' +
      'name only the files of one cluster',
  ],
  [
    'a variable that only the shell knows',
    `services:\n${service('a', 'apache/kafka:4.0.0', ', KAFKA_MIN_INSYNC_REPLICAS: "$N"')}`,
    'd/compose.yaml:4: min.insync.replicas is "$N"; expected a whole number of at least 1: ' +
      'variables are not looked up in the environment: write the value itself',
  ],
  [
    'a default factor that one broker cannot hold',
    `services:\n${service('a', 'apache/kafka:4.0.0', ', KAFKA_DEFAULT_REPLICATION_FACTOR: 3')}`,
    'd/compose.yaml:4: (broker defaults) has the replication factor 3, but the cluster has 1 ' +
      'broker (d/compose.yaml:2); Kafka refuses to create it: lower the factor or add brokers',
  ],
  [
    'a misspelt variable',
    `services:\n${service('a', 'apache/kafka:4.0.0', ', KAFKA_MIN_INSYNC_REPLICA: 3')}`,
    'd/compose.yaml:4: "min.insync.replica" is not a Kafka broker setting; did you mean ' +
      'min.insync.replicas? Correct the name',
  ],
  [
    'no broker at all',
    'services:\n  web:\n    image: nginx\n',
    'd/compose.yaml: no service of this Compose file runs a Kafka broker; give a file that does, ' +
      'with KAFKA_* variables',
  ],
])('%s end with one sentence', (_, text, sentence) => {
  expect(refusal({ 'compose.yaml': text }, ['compose.yaml'])).toBe(sentence);
});

test('during a rolling upgrade holdfast.yaml says which version counts', () => {
  const services = service('a', 'apache/kafka:4.0.0') + service('b', 'apache/kafka:4.1.0');
  const deployment = read({
    'compose.yaml': `services:\n${services}`,
    'holdfast.yaml': 'kafka: { version: "4.0" }\n',
  });
  expect(row(deployment, '(broker defaults)')).toBe('rf 1 of 2, min isr 1->1, acks all, ephemeral');
});
