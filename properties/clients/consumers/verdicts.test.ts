/** What holds of each way to commit, under each fault; exact, with the sizes of the spaces. */
import { describe, expect, it } from 'vitest';
import {
  type ConsumerOptions,
  consumers,
  defaults,
  kafka41,
  repaired,
  rulesOf,
} from '../../../models/clients/consumers/index.ts';
import type { Budget } from '../../../src/model/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { consumerClaims, guarantees, situations } from './index.ts';

const options = (given: Partial<ConsumerOptions>): ConsumerOptions => ({
  ...defaults,
  rules: repaired,
  ...given,
});

/** The shortest counterexample of each guarantee that is broken. */
function broken(given: Partial<ConsumerOptions>): Record<string, number> {
  const all = options(given);
  const { results } = explore(consumers(all), consumerClaims(all), { whole: true });
  const entries = guarantees.flatMap(({ name, claims }): [string, number][] => {
    const lengths = results.flatMap(({ claim, moves }) =>
      claims.includes(claim.name) && moves ? [moves.length] : [],
    );
    return lengths.length > 0 ? [[name, Math.min(...lengths)]] : [];
  });
  return Object.fromEntries(entries);
}

const lost = 'at-least-once-consumption';
const twice = 'at-most-once-consumption';
const order = 'consumers-read-in-order';

const faults: readonly Budget[] = [
  {},
  { consumerCrash: 1 },
  { slowConsumer: 1 },
  { rebalance: 1 },
  { processingError: 1 },
  { brokerCrash: 1 },
  { lostMessage: 1 },
  { offsetsExpired: 1 },
];

describe('the guarantee matrix of consumers, with auto.offset.reset=earliest', () => {
  // Columns in the order of `faults`.
  it.each([
    [
      'committed after processing',
      { commits: 'afterProcessing' },
      [
        {},
        { [twice]: 10 },
        { [twice]: 10 },
        { [twice]: 10 },
        { [twice]: 12 },
        {},
        {},
        { [twice]: 12 },
      ],
    ],
    [
      'committed after processing by other threads',
      { commits: 'afterProcessing', processing: 'handedOver' },
      [
        {},
        { [twice]: 10 },
        { [twice]: 10 },
        { [twice]: 10 },
        { [twice]: 12 },
        {},
        {},
        { [twice]: 12 },
      ],
    ],
    [
      'committed automatically, processed in the poll loop',
      { commits: 'auto' },
      [{}, { [twice]: 10 }, { [twice]: 10 }, {}, { [lost]: 5 }, {}, {}, { [twice]: 12 }],
    ],
    [
      'committed automatically ahead of other threads',
      { commits: 'auto', processing: 'handedOver' },
      [
        { [lost]: 5 },
        { [lost]: 5, [twice]: 10 },
        { [lost]: 5, [twice]: 10 },
        { [lost]: 5 },
        { [lost]: 5 },
        { [lost]: 5 },
        { [lost]: 5 },
        { [lost]: 5, [twice]: 12 },
      ],
    ],
    [
      'committed before processing',
      { commits: 'beforeProcessing' },
      [
        { [lost]: 5 },
        { [lost]: 5 },
        { [lost]: 5 },
        { [lost]: 5 },
        { [lost]: 5 },
        { [lost]: 5 },
        { [lost]: 5 },
        { [lost]: 5, [twice]: 14 },
      ],
    ],
    [
      'committed in the transaction of the results',
      { commits: 'inTransaction', readCommitted: true },
      [{}, {}, {}, {}, {}, {}, {}, { [twice]: 16 }],
    ],
  ] as const)('%s', (_, style, expected) => {
    for (const protocol of ['classic', 'consumer'] as const) {
      expect(faults.map((budget) => broken({ ...style, protocol, faults: budget }))).toEqual(
        expected,
      );
    }
  });

  it('two faults at once lose nothing that is committed after processing', () => {
    const seen = [
      { consumerCrash: 1, slowConsumer: 1 },
      { consumerCrash: 1, brokerCrash: 1 },
      { lostMessage: 1, slowConsumer: 1 },
    ].map((budget) => broken({ faults: budget })[lost]);
    expect(seen).toEqual([undefined, undefined, undefined]);
  });

  it('every situation is met', () => {
    const styles = [{}, { commits: 'inTransaction', readCommitted: true }] as const;
    const unmet = styles.flatMap((style) =>
      [...faults, { powerLoss: 1 }].flatMap((budget) => {
        const all = options({ ...style, readsFollower: true, faults: budget });
        const { results } = explore(consumers(all), situations(all));
        return results.filter(({ verdict }) => verdict !== 'holds').map(({ claim }) => claim.name);
      }),
    );
    expect(unmet).toEqual([]);
  });
});

describe('what a consumer loses by latest and by unclean elections', () => {
  const unclean = { uncleanElection: true, faults: { brokerCrash: 1 } } as const;

  it.each([
    [
      'a group without offsets begins at the end',
      { reset: 'latest', faults: { offsetsExpired: 1 } },
      { [lost]: 3, [twice]: 12 },
    ],
    ['records that only the dead leaders had are gone', unclean, { [lost]: 3 }],
    [
      'that takes as many crashes as there are in-sync replicas',
      { ...unclean, crashesToUnclean: 2 },
      {},
    ],
    [
      'an offset without epoch is not the place that it was',
      {
        ...unclean,
        reset: 'latest',
        commitsEpoch: false,
        faults: { brokerCrash: 1, consumerCrash: 1 },
      },
      { [lost]: 3, [twice]: 10, [order]: 12 },
    ],
    [
      'a follower that lost its tail is no reason to reset',
      { readsFollower: true, reset: 'latest', faults: { powerLoss: 1 } },
      {},
    ],
  ] as const)('%s', (_, given, expected) => {
    expect(broken(given)).toEqual(expected);
  });

  it('says that the topic is to blame for what vanishes, not the consumer', () => {
    const all = options(unclean);
    const { results } = explore(consumers(all), consumerClaims(all));
    const [vanished] = results.filter(({ verdict }) => verdict === 'broken');
    expect([vanished!.claim.name, vanished!.violation]).toEqual([
      'recordsDoNotVanishUnread',
      {
        because:
          'record 0 is in the log no more and the group has not processed it: the leader does not have it, by an unclean election or for a lost disk; the consumer is not to blame',
        witness: { record: 0 },
      },
    ]);
  });

  it('a policy by duration may skip as latest does, and repeat as earliest does', () => {
    const of = (reset: 'earliest' | 'latest' | 'by_duration') =>
      broken({ commits: 'inTransaction', reset, faults: { offsetsExpired: 1 } });
    expect([of('earliest'), of('latest'), of('by_duration')]).toEqual([
      { [twice]: 16 },
      { [lost]: 3 },
      { [lost]: 10, [twice]: 16 },
    ]);
  });

  it('a policy of none stops and waits for somebody, and loses nothing', () => {
    expect(broken({ reset: 'none', faults: { offsetsExpired: 1 } })).toEqual({ [twice]: 12 });
  });
});

describe('versions', () => {
  it('before 4.1 an auto-commit of the consumer protocol may cover the very poll', () => {
    const crash = { consumerCrash: 1 };
    const at = (level: '4.0' | '4.1', protocol: 'classic' | 'consumer') =>
      broken({ commits: 'auto', protocol, rules: rulesOf(level, protocol), faults: crash })[lost];
    expect([at('4.0', 'consumer'), at('4.0', 'classic'), at('4.1', 'consumer')]).toEqual([
      5,
      undefined,
      undefined,
    ]);
  });
});

describe('what Kafka itself does not check', () => {
  it('KC-1: a position in a branch of an older epoch passes for good; comparing epochs mends it', () => {
    const back = { uncleanElection: true, faults: { brokerCrash: 2 } };
    const seen = [kafka41, repaired].map((rules) => {
      const all = options({ ...back, rules });
      const { results } = explore(consumers(all), consumerClaims(all), { whole: true });
      return Object.fromEntries(
        results.flatMap(({ claim, moves }) => (moves ? [[claim.name, moves.length]] : [])),
      );
    });
    expect(seen).toEqual([
      {
        everyRecordIsProcessed: 7,
        recordsDoNotVanishUnread: 3,
        positionsStandInTheLogTheyWereReadFrom: 10,
        noRecordIsProcessedTwice: 13,
      },
      { recordsDoNotVanishUnread: 3, noRecordIsProcessedTwice: 13 },
    ]);
  });
});

it('the sizes of some spaces', () => {
  const sizes = [{}, { consumerCrash: 1 }, { slowConsumer: 1, consumerCrash: 1 }].map(
    (budget) => explore(consumers(options({ faults: budget })), [], { whole: true }).states,
  );
  expect(sizes).toEqual([151, 6936, 86_112]);
});
