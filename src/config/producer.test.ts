/** Producers as ProducerConfig and KafkaProducer settle them. */
import { describe, expect, test } from 'vitest';
import { read, refusal } from './fixtures/folder.ts';
import { isIdempotent } from './index.ts';

const yaml = (version: string): string => `kafka: { version: "${version}", brokers: 1 }\n`;

/** The producer of the one topic; its settings as `key=value (origin)`. */
function producer(text: string, version = '4.1', server = ''): string[] {
  const deployment = read({
    'holdfast.yaml': yaml(version),
    'producer.properties': `client.id=p\n${text}`,
    'server.properties': `process.roles=broker,controller\n${server}`,
  });
  return deployment.topics[0]!.producer!.settings.map(({ key, value, origin }) => {
    const from = 'file' in origin ? `${origin.file}:${origin.line}` : origin.default;
    return `${key}=${value} (${from})`;
  });
}

const notes = (text: string, version = '4.1'): readonly string[] =>
  read({
    'holdfast.yaml': yaml(version),
    'producer.properties': `client.id=p\n${text}`,
  }).notes.filter((note) => note.includes('timeout') || note.includes('idempotence'));

const refused = (text: string, version = '4.1'): string =>
  refusal({ 'holdfast.yaml': yaml(version), 'producer.properties': `client.id=p\n${text}` });

describe('defaults of the version', () => {
  test('4.1: idempotent, with linger', () => {
    expect(producer('')).toEqual([
      'acks=all (kafka 4.1)',
      'enable.idempotence=true (kafka 4.1)',
      'max.in.flight.requests.per.connection=5 (kafka 4.1)',
      'retries=2147483647 (kafka 4.1)',
      'delivery.timeout.ms=120000 (kafka 4.1)',
      'request.timeout.ms=30000 (kafka 4.1)',
      'linger.ms=5 (kafka 4.1)',
      'producer.id.expiration.ms=86400000 (kafka 4.1)',
    ]);
  });

  test('3.9: no linger; 2.8: neither idempotent nor acks=all; 2.0: no retries', () => {
    expect(producer('', '3.9')[6]).toBe('linger.ms=0 (kafka 3.9)');
    expect(producer('', '2.8').slice(0, 4)).toEqual([
      'acks=1 (kafka 2.8)',
      'enable.idempotence=false (kafka 2.8)',
      'max.in.flight.requests.per.connection=5 (kafka 2.8)',
      'retries=2147483647 (kafka 2.8)',
    ]);
    expect(producer('', '2.0')[3]).toBe('retries=0 (kafka 2.0)');
  });

  test("what a file says is shown with its line, the brokers' expiration too", () => {
    const text = 'retries=3\ndelivery.timeout.ms=60000\nenable.idempotence=TRUE\n';
    expect(producer(text, '4.1', 'producer.id.expiration.ms=1000\n')).toEqual([
      'acks=all (kafka 4.1)',
      'enable.idempotence=true (d/producer.properties:4)',
      'max.in.flight.requests.per.connection=5 (kafka 4.1)',
      'retries=3 (d/producer.properties:2)',
      'delivery.timeout.ms=60000 (d/producer.properties:3)',
      'request.timeout.ms=30000 (kafka 4.1)',
      'linger.ms=5 (kafka 4.1)',
      'producer.id.expiration.ms=1000 (d/server.properties:2)',
    ]);
  });
});

describe('what switches idempotence off', () => {
  test.each([
    ['acks=1\n', '4.1', 'acks=1'],
    ['retries=0\n', '4.1', 'retries=0'],
    ['max.in.flight.requests.per.connection=6\n', '3.9', 'max.in.flight.requests.per.connection=6'],
  ])('%j in %s does, with a note', (text, version, is) => {
    expect(producer(text, version)[1]).toBe('enable.idempotence=false (d/producer.properties:2)');
    expect(notes(text, version)).toEqual([
      `d/producer.properties:2: ${is} switches enable.idempotence off, which is on by default: a ` +
        'retry may then write a record twice or out of order',
    ]);
  });

  test('too many in flight is refused from 4.0 on', () => {
    expect(refused('max.in.flight.requests.per.connection=6\n')).toBe(
      'd/producer.properties:2: enable.idempotence is on by default together with ' +
        'max.in.flight.requests.per.connection=6; Kafka refuses this with a ConfigException: set ' +
        'max.in.flight.requests.per.connection to at most 5, or set enable.idempotence=false',
    );
  });

  test('asked for in so many words, it is refused', () => {
    expect(refused('enable.idempotence=true\nretries=0\n')).toBe(
      'd/producer.properties:2: enable.idempotence is true together with retries=0 ' +
        '(d/producer.properties:3); Kafka refuses this with a ConfigException: remove retries=0, ' +
        'or set enable.idempotence=false',
    );
  });

  test.each([
    [{ acks: 'all', wantsIdempotence: true, maxInFlight: 5, retries: 1 }, true],
    [{ acks: 'all', wantsIdempotence: true, maxInFlight: 6, retries: 1 }, false],
    [{ acks: 'all', wantsIdempotence: true, maxInFlight: 5, retries: 0 }, false],
    [{ acks: '1', wantsIdempotence: true, maxInFlight: 5, retries: 1 }, false],
    [{ acks: 'all', wantsIdempotence: false, maxInFlight: 5, retries: 1 }, false],
  ] as const)('%o: idempotent is %s', (settings, expected) => {
    expect(isIdempotent(settings)).toBe(expected);
  });
});

describe('delivery.timeout.ms', () => {
  test('stated below linger.ms and request.timeout.ms together it is refused', () => {
    expect(refused('delivery.timeout.ms=30004\n')).toBe(
      'd/producer.properties:2: delivery.timeout.ms is 30004, less than linger.ms (5) and ' +
        'request.timeout.ms (30000) together; Kafka refuses this with a ConfigException: set it ' +
        'to at least 30005',
    );
    expect(notes('delivery.timeout.ms=30005\n')).toEqual([]);
  });

  test('not stated it is raised, with a note', () => {
    const text = 'request.timeout.ms=120000\n';
    expect(producer(text)[4]).toBe('delivery.timeout.ms=120005 (kafka 4.1)');
    expect(notes(text)).toEqual([
      'delivery.timeout.ms is raised to 120005: its default, 120000, is less than linger.ms (5) ' +
        'and request.timeout.ms (120000) together',
    ]);
  });

  test('a linger.ms above an INT counts as one', () => {
    expect(producer('linger.ms=9000000000\n')[4]).toBe(
      'delivery.timeout.ms=2147483647 (kafka 4.1)',
    );
  });
});

test('producers that differ in what decides a verdict must be named', () => {
  const files = {
    'a.producer.properties': 'client.id=a\nlinger.ms=5\n',
    'b.producer.properties': 'client.id=b\nenable.idempotence=false\n',
  };
  expect(refusal(files)).toBe(
    'd/b.producer.properties: it has enable.idempotence=false and d/a.producer.properties has ' +
      'enable.idempotence=true, and it is not said which of them writes (broker defaults); state ' +
      'topics[].producer in holdfast.yaml, or name one producer file',
  );
  const alike = { ...files, 'b.producer.properties': 'client.id=b\nlinger.ms=10\n' };
  expect(read(alike).topics[0]!.producer!.lingerMs).toBe(5);
});
