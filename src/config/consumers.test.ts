import { expect, test } from 'vitest';
import { read, refusal } from './fixtures/folder.ts';

const KAFKA = 'kafka:\n  version: "4.1"\n  brokers: 3\n  storage: persistent\n';
const TOPIC = 'topics:\n  - name: orders\n    replicationFactor: 3\n';
const CONSUMER = 'payments.consumer.properties';

const holdfast = (more = '', kafka = KAFKA): string => `${kafka}${TOPIC}${more}`;

/** What the consumers come to, without their settings, and what is noted of them. */
function consumers(files: Readonly<Record<string, string>>) {
  const { consumers: all, notes } = read(files);
  const settled = all.map(({ settings: _, ...rest }) => rest);
  return { settled, notes: notes.filter((note) => /group/.test(note)) };
}

const settings = (files: Readonly<Record<string, string>>): string[] =>
  read(files).consumers.flatMap((consumer) =>
    consumer.settings.map(({ key, value, origin }) => {
      const from = 'file' in origin ? `${origin.file}:${origin.line}` : origin.default;
      return `${key} ${value} (${from})`;
    }),
  );

const usual = {
  group: 'payments',
  topics: ['orders'],
  commits: 'auto',
  processing: 'inPoll',
  commitsLeaderEpoch: true,
  autoOffsetReset: 'latest',
  isolationLevel: 'read_uncommitted',
  groupProtocol: 'classic',
  readsFollower: false,
};

test('a deployment without a consumer has none, and asks nothing', () => {
  expect(consumers({ 'holdfast.yaml': holdfast() })).toEqual({ settled: [], notes: [] });
});

test('a consumer file has Kafka’s defaults; what no file can say is assumed and noted', () => {
  expect(consumers({ 'holdfast.yaml': holdfast(), [CONSUMER]: 'group.id=payments\n' })).toEqual({
    settled: [usual],
    notes: [
      'group payments: no file says whether records are processed in the poll loop; processing: inPoll is assumed, state it under consumers (file or group, processing) in holdfast.yaml',
      'group payments: no file says whether its commits name the leader epoch; leaderEpochs: true is assumed, state it under consumers (file or group, leaderEpochs) in holdfast.yaml',
    ],
  });
});

test('every value is shown with its origin; the defaults are those of the version', () => {
  const said = 'consumers:\n  - file: payments.consumer.properties\n    processing: inPoll\n';
  const at = (version: string): string[] =>
    settings({
      'holdfast.yaml': holdfast(`${said}    leaderEpochs: false\n`, KAFKA.replace('4.1', version)),
      [CONSUMER]: 'group.id=payments\nmax.poll.interval.ms=60000\n',
    });
  expect(at('4.1')).toEqual([
    'group.id payments (d/payments.consumer.properties:1)',
    'enable.auto.commit true (kafka 4.1)',
    'commits auto (kafka 4.1)',
    'processing inPoll (d/holdfast.yaml:10)',
    'leaderEpochs false (d/holdfast.yaml:11)',
    'auto.offset.reset latest (kafka 4.1)',
    'isolation.level read_uncommitted (kafka 4.1)',
    'group.protocol classic (kafka 4.1)',
    'auto.commit.interval.ms 5000 (kafka 4.1)',
    'max.poll.interval.ms 60000 (d/payments.consumer.properties:2)',
    'session.timeout.ms 45000 (kafka 4.1)',
    'heartbeat.interval.ms 3000 (kafka 4.1)',
    'offsets.retention.minutes 10080 (kafka 4.1)',
  ]);
  expect(at('2.8').filter((line) => line.startsWith('session'))).toEqual([
    'session.timeout.ms 10000 (kafka 2.8)',
  ]);
});

test('holdfast.yaml describes a consumer that has no file', () => {
  const said = [
    'consumers:',
    '  - group: audit',
    '    topics: [orders]',
    '    commits: beforeProcessing',
    '    processing: handedOver',
    '    leaderEpochs: false',
    '',
  ].join('\n');
  expect(consumers({ 'holdfast.yaml': holdfast(said) })).toEqual({
    settled: [
      {
        ...usual,
        group: 'audit',
        commits: 'beforeProcessing',
        processing: 'handedOver',
        commitsLeaderEpoch: false,
      },
    ],
    notes: [],
  });
});

test('a consumer that commits itself: afterwards is assumed unless it is said', () => {
  const file = 'group.id=payments\nenable.auto.commit=false\nisolation.level=read_committed\n';
  const { settled, notes } = consumers({ 'holdfast.yaml': holdfast(), [CONSUMER]: file });
  expect([settled, notes[0]]).toEqual([
    [{ ...usual, commits: 'afterProcessing', isolationLevel: 'read_committed' }],
    'group payments: no file says when its application commits; commits: afterProcessing is assumed, state it under consumers (file or group, commits) in holdfast.yaml',
  ]);
});

test('a follower is read only where client and brokers have racks', () => {
  const selector = 'org.apache.kafka.common.replica.RackAwareReplicaSelector';
  const reads = (broker: string): boolean[] =>
    read({
      'server.properties': `process.roles=broker,controller\nnode.id=1\n${broker}`,
      [CONSUMER]: 'group.id=payments\nclient.rack=a\n',
    }).consumers.map(({ readsFollower }) => readsFollower);
  expect([reads(''), reads(`replica.selector.class=${selector}\n`)]).toEqual([[false], [true]]);
});

test('a file without group.id is not judged; holdfast.yaml may name its group', () => {
  const file = { [CONSUMER]: 'auto.offset.reset=earliest\n' };
  expect(consumers({ 'holdfast.yaml': holdfast(), ...file })).toEqual({
    settled: [],
    notes: [
      'd/payments.consumer.properties: it has no group.id, so nothing is known of its offsets; state its group under consumers in holdfast.yaml to have it judged',
    ],
  });
  const named = `consumers:\n  - file: ${CONSUMER}\n    group: payments\n`;
  expect(consumers({ 'holdfast.yaml': holdfast(named), ...file }).settled).toEqual([
    { ...usual, autoOffsetReset: 'earliest' },
  ]);
});

test.each([
  [
    'enable.auto.commit=true\n',
    'd/payments.consumer.properties:1: enable.auto.commit is true and there is no group.id; Kafka refuses this with an InvalidConfigurationException: set group.id, or enable.auto.commit=false',
  ],
  [
    'group.id=a\nheartbeat.interval.ms=45000\n',
    'd/payments.consumer.properties:2: heartbeat.interval.ms 45000 is not lower than session.timeout.ms 45000; Kafka refuses this with an IllegalArgumentException: make the heartbeat a third of the session',
  ],
  [
    'group.id=a\ngroup.protocol=consumer\nsession.timeout.ms=6000\n',
    'd/payments.consumer.properties:3: session.timeout.ms cannot be set with group.protocol=consumer; Kafka refuses this with a ConfigException: remove the line, the brokers decide it',
  ],
  [
    'group.id=a\ngroup.remote.assignor=range\n',
    'd/payments.consumer.properties:2: group.remote.assignor cannot be set with group.protocol=classic; Kafka refuses this with a ConfigException: set group.protocol=consumer, or remove the line',
  ],
  [
    'group.id=a\nauto.offset.reset=oldest\n',
    'd/payments.consumer.properties:2: auto.offset.reset is "oldest"; expected earliest, latest, none or by_duration:P1D: write for example earliest',
  ],
  [
    'group.id=a\nauto.offset.reset=by_duration:1d\n',
    'd/payments.consumer.properties:2: auto.offset.reset is "by_duration:1d"; expected earliest, latest, none or by_duration:P1D: write for example earliest',
  ],
  [
    'group.id=a\nisolation.level=committed\n',
    'd/payments.consumer.properties:2: isolation.level is "committed"; expected read_uncommitted or read_committed: write for example read_uncommitted',
  ],
  [
    'group.id=a\ngroup.protocol=modern\n',
    'd/payments.consumer.properties:2: group.protocol is "modern"; expected classic or consumer: write for example classic',
  ],
  [
    'group.id=a\ngroup.instance.id=\n',
    'd/payments.consumer.properties:2: group.instance.id is empty; write a name, or remove the line',
  ],
])('what Kafka refuses is refused: %j', (file, message) => {
  expect(refusal({ 'holdfast.yaml': holdfast(), [CONSUMER]: file })).toBe(message);
});

test.each([
  [
    `consumers:\n  - file: ${CONSUMER}\n    commits: afterProcessing\n`,
    'd/holdfast.yaml:10: commits is afterProcessing, but enable.auto.commit is true (kafka 4.1, by default): the client commits as well, whatever was processed; set enable.auto.commit=false, or state commits: auto',
  ],
  [
    'consumers:\n  - file: other.properties\n',
    'd/holdfast.yaml:9: the consumer\'s file is "d/other.properties", which is not among the consumer files read (d/payments.consumer.properties); list it under files',
  ],
  [
    'consumers:\n  - commits: auto\n',
    'd/holdfast.yaml:9: this consumer has no group: neither group here, nor group.id in its file; state one of them',
  ],
  [
    'consumers:\n  - group: a\n    topics: [order]\n',
    'd/holdfast.yaml:9: it reads the topic "order", which nothing describes (known are orders); describe it under topics, or correct the name',
  ],
])('what holdfast.yaml says of a consumer must fit: %j', (said, message) => {
  const files = { 'holdfast.yaml': holdfast(said), [CONSUMER]: 'group.id=payments\n' };
  expect(refusal(files)).toBe(message);
});

test('an older version knows neither by_duration nor the consumer protocol', () => {
  const old = holdfast('', KAFKA.replace('4.1', '3.6'));
  const told = (line: string): string =>
    refusal({ 'holdfast.yaml': old, [CONSUMER]: `group.id=a\n${line}\n` });
  expect([told('auto.offset.reset=by_duration:P1D'), told('group.protocol=consumer')]).toEqual([
    'd/payments.consumer.properties:2: auto.offset.reset is "by_duration:P1D"; expected earliest, latest or none: write for example earliest',
    'd/payments.consumer.properties:2: group.protocol needs Kafka 3.7, and this is 3.6; remove the line',
  ]);
});
