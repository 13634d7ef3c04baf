/** Transactions as the coordinator, the brokers and the clients settle them. */
import { describe, expect, test } from 'vitest';
import { read, refusal } from './fixtures/folder.ts';

const yaml = (version: string, more = ''): string =>
  `kafka: { version: "${version}", brokers: 1${more} }\ntopics: [{ name: orders }]\n`;

const files = (version: string, more = '', server = '', consumer = '', producer = '') => ({
  'holdfast.yaml': yaml(version, more),
  'producer.properties': `transactional.id=t1\n${producer}`,
  'server.properties': `process.roles=broker,controller\n${server}`,
  ...(consumer && { 'consumer.properties': consumer }),
});

/** What the one topic's transactions come to: version, verification, isolation. */
function settled(...parts: Parameters<typeof files>): (string | number | boolean)[] {
  const [topic] = read(files(...parts)).transactions;
  return [topic!.transactionVersion, topic!.partitionVerification, topic!.isolationLevel];
}

describe('defaults of the version', () => {
  test.each([
    ['4.1', [2, true, 'read_uncommitted']],
    ['4.0', [2, true, 'read_uncommitted']],
    ['3.9', [0, true, 'read_uncommitted']],
    ['3.6', [0, true, 'read_uncommitted']],
    ['3.5', [0, false, 'read_uncommitted']],
  ])('%s: %o', (version, expected) => {
    expect(settled(version)).toEqual(expected);
  });

  test('a topic whose producer has no transactional.id has no transactions', () => {
    const deployment = read({ 'holdfast.yaml': yaml('4.1'), 'producer.properties': 'acks=all\n' });
    expect(deployment.transactions).toEqual([]);
  });
});

describe('what files say', () => {
  test('the feature, verification and the isolation of readers', () => {
    const stated = settled(
      '4.1',
      ', transactionVersion: 0',
      'transaction.partition.verification.enable=false\n',
      'group.id=g\nisolation.level=read_committed\n',
    );
    expect(stated).toEqual([0, false, 'read_committed']);
  });

  test('a consumer that commits in transactions makes it consume-transform-produce', () => {
    const inTransaction = 'consumers: [{ group: g, commits: inTransaction }]\n';
    const transforms = (more: string): boolean =>
      read({ ...files('4.1'), 'holdfast.yaml': `${yaml('4.1')}${more}` }).transactions[0]!
        .transforms;
    expect([transforms(''), transforms(inTransaction)]).toEqual([false, true]);
  });

  test('every value is shown with its place or default', () => {
    const [topic] = read(files('4.1', '', '', '', 'transaction.timeout.ms=1000\n')).transactions;
    const shown = topic!.settings.map(({ key, value, origin }) => {
      const from = 'file' in origin ? `${origin.file}:${origin.line}` : origin.default;
      return `${key}=${value} (${from})`;
    });
    expect(shown).toEqual([
      'transaction.timeout.ms=1000 (d/producer.properties:2)',
      'transaction.max.timeout.ms=900000 (kafka 4.1)',
      'transaction.version=2 (kafka 4.1)',
      'transaction.partition.verification.enable=true (kafka 4.1)',
      'isolation.level=read_uncommitted (kafka 4.1: no consumer of it is described)',
    ]);
  });

  test('an upgraded cluster is asked about', () => {
    const { notes } = read(files('4.1'));
    expect(notes.filter((note) => note.startsWith('transaction.version'))).toEqual([
      'transaction.version is 2, as in every cluster created with Kafka 4.0 or later; if this one ' +
        'was upgraded from an older version, or its producers are clients older than 4.0, state ' +
        'kafka.transactionVersion: 0 in holdfast.yaml',
    ]);
  });
});

describe('what Kafka refuses', () => {
  test.each([
    [
      'a timeout above the most',
      files('4.1', '', '', '', 'transaction.timeout.ms=900001\n'),
      'd/producer.properties:2: transaction.timeout.ms is 900001, more than ' +
        'transaction.max.timeout.ms (900000, kafka 4.1, by default); the coordinator refuses it ' +
        "with INVALID_TRANSACTION_TIMEOUT: set it to at most 900000, or raise the brokers' setting",
    ],
    [
      'a default timeout above the most',
      files('4.1', '', 'transaction.max.timeout.ms=30000\n'),
      'd/producer.properties:1: transaction.timeout.ms is 60000, more than ' +
        'transaction.max.timeout.ms (30000, d/server.properties:2); the coordinator refuses it ' +
        "with INVALID_TRANSACTION_TIMEOUT: set it to at most 30000, or raise the brokers' setting",
    ],
    [
      'version 2 before 4.0',
      files('3.9', ', transactionVersion: 2'),
      'd/holdfast.yaml:1: transaction.version 2 needs Kafka 4.0, and this is 3.9; remove the line',
    ],
  ])('%s', (_, given, expected) => {
    expect(refusal(given)).toBe(expected);
  });
});
