import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read, refusal, row } from './fixtures/folder.ts';
import { FAULTS, GUARANTEES, holdfastJsonSchema } from './index.ts';

const WHOLE = `name: orders
kafka:
  version: "4.1"
  brokers: 3
  storage: ephemeral
files:
  - server.properties
  - { path: settings.txt, kind: producer }
  - { path: o.properties, topic: orders }
stream:
  source: { topic: orders, startingOffsets: earliest, failOnDataLoss: true }
  stateful: true
  sink: { kind: kafka, topic: totals }
  checkpoint: s3a://bucket/checkpoints/orders
require:
  guarantees: [no-acked-loss, recovers]
survive:
  brokerCrash: 1
  lostMessage: 2
`;

const FILES = {
  'holdfast.yaml': WHOLE,
  'server.properties': 'default.replication.factor=3\nmin.insync.replicas=2\n',
  'settings.txt': 'acks=1\nenable.idempotence=false\n',
  'o.properties': 'min.insync.replicas=1\n',
  'unlisted.properties': 'what is this\n',
  'notes.md': 'no configuration',
};

test('holdfast.yaml names the files and says what must hold under which faults', () => {
  const deployment = read(FILES);
  const { name, files, require, survive, stream, notes } = deployment;
  expect({ name, files, require, survive, stream, notes }).toEqual({
    name: 'orders',
    files: ['d/holdfast.yaml', 'd/server.properties', 'd/settings.txt', 'd/o.properties'],
    require: { guarantees: ['no-acked-loss', 'recovers'] },
    survive: { brokerCrash: 1, lostMessage: 2 },
    stream: {
      source: { topic: 'orders', startingOffsets: 'earliest', failOnDataLoss: true },
      stateful: true,
      sink: { kind: 'kafka', topic: 'totals' },
      checkpoint: 's3a://bucket/checkpoints/orders',
    },
    notes: [
      'd/holdfast.yaml: not listed, so not read: unlisted.properties',
      'eligible leader replicas are on, as in every cluster created with Kafka 4.1 or later; if ' +
        'this one was upgraded from an older version, state kafka.eligibleLeaderReplicas: false ' +
        'in holdfast.yaml',
      "no file describes the topic totals: it has the brokers' defaults",
    ],
  });
  expect(row(deployment, 'orders')).toBe('rf 3 of 3, min isr 1->1, acks 1, ephemeral, elr');
  expect(row(deployment, 'totals')).toBe('rf 3 of 3, min isr 2->2, acks 1, ephemeral, elr');
});

test('a holdfast.yaml without a list of files takes the others in its folder', () => {
  const deployment = read({
    'prod.holdfast.yaml': 'kafka: { version: "4.0", brokers: 3 }\n',
    'server.properties': 'default.replication.factor=3\n',
  });
  expect(deployment.files).toEqual(['d/prod.holdfast.yaml', 'd/server.properties']);
});

test('a holdfast.yaml may describe everything itself', () => {
  const deployment = read({
    'holdfast.yaml': `kafka: { version: "4.0", brokers: 3, storage: persistent }
topics:
  - name: orders
    replicationFactor: 3
    config:
      min.insync.replicas: 2
      flush.messages: "1"
      unclean.leader.election.enable: true
`,
  });
  expect(row(deployment, 'orders')).toBe(
    'rf 3 of 3, min isr 2->2, acks all, persistent, unclean, flush',
  );
});

test('the vocabulary of guarantees and faults is what the caller knows', () => {
  const files = {
    'holdfast.yaml': 'require: { guarantees: [no-tears] }\nsurvive: { earthquake: 1 }\n',
  };
  const known = { knownGuarantees: ['no-tears'], knownFaults: ['earthquake'] };
  expect(read(files, [], known).require).toEqual({ guarantees: ['no-tears'] });
  expect(refusal(files)).toBe(
    `d/holdfast.yaml:1: require.guarantees.0 is "no-tears"; known are ${GUARANTEES.join(', ')}`,
  );
});

const KNOWN_FAULTS = FAULTS.join(', ');

test.each([
  [
    'an unknown key',
    'kafka:\n  brokr: 3\n',
    'd/holdfast.yaml:2: the key "brokr" is not known under kafka; known are version, brokers, ' +
      'eligibleLeaderReplicas, transactionVersion, storage',
  ],
  [
    'a misspelt key',
    'kafka:\n  broker: 3\n',
    'd/holdfast.yaml:2: the key "broker" is not known under kafka; did you mean brokers? (known ' +
      'are version, brokers, eligibleLeaderReplicas, transactionVersion, storage)',
  ],
  [
    'a misspelt key at the top',
    'survives: { brokerCrash: 1 }\n',
    'd/holdfast.yaml:1: the key "survives" is not known here; did you mean survive? (known are ' +
      'name, kafka, files, topics, consumers, stream, require, survive, accept)',
  ],
  [
    'a misspelt guarantee',
    'require:\n  guarantees:\n    - recovers\n    - no-ack-loss\n',
    `d/holdfast.yaml:4: require.guarantees.1 is "no-ack-loss"; known are ${GUARANTEES.join(', ')}`,
  ],
  [
    'a guarantee with a slip',
    'require: { guarantees: [no-acked-los] }\n',
    'd/holdfast.yaml:1: require.guarantees.0 is "no-acked-los"; did you mean no-acked-loss? ' +
      '(known ' +
      `are ${GUARANTEES.join(', ')})`,
  ],
  [
    'a misspelt fault',
    'survive:\n  brokerCrash: 1\n  powerloss: 1\n',
    'd/holdfast.yaml:3: the key "powerloss" is not known under survive; did you mean powerLoss? ' +
      `(known are ${KNOWN_FAULTS})`,
  ],
  [
    'a negative budget',
    'survive:\n  brokerCrash: -1\n',
    'd/holdfast.yaml:2: survive.brokerCrash is "-1"; expected a whole number of at least 0',
  ],
  [
    'a budget that no search can exhaust',
    'survive: { brokerCrash: 10 }\n',
    'd/holdfast.yaml:1: survive.brokerCrash is "10"; expected a whole number of at most 9',
  ],
  [
    'a budget that is no number',
    'survive: { brokerCrash: some }\n',
    'd/holdfast.yaml:1: survive.brokerCrash is "some"; expected a whole number',
  ],
  [
    'half a broker',
    'kafka: { brokers: 1.5 }\n',
    'd/holdfast.yaml:1: kafka.brokers is "1.5"; expected a whole number',
  ],
  [
    'no brokers',
    'kafka: { brokers: 0 }\n',
    'd/holdfast.yaml:1: kafka.brokers is "0"; expected a whole number of at least 1',
  ],
  [
    'an unknown storage',
    'kafka: { storage: disk }\n',
    'd/holdfast.yaml:1: kafka.storage is "disk"; known are persistent, ephemeral',
  ],
  [
    'a version that is none',
    'kafka: { version: latest }\n',
    'd/holdfast.yaml:1: the Kafka version is "latest"; expected major.minor or major.minor.patch ' +
      'from 0.8 on: write for example "4.1"',
  ],
  [
    'a version that is a list',
    'kafka: { version: [4, 1] }\n',
    'd/holdfast.yaml:1: kafka.version is "a list"; expected a version such as "4.1"',
  ],
  [
    'nothing to require',
    'require: { guarantees: [] }\n',
    'd/holdfast.yaml:1: require.guarantees is empty; give at least one, or remove the key',
  ],
  [
    'a stream without a checkpoint',
    'stream:\n  source: { topic: a }\n  stateful: true\n  sink: { kind: delta }\n',
    'd/holdfast.yaml:1: stream.checkpoint is missing; add it',
  ],
  [
    'an unknown sink',
    'stream:\n  source: { topic: a }\n  stateful: true\n  sink: { kind: kafak }\n',
    'd/holdfast.yaml:4: stream.sink.kind is "kafak"; did you mean kafka? (known are kafka, file, ' +
      'delta, foreachBatch, foreach, other)',
  ],
  [
    'a file that is a number',
    'files: [1]\n',
    `d/holdfast.yaml:1: files.0 is "1"; expected a file's path, or a mapping with path and kind`,
  ],
  [
    'a file that is missing',
    'files:\n  - a.properties\n  - b.properties\n',
    'd/holdfast.yaml:2: in the files listed here: d/a.properties: there is no such file or ' +
      'folder; check the path',
  ],
  [
    'a topic setting that is a list',
    'topics: [{ name: a, config: { min.insync.replicas: [2] } }]\n',
    'd/holdfast.yaml:1: topics.0.config.min.insync.replicas is "a list"; expected a single ' +
      'value: text, a number, true or false',
  ],
  [
    'a misspelt topic setting',
    'topics:\n  - name: a\n    config:\n      min.insync.replica: 2\n',
    'd/holdfast.yaml:4: "min.insync.replica" is not a Kafka topic setting; did you mean ' +
      'min.insync.replicas? Correct the name',
  ],
  [
    'a producer that was not read',
    'topics:\n  - name: a\n    producer: p.properties\n',
    'd/holdfast.yaml:3: the producer of a is "d/p.properties", which is not among the producer ' +
      'files read (none); list it under files',
  ],
  [
    'eligible leader replicas before they existed',
    'kafka: { version: "3.9", brokers: 3, eligibleLeaderReplicas: true }\n',
    'd/holdfast.yaml:1: eligible leader replicas need Kafka 4.0, and this is 3.9; remove the line',
  ],
  [
    'a document that is no mapping',
    '- a\n',
    'd/holdfast.yaml: expected one YAML document with keys such as kafka, files, require and ' +
      'survive',
  ],
  [
    'a kafka sink without its topic',
    'stream:\n  source: { topic: a }\n  stateful: false\n  sink: { kind: kafka }\n  checkpoint: ' +
      'c\n',
    'd/holdfast.yaml:4: the stream has a kafka sink without a topic; add stream.sink.topic',
  ],
])('%s ends with one sentence', (_, text, sentence) => {
  expect(refusal({ 'holdfast.yaml': text })).toBe(sentence);
});

test('two holdfast.yaml are one too many', () => {
  const text = 'name: a\n';
  expect(refusal({ 'holdfast.yaml': text, 'holdfast.yml': text })).toBe(
    'd: the folder holds holdfast.yaml and holdfast.yml; give one of them',
  );
  const files = { 'a/holdfast.yaml': text, 'b/holdfast.yaml': text };
  expect(refusal(files, ['a', 'b'])).toBe(
    'd/b/holdfast.yaml: d/a/holdfast.yaml was read already; give one of them',
  );
});

test('a number of brokers that contradicts the resources is refused', () => {
  expect(
    refusal({
      'holdfast.yaml': 'kafka:\n  brokers: 3\n',
      'compose.yaml': 'services:\n  kafka:\n    image: apache/kafka:4.1.0\n',
    }),
  ).toBe(
    'd/holdfast.yaml:2: kafka.brokers is 3, but d/compose.yaml:2 and what belongs to it describe ' +
      '1; make them equal',
  );
});

test('the published JSON Schema is the one in the code', () => {
  const file = new URL('../../schema/holdfast.schema.json', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(holdfastJsonSchema());
});
