/** From a deployment's files to the model of the idempotent producer. */
import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../config/index.ts';
import { explore } from '../../schedulers/explore.ts';
import { topicOf as anyTopicOf } from '../fixtures/deployment.ts';
import type { RowInput } from './aspect.ts';
import { type IdempotenceBase, type IdempotenceInput, idempotence } from './idempotence.ts';

type Config = Parameters<typeof anyTopicOf>[0];

const topicOf = (config: Config): Deployment => anyTopicOf({ ...config, judged: 'producer' });

const subject = (config: Config) => idempotence.subjectsOf(topicOf(config))[0]!;
const row = (faults: RowInput['faults']): RowInput => ({ faults, bounds: 'small', repairs: [] });

/** The guarantees' claims that fail under `faults`, each with the moves that break it. */
function broken(config: Config, faults: RowInput['faults']): Record<string, number> {
  const { input } = idempotence.inputOf(subject(config).base, row(faults));
  const { results } = explore(idempotence.system(input), idempotence.claims(input));
  return Object.fromEntries(
    results.flatMap((r) => (r.moves ? [[r.claim.name, r.moves.length]] : [])),
  );
}

/** `acks` stands first in the producer's file; what follows are more lines of it. */
const producer = (lines: string, acks = 'all'): Config => ({ acks: `${acks}\n${lines}` });

describe('what a producer comes to', () => {
  test.each<[string, Config, string]>([
    ['defaults', {}, 'idempotent producer, acks=all, 5 in flight'],
    ['acks=1', { acks: '1' }, 'producer without idempotence, acks=1, 5 in flight'],
    [
      'idempotence off, many in flight',
      producer('enable.idempotence=false\nmax.in.flight.requests.per.connection=20\nretries=1'),
      'producer without idempotence, acks=all, more than 5 in flight, retries=1',
    ],
    [
      'little time',
      producer('delivery.timeout.ms=60004'),
      'idempotent producer, acks=all, 5 in flight, no time for a second attempt',
    ],
    [
      'enough time',
      producer('delivery.timeout.ms=60005'),
      'idempotent producer, acks=all, 5 in flight',
    ],
    ['one replica', { replicas: 1 }, 'idempotent producer, acks=all, 5 in flight, 1 replica'],
  ])('%s', (_, config, summary) => {
    expect(subject(config).summary).toBe(summary);
  });

  test('what a transactional producer writes is not judged here', () => {
    const deployment = topicOf(producer('transactional.id=t'));
    expect(idempotence.subjectsOf(deployment)).toEqual([]);
  });

  test('brokers that forget a producer before it gives up', () => {
    const base = subject({}).base as IdempotenceBase;
    expect(idempotence.summaryOf({ ...base, stateExpiresInFlight: true } as never)).toBe(
      'idempotent producer, acks=all, 5 in flight, producer state may expire in flight',
    );
  });
});

describe('verdicts', () => {
  test.each([{ brokerCrash: 1 }, { lostMessage: 1 }, { brokerCrash: 1, lostMessage: 1 }])(
    "Kafka 4.1's defaults keep both guarantees under %o",
    (faults) => {
      expect(broken({}, faults)).toEqual({});
    },
  );

  test('enable.idempotence=false with retries and 5 in flight breaks both', () => {
    const off = producer('enable.idempotence=false');
    expect(broken(off, { lostMessage: 1 })).toEqual({
      noRecordIsWrittenTwice: 6,
      recordsKeepTheirOrder: 7,
    });
    expect(broken(off, { brokerCrash: 1 })).toEqual({
      noRecordIsWrittenTwice: 8,
      recordsKeepTheirOrder: 10,
    });
  });

  test('two in flight fit the five batches twice, three do not', () => {
    const inFlight = (count: number): IdempotenceInput =>
      idempotence.inputOf(
        subject(producer(`max.in.flight.requests.per.connection=${count}`)).base,
        row({}),
      ).input as IdempotenceInput;
    expect([1, 2, 3, 5].map((count) => inFlight(count).bounds.window)).toEqual([2, 4, 2, 2]);
  });

  test('a delivery timeout is explored with the broken connection that it comes of', () => {
    const { base } = subject({});
    expect(idempotence.inputOf(base, row({ deliveryTimeout: 1 })).note).toBe(
      'deliveryTimeout=1 is explored as lostMessage=1, deliveryTimeout=1: a record runs out of time because its connection broke.',
    );
    const { input, note } = idempotence.inputOf(base, row({ brokerCrash: 1, deliveryTimeout: 1 }));
    expect([input.faults, note]).toEqual([{ brokerCrash: 1, deliveryTimeout: 1 }, null]);
  });

  test('an input comes back from a replay token as it went in', () => {
    const { input } = idempotence.inputOf(subject({ acks: '1' }).base, row({ lostMessage: 1 }));
    expect(idempotence.input.parse(JSON.parse(JSON.stringify(input)))).toEqual(input);
  });
});

describe('changes worth trying', () => {
  const changes = (config: Config): string[] => {
    const deployment = topicOf(config);
    const subjects = idempotence.subjectsOf(deployment);
    return idempotence.changesOf(subjects, deployment).map(({ name, to, effort, apply }) => {
      const after = idempotence.inputOf(apply(subjects[0]!.base), row({})).input;
      return `${name}=${to} (${effort}): ${idempotence.summaryOf(after)}`;
    });
  };

  test('of the defaults', () => {
    expect(changes({})).toEqual([
      'max.in.flight.requests.per.connection=1 (client): idempotent producer, acks=all, 1 in flight',
    ]);
  });

  test('acks=all alone brings idempotence back where only acks switched it off', () => {
    expect(changes({ acks: '1' })[0]).toBe(
      'acks=all (client): idempotent producer, acks=all, 5 in flight',
    );
  });

  test('of a producer with little of what it needs', () => {
    const poor =
      'enable.idempotence=false\nretries=0\ndelivery.timeout.ms=40000\nmax.in.flight.requests.per.connection=9';
    expect(changes(producer(poor)).map((text) => text.replace(/:.*/, ''))).toEqual([
      'enable.idempotence=true (client)',
      'retries=2147483647 (client)',
      'max.in.flight.requests.per.connection=5 (client)',
      'max.in.flight.requests.per.connection=1 (client)',
      'delivery.timeout.ms=60005 (client)',
    ]);
  });
});
