import { expect, test } from 'vitest';
import { readDeployment } from './disk.ts';
import { type Files, refusal, withFolder } from './fixtures/folder.ts';
import { ConfigError } from './index.ts';

const TOPIC = 'orders.topic.properties';
const PRODUCER = 'producer.properties';
const HOLDFAST = 'kafka:\n  version: "4.1"\n  brokers: 2\n';

/** A reference that a Kafka config provider would resolve; written so that it is no template. */
const VARIABLE = '$' + '{env:ACKS}';
const READ = '.properties, .yaml, .yml and spark-defaults.conf';

/** Each case: the files, the paths given (none: the folder), and the whole sentence. */
const CASES: Record<string, [Files, string[], string]> = {
  'a path that does not exist': [
    {},
    ['missing.properties'],
    'd/missing.properties: there is no such file or folder; check the path',
  ],
  'an empty folder': [{}, [], `d: the folder holds no configuration; expected ${READ} files`],
  'a folder of folders': [
    { 'prod/server.properties': '' },
    [],
    `d: the folder holds no configuration; expected ${READ} files, or name a subfolder (prod)`,
  ],
  'a file of an unknown kind': [
    { 'notes.txt': 'acks=1' },
    ['notes.txt'],
    `d/notes.txt: ".txt" is not a kind of file that is read; expected ${READ}: rename it, or ` +
      `list ` +
      'it with its kind in holdfast.yaml',
  ],
  'properties that could be anything': [
    { 'app.properties': 'color=blue\n' },
    [],
    'd/app.properties: cannot tell whether this is the configuration of a broker, topic, ' +
      'producer ' +
      "or consumer: no key in it belongs to one kind alone; put that word into the file's name, " +
      'or list the file with its kind in holdfast.yaml',
  ],
  'properties that are two things': [
    { 'client.properties': 'acks=1\ngroup.id=a\n' },
    [],
    'd/client.properties: cannot tell whether this is the configuration of a broker, topic, ' +
      'producer or consumer: it holds keys of a producer and of a consumer; put that word into ' +
      'the ' +
      "file's name, or list the file with its kind in holdfast.yaml",
  ],
  'an explicitly named file of something else': [
    { 'log4j.properties': 'log4j.rootLogger=INFO\n' },
    ['log4j.properties'],
    'd/log4j.properties: by its name this configures logging, which is not checked; give the ' +
      'files of brokers, topics and clients',
  ],
  'only Spark settings': [
    { 'spark-defaults.conf': 'spark.ui.port 4040\n' },
    [],
    'd/spark-defaults.conf: this holds only Spark settings, and these are checked together with ' +
      'a stream; add a holdfast.yaml that describes the stream and names the Kafka files',
  ],
  'nothing about Kafka': [
    { 'values.yaml': 'a: 1\n' },
    [],
    'd: nothing in it describes Kafka; give the files of brokers, topics or clients',
  ],
  'a YAML file of something else, named': [
    { 'values.yaml': 'a: 1\n' },
    ['values.yaml'],
    'd/values.yaml: this YAML is neither a Strimzi resource, nor a Compose file, nor named ' +
      'holdfast.yaml; give one of these',
  ],
  'a malformed line': [
    { [PRODUCER]: 'linger.ms=5\nacks\n' },
    [],
    'd/producer.properties:2: "acks" is not a setting; expected key=value: correct the line, or ' +
      'render the template first',
  ],
  'a merge conflict': [
    { [PRODUCER]: '<<<<<<< HEAD\nacks=1\n' },
    [],
    'd/producer.properties:1: "<<<<<<< HEAD" is not a setting; expected key=value: correct the ' +
      'line, or render the template first',
  ],
  'a malformed escape': [
    { [PRODUCER]: '# C:\\users\nacks=1\nclient.id=a\\u12x\n' },
    [],
    'd/producer.properties:3: "\\u" is not followed by four hexadecimal digits; write the ' +
      'character itself, or \\\\u for a backslash and a u',
  ],
  'a key that pollutes prototypes': [
    { [PRODUCER]: 'acks=1\n__proto__=1\n' },
    [],
    'd/producer.properties:2: the key "__proto__" is not allowed in configuration; remove the line',
  ],
  'a constructor key in YAML': [
    { 'holdfast.yaml': 'kafka:\n  constructor: { prototype: 1 }\n' },
    [],
    'd/holdfast.yaml:2: the key "constructor" is not allowed in configuration; remove the line',
  ],
  'a binary file': [
    { [PRODUCER]: Buffer.from([0x61, 0, 0x62]) },
    [],
    'd/producer.properties: this is a binary file; give a text file of configuration',
  ],
  'YAML that is not UTF-8': [
    { 'kafka.yaml': Buffer.from([0x61, 0x3a, 0x20, 0xff]) },
    [],
    'd/kafka.yaml: this is not UTF-8 text; save it as UTF-8',
  ],
  'a huge file': [
    { [PRODUCER]: '#'.repeat(5 * 1024 * 1024 + 1) },
    [],
    'd/producer.properties: the file has 5242881 bytes and at most 5242880 (5 MiB) are read; ' +
      'give only the configuration',
  ],
  'a number that is none': [
    { [TOPIC]: 'min.insync.replicas=two\n' },
    [],
    'd/orders.topic.properties:1: min.insync.replicas is "two"; expected a whole number of at ' +
      'least 1: write for example 1',
  ],
  'a number out of range': [
    { [TOPIC]: 'min.insync.replicas=0\n' },
    [],
    'd/orders.topic.properties:1: min.insync.replicas is "0"; expected a whole number of at ' +
      'least 1: write for example 1',
  ],
  'a fraction': [
    { 'server.properties': 'default.replication.factor=1.5\n' },
    [],
    'd/server.properties:1: default.replication.factor is "1.5"; expected a whole number from 1 ' +
      'to 32767: write for example 1',
  ],
  'a boolean that is none': [
    { [TOPIC]: 'unclean.leader.election.enable=yes\n' },
    [],
    'd/orders.topic.properties:1: unclean.leader.election.enable is "yes"; expected true or ' +
      'false: write for example false',
  ],
  'acks that Kafka does not have': [
    { [PRODUCER]: 'acks=2\n' },
    [],
    'd/producer.properties:1: acks is "2"; expected 0, 1, all or -1: write for example all',
  ],
  'a value left to a variable': [
    { [PRODUCER]: `acks=${VARIABLE}\n` },
    [],
    `d/producer.properties:1: acks is "${VARIABLE}"; expected 0, 1, all or -1: variables are not ` +
      'looked up in the environment: write the value itself',
  ],
  'a topic without replicas': [
    { [TOPIC]: 'replication.factor=0\n' },
    [],
    'd/orders.topic.properties:1: the replication factor is "0": a topic with no replicas holds ' +
      "nothing; expected a whole number from 1 to 32767, or -1 for the broker's default: write " +
      'for example 3',
  ],
  'a misspelt topic setting': [
    { [TOPIC]: 'retention.ms=5\nmin.insync.replica=2\n' },
    [],
    'd/orders.topic.properties:2: "min.insync.replica" is not a Kafka topic setting; did you ' +
      'mean min.insync.replicas? Correct the name',
  ],
  'a misspelt producer setting': [
    { [PRODUCER]: 'enableIdempotence=true\n' },
    [],
    'd/producer.properties:1: "enableIdempotence" is not a Kafka producer setting; did you mean ' +
      'enable.idempotence? Correct the name',
  ],
  'a misspelt broker setting': [
    { 'server.properties': 'log.flush.interval.message=1\n' },
    [],
    'd/server.properties:1: "log.flush.interval.message" is not a Kafka broker setting; did you ' +
      'mean log.flush.interval.messages? Correct the name',
  ],
  'idempotence with acks=1': [
    { [PRODUCER]: 'acks=1\nenable.idempotence=true\n' },
    [],
    'd/producer.properties:2: enable.idempotence is true together with acks=1 ' +
      '(d/producer.properties:1); Kafka refuses this with a ConfigException: set acks=all, or ' +
      'set enable.idempotence=false',
  ],
  'too many requests in flight since 4.0': [
    { [PRODUCER]: 'max.in.flight.requests.per.connection=6\n' },
    [],
    'd/producer.properties:1: enable.idempotence is on by default together with ' +
      'max.in.flight.requests.per.connection=6; Kafka refuses this with a ConfigException: set ' +
      'max.in.flight.requests.per.connection to at most 5, or set enable.idempotence=false',
  ],
  'transactions with acks=1': [
    { [PRODUCER]: 'acks=1\ntransactional.id=a\n' },
    [],
    'd/producer.properties:2: transactional.id needs enable.idempotence, but acks=1; the client ' +
      'would not start: set enable.idempotence=true and acks=all, or remove transactional.id',
  ],
  'brokers that contradict one another': [
    {
      'server-1.properties': 'node.id=1\nmin.insync.replicas=2\n',
      'server-2.properties': 'node.id=2\nmin.insync.replicas=3\n',
    },
    [],
    'd/server-2.properties:2: min.insync.replicas is "3", but d/server-1.properties:2 says "2"; ' +
      'the brokers of one cluster must agree: make them equal, or name only the files of one ' +
      'cluster',
  ],
  'a broker that is silent where another is not': [
    {
      'server-1.properties': 'node.id=1\n',
      'server-2.properties': 'node.id=2\nmin.insync.replicas=2\n',
    },
    [],
    'd/server-1.properties: d/server-1.properties does not set min.insync.replicas (default 1), ' +
      'but d/server-2.properties:2 says "2"; the brokers of one cluster must agree: make them ' +
      'equal, or name only the files of one cluster',
  ],
  'more replicas than brokers': [
    { 'holdfast.yaml': HOLDFAST, [TOPIC]: 'replication.factor=3\n' },
    [],
    'd/orders.topic.properties:1: orders has the replication factor 3, but the cluster has 2 ' +
      'brokers (d/holdfast.yaml:3); Kafka refuses to create it: lower the factor or add brokers',
  ],
  'producers that differ and are not assigned': [
    { 'a.producer.properties': 'acks=all\n', 'b.producer.properties': 'acks=1\n' },
    [],
    'd/b.producer.properties: it has acks=1 and d/a.producer.properties has acks=all, and it is ' +
      'not said which of them writes (broker defaults); state topics[].producer in ' +
      'holdfast.yaml, or name one producer file',
  ],
  'a topic described in two ways': [
    {
      'orders.topic.properties': 'retention.ms=1\n',
      'topic-orders.properties': 'retention.ms=2\n',
    },
    [],
    'd/topic-orders.properties:1: retention.ms of orders is "2", but d/orders.topic.properties:1 ' +
      'says "1"; make them equal',
  ],
  'a topic name that Kafka refuses': [
    { 'a.properties': 'topic=or ders\nreplication.factor=1\n' },
    [],
    'd/a.properties:2: the topic is called "or ders"; Kafka allows 1 to 249 letters, digits, ' +
      'dots, underscores and dashes: correct the name',
  ],
  'two clusters in one folder': [
    {
      'compose.yaml': 'services:\n  kafka:\n    image: apache/kafka:4.1.0\n',
      'server.properties': 'node.id=1\n',
    },
    [],
    'd/server.properties: this describes a second cluster beside d/compose.yaml; name the files ' +
      'of one cluster, or list them in holdfast.yaml',
  ],
  'ZooKeeper with a version that has none': [
    { 'holdfast.yaml': HOLDFAST, 'server.properties': 'broker.id=1\nzookeeper.connect=z:2181\n' },
    [],
    'd/server.properties:2: this cluster uses ZooKeeper, but d/holdfast.yaml:2 says Kafka 4.1, ' +
      'which cannot; correct the version, or set process.roles',
  ],
  'terminal escapes in a value': [
    { [PRODUCER]: 'acks=\\u001b[31mred\n' },
    [],
    'd/producer.properties:1: acks is "\\u001b[31mred"; expected 0, 1, all or -1: write for ' +
      'example all',
  ],
};

test.each(Object.entries(CASES))('%s ends with one sentence', (_, [files, paths, sentence]) => {
  expect(refusal(files, paths)).toBe(sentence);
});

test('no path at all ends with one sentence', () => {
  expect(() => readDeployment([])).toThrow(
    new ConfigError(
      { file: '(no path)' },
      'nothing to read; name the files or the folder of a deployment',
    ),
  );
});

test('an error carries its file and line', () => {
  withFolder({ [PRODUCER]: '\nacks=2\n' }, (root) => {
    const file = `${root}/d/${PRODUCER}`;
    expect(() => readDeployment([file])).toThrow(
      expect.objectContaining({ name: 'ConfigError', file, line: 2 }),
    );
  });
});

test('settings that Kafka does not know and that resemble none pass', () => {
  const files = {
    [PRODUCER]: 'schema.registry.url=http://r\nmy.interceptor.level=3\nacks=all\n',
    [TOPIC]: 'confluent.value.schema.validation=true\n',
    'server.properties': 'node.id=1\nconfluent.license.topic.replication.factor=1\n',
  };
  expect(refusal(files).split(' ')[0]).toBe('it');
});
