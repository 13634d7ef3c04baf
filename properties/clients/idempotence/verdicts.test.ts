/**
 * What is true of one producer and one partition, as Kafka 4.1 does it: every verdict, and how many
 * states it took. A changed count is a question for the reviewer: which behaviour did it gain or lose?
 */
import { describe, expect, test } from 'vitest';
import type { IdempotenceSetting } from '../../../models/clients/idempotence/index.ts';
import { outcome } from './explored.ts';

const twice = 'noRecordIsWrittenTwice';
const order = 'recordsKeepTheirOrder';
const later = 'laterSendsGetLaterOffsets';
const answered = 'everySendIsAnswered';

describe("Kafka's defaults: idempotent, acks=all, 5 in flight", () => {
  test.each([
    [{}, 34],
    [{ brokerCrash: 1 }, 297],
    [{ lostMessage: 1 }, 218],
    [{ brokerCrash: 1, lostMessage: 1 }, 1_499],
    [{ brokerCrash: 2 }, 901],
    [{ lostMessage: 2 }, 789],
    [{ deliveryTimeout: 1 }, 142],
  ])('every claim holds under %o', (faults, states) => {
    expect(outcome({ faults })).toEqual({ states, broken: {} });
  });

  test('with all of the five batches and requests, no fewer, under one crash and one broken connection', () => {
    const full = { inFlight: 5, bounds: { records: 6, window: 5 } };
    expect(outcome({ ...full, faults: { brokerCrash: 1, lostMessage: 1 } })).toEqual({
      states: 98_537,
      broken: {},
    });
  });

  test('a leader that is deposed while it lives leaves a first record unanswered: see IP-2', () => {
    expect(outcome({ faults: { partition: 1 } })).toEqual({
      states: 417,
      broken: { [answered]: 4 },
    });
    expect(outcome({ faults: { slowReplica: 1 } })).toEqual(outcome({ faults: { partition: 1 } }));
    expect(outcome({ faults: { controlledShutdown: 1 } })).toEqual({
      states: 331,
      broken: { [answered]: 4 },
    });
  });

  test('with a second fault its records are out of order, or there twice', () => {
    expect(outcome({ faults: { partition: 1, brokerCrash: 1 } })).toEqual({
      states: 2_417,
      broken: { [answered]: 4, [order]: 14, [twice]: 18 },
    });
    expect(outcome({ faults: { partition: 1, lostMessage: 1 } })).toEqual({
      states: 2_698,
      broken: { [answered]: 4, [order]: 15, [twice]: 19 },
    });
    expect(outcome({ faults: { controlledShutdown: 2 } })).toEqual({
      states: 1_402,
      broken: { [answered]: 4, [order]: 13, [later]: 15 },
    });
  });

  test.each([
    [{ deliveryTimeout: 1, lostMessage: 1 }, 1_192, 9],
    [{ deliveryTimeout: 1, brokerCrash: 1 }, 1_492, 12],
  ])(
    'a record that runs out of time makes another be written twice under %o: see IP-1',
    (faults, states, length) => {
      expect(outcome({ faults })).toEqual({ states, broken: { [twice]: length } });
    },
  );
});

describe('what an operator gives away', () => {
  test.each<[string, IdempotenceSetting, object[]]>([
    [
      'enable.idempotence=false, 5 in flight',
      { enableIdempotence: false },
      [
        { [twice]: 6, [order]: 7, [later]: 11 },
        { [twice]: 8, [order]: 10, [later]: 12 },
      ],
    ],
    [
      'enable.idempotence=false, 1 in flight',
      { enableIdempotence: false, inFlight: 1 },
      [{ [twice]: 6 }, { [twice]: 8 }],
    ],
    [
      'acks=1, 5 in flight',
      { enableIdempotence: false, acks: 1 },
      [
        { [twice]: 6, [order]: 7 },
        { [twice]: 8, [order]: 9 },
      ],
    ],
    ['acks=0', { enableIdempotence: false, acks: 0 }, [{ [order]: 6 }, {}]],
    ['retries=0', { enableIdempotence: false, retries: 0 }, [{ [order]: 6 }, {}]],
    ['idempotent with retries=1', { retries: 1 }, [{}, {}]],
    ['one replica', { replicas: 1 }, [{}, {}]],
    [
      'no time for a second attempt',
      { retryFitsDelivery: false },
      [{ [twice]: 9 }, { [twice]: 12 }],
    ],
    [
      'producer.id.expiration.ms not above delivery.timeout.ms',
      { stateExpiresInFlight: true },
      [
        { [twice]: 7, sequencesRise: 6 },
        { [twice]: 9, sequencesRise: 7 },
      ],
    ],
  ])('%s: under a lostMessage, under a brokerCrash', (_, setting, broken) => {
    const seen = [{ lostMessage: 1 }, { brokerCrash: 1 }].map(
      (faults) => outcome({ ...setting, faults }).broken,
    );
    expect(seen).toEqual(broken);
  });

  test('one request in flight keeps the order no longer once a record is given up and read late', () => {
    const setting = { enableIdempotence: false, inFlight: 1 };
    const faults = { lostMessage: 1, deliveryTimeout: 1 };
    expect(outcome({ ...setting, faults }).broken).toEqual({ [twice]: 6, [order]: 7 });
  });
});

describe('the window of batches and requests', () => {
  test.each([
    { brokerCrash: 1 },
    { lostMessage: 1 },
    { deliveryTimeout: 1, lostMessage: 1 },
    { partition: 1 },
  ])('two stand for five: three break the same, in as many moves, under %o', (faults) => {
    const more = { inFlight: 3, bounds: { records: 4, window: 3 } };
    for (const setting of [{}, { enableIdempotence: false }] as const) {
      const { broken } = outcome({ ...setting, faults });
      expect(outcome({ ...setting, ...more, faults }).broken).toEqual(broken);
    }
  });
});

describe('what the model takes for granted', () => {
  test('a client that sends by old metadata to a broker that is back already: IP-2 by a crash', () => {
    const stale = { staleMetadata: true };
    expect(outcome({ ...stale, faults: { brokerCrash: 1 } }).broken).toEqual({ [answered]: 5 });
    const both = { ...stale, faults: { brokerCrash: 1, lostMessage: 1 } };
    expect(outcome(both).broken).toEqual({ [answered]: 5, [order]: 15, [twice]: 19 });
  });
});
