/** A first holdfast.yaml: what is found, what is said of it, and when nothing is written. */
import { expect, test } from 'vitest';
import { ConfigError, memoryFiles, readDeploymentFrom } from './index.ts';
import { type Starter, starterFor } from './starter.ts';

const SERVER = 'process.roles=broker,controller\nmin.insync.replicas=2\n';
const TOPIC = 'topic=orders\nreplication.factor=3\n';

const starter = (
  contents: Readonly<Record<string, string>>,
  { folder = 'd', replace = false }: { folder?: string; replace?: boolean } = {},
): Starter =>
  starterFor(memoryFiles(contents), folder, { required: () => ['no-acked-loss'], replace });

function refusal(contents: Readonly<Record<string, string>>, folder?: string): string {
  try {
    return starter(contents, folder === undefined ? {} : { folder }).text;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

test('files of brokers and topics, also below: listed with what they hold', () => {
  const files = { 'd/server.properties': SERVER, 'd/topics/orders.topic.properties': TOPIC };
  const { file, text, found, unknown, leftOut } = starter(files);
  expect([file, found.map(({ path, holds }) => `${path}: ${holds}`), leftOut]).toEqual([
    'd/holdfast.yaml',
    ['server.properties: brokers', 'topics/orders.topic.properties: the topic orders'],
    [],
  ]);
  expect(unknown).toEqual([
    'no file states the Kafka version: 4.1 is assumed; state kafka.version in holdfast.yaml',
    'no file says what storage the brokers have: persistent is assumed; state kafka.storage in holdfast.yaml',
    'eligible leader replicas are on, as in every cluster created with Kafka 4.1 or later; if this one was upgraded from an older version, state kafka.eligibleLeaderReplicas: false in holdfast.yaml',
    'no producer file: acks=all is taken, the default (kafka 4.1, assumed)',
    'no file says how many brokers there are: 3 are assumed, from the largest replication factor (3); state kafka.brokers in holdfast.yaml',
  ]);
  expect(
    text,
  ).toBe(`# What \`holdfast check\` reads. Schema for editors: schema/holdfast.schema.json of the package.
name: d

# What files of properties cannot say. Take the # away where it is true.
# kafka:
#   version: "4.1" # assumed: no file says it
#   brokers: 3 # assumed: no file says it
#   storage: persistent # assumed: no file says it
#   eligibleLeaderReplicas: true # KIP-966; false if the cluster is older than Kafka 4.1

# What describes the deployment, relative to this file.
files:
  - server.properties # brokers
  - topics/orders.topic.properties # the topic orders

# What must hold; the rest is only reported. See \`holdfast list guarantees\`.
require:
  guarantees:
    - no-acked-loss

# What it has to survive in one run; without this, one fault of each class, each alone.
# See \`holdfast list faults\`.
# survive:
#   brokerCrash: 1

# Flaws of the protocol itself that no setting mends: not held against this deployment.
# See \`holdfast list findings\`.
# accept: all
`);
});

test('every comment that is a setting can be taken for true by removing its #', () => {
  const files = { 'd/server.properties': SERVER, 'd/spark-defaults.conf': 'spark.app.name x\n' };
  const { text } = starter(files);
  const settings = /^# (kafka|survive|accept|stream):/;
  const lines = text.split('\n');
  const live = lines.map((line, i) => {
    const isInside = lines.slice(0, i + 1).some((above) => settings.test(above));
    const isSetting = settings.test(line) || (isInside && /^# {2,}/.test(line));
    return isSetting ? line.slice(2) : line;
  });
  const all = memoryFiles({ ...files, 'd/holdfast.yaml': live.join('\n') });
  const { survive, stream, kafkaVersion } = readDeploymentFrom(all, ['d']);
  expect([survive, stream?.sink, kafkaVersion.text]).toEqual([
    { brokerCrash: 1 },
    { kind: 'file' },
    '4.1',
  ]);
});

test('what cannot be read is left out, with the reason', () => {
  const files = {
    'd/server.properties': SERVER,
    'd/log4j.properties': 'a=1',
    'd/typo.server.properties': 'node.id=1\nmin.insync.replica=2\n',
    'd/.git/server.properties': SERVER,
    'd/notes.txt': 'x',
  };
  const { found, leftOut } = starter(files);
  expect([found.map(({ path }) => path), leftOut]).toEqual([
    ['server.properties'],
    [
      'd/log4j.properties: by its name this configures logging, which is not checked; give the files of brokers, topics and clients',
      'd/typo.server.properties:2: "min.insync.replica" is not a Kafka broker setting; did you mean min.insync.replicas? Correct the name',
    ],
  ]);
});

test('a name that YAML would read as something else is quoted', () => {
  const { text } = starter({ 'true/server.properties': SERVER }, { folder: 'true' });
  expect(text.split('\n')[1]).toBe('name: "true"');
});

test('a holdfast.yaml that is there is not replaced unless that is asked for', () => {
  const files = { 'd/server.properties': SERVER, 'd/holdfast.yaml': 'name: mine\n' };
  expect(refusal(files)).toBe('d/holdfast.yaml: this is there already; use --force to replace it');
  expect(starter(files, { replace: true }).text.split('\n')[1]).toBe('name: d');
});

test('nothing to describe, no folder, or two clusters: one sentence each', () => {
  expect(refusal({ 'd/notes.txt': 'x' })).toBe(
    'd: no configuration of Kafka was found in it; name the folder that holds it',
  );
  expect(refusal({ 'd/server.properties': SERVER }, 'd/server.properties')).toBe(
    'd/server.properties: this is no folder; name the folder of a deployment',
  );
  const compose = 'services:\n  k:\n    image: apache/kafka:4.1.0\n';
  expect(refusal({ 'd/a/server.properties': SERVER, 'd/b/compose.yaml': compose })).toBe(
    'd/b/compose.yaml: this describes a second cluster beside d/a/server.properties; name the files of one cluster, or list them in holdfast.yaml',
  );
});
