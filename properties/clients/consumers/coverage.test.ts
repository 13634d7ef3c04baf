/** Every stimulus fires and every edge is taken by exhaustive search, but those that cannot be. */
import { expect, it } from 'vitest';
import {
  type ConsumerOptions,
  consumers,
  defaults,
  repaired,
} from '../../../models/clients/consumers/index.ts';
import { coverage, mergeCoverage } from '../../../src/engine/coverage.ts';
import { explore } from '../../../src/schedulers/explore.ts';

const tiny = { records: 1, lags: 0 };
const one = { records: 1, lags: 1 };
const inDoubt = { commits: 'inTransaction', uncleanElection: true } as const;
const seeks = { ...inDoubt, reset: 'none' } as const;
const resets = { ...inDoubt, rules: { ...repaired, afterTruncation: 'reset' } } as const;

/** Between them they bring about all that can happen to a component. */
const settings: readonly Partial<ConsumerOptions>[] = [
  { faults: { consumerCrash: 1, slowConsumer: 1, rebalance: 1 }, bounds: tiny },
  { faults: { consumerCrash: 1, offsetsExpired: 1, processingError: 1 }, bounds: tiny },
  {
    protocol: 'consumer',
    faults: { consumerCrash: 1, slowConsumer: 1, rebalance: 1 },
    bounds: tiny,
  },
  { commits: 'inTransaction', faults: { consumerCrash: 1, slowConsumer: 1 }, bounds: tiny },
  { uncleanElection: true, reset: 'none', faults: { brokerCrash: 1, offsetsExpired: 1 } },
  { uncleanElection: true, faults: { brokerCrash: 1 }, bounds: one },
  ...(['earliest', 'none'] as const).map((reset) => ({
    uncleanElection: true,
    reset,
    commitsEpoch: false,
    faults: { brokerCrash: 1, consumerCrash: 1 },
    bounds: one,
  })),
  { readsFollower: true, faults: { powerLoss: 1 } },
  { readCommitted: true, transactionalInput: true },
  ...[seeks, resets].flatMap((base): Partial<ConsumerOptions>[] => [
    {
      ...base,
      protocol: 'consumer',
      bounds: one,
      faults: { slowConsumer: 1, brokerCrash: 1 },
    },
    {
      ...base,
      protocol: 'consumer',
      bounds: one,
      faults: { rebalance: 1, offsetsExpired: 1 },
    },
    { ...base, processing: 'handedOver', faults: { processingError: 1, brokerCrash: 1 } },
  ]),
];

const searched = mergeCoverage(
  settings.map((given) => {
    const system = consumers({ ...defaults, rules: repaired, ...given });
    return coverage(explore(system, [], { whole: true }).stepper);
  }),
);

it('every stimulus fires', () => {
  expect(searched.neverFired).toEqual([]);
});

it('every edge is taken but those of a consumer that has nothing in hand yet', () => {
  // The last one waits for an answer that is late: reductions.test.ts has such.
  expect(searched.neverTaken).toEqual([
    'consumer: owning.initializing --PROCESS[mayProcess]--> owning.initializing',
    'consumer: owning.initializing --COMMIT[hasDue]--> owning.initializing',
    'consumer: owning.initializing --COMMITTED--> owning.initializing',
    'consumer: owning.initializing --TXN_OFFSETS_PENDING--> owning.initializing',
    'consumer: owning.initializing --END_TRANSACTION[isSent]--> owning.initializing',
    'consumer: owning.initializing --FAIL_PROCESSING[isProcessing]--> down',
    'consumer: owning.validating --EPOCH_END_OFFSET[isOfOtherPosition]--> owning.validating',
  ]);
});

it('every failure path is followed but those', () => {
  // A fault of one member ends the rebalance that another waits for: it strikes whoever waits.
  expect(searched.neverFollowed).toEqual([
    'consumer: idle > ASSIGNED > owning.initializing',
    'consumer: idle > ASSIGNED > idle',
    'consumer: owning.initializing > ASSIGNED > owning.initializing',
    'consumer: owning.fetching > ASSIGNED > owning.fetching',
    'consumer: owning.initializing > FAIL_PROCESSING > down > START > joining > JOIN > awaiting > ASSIGNED > owning.initializing',
    'consumer: owning.initializing > FAIL_PROCESSING > down > START > joining > JOIN > awaiting > ASSIGNED > idle',
  ]);
});
