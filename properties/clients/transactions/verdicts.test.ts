/**
 * What is true of transactions, by version of the protocol: every verdict, and how many states it
 * took. A changed count is a question for the reviewer: which behaviour did it gain or lose?
 */
import { describe, expect, test } from 'vitest';
import {
  type LateKind,
  optionsOf,
  type TransactionsSetting,
} from '../../../models/clients/transactions/index.ts';
import { outcome } from './explored.ts';
import { claimsOf, guarantees, transactionsClaims } from './index.ts';

/** The guarantees that a setting breaks, each with the shortest way to. */
function broken(setting: TransactionsSetting): Record<string, number> {
  const lengths = outcome(setting).broken;
  return Object.fromEntries(
    guarantees.flatMap(({ name }) => {
      const own = claimsOf([name], optionsOf(setting)).flatMap(
        (claim) => lengths[claim.name] ?? [],
      );
      return own.length === 0 ? [] : [[name, Math.min(...own)]];
    }),
  );
}

const version = (
  transactionVersion: 0 | 1 | 2,
  partitionVerification: boolean,
): TransactionsSetting => ({ transactionVersion, partitionVerification });
const unverified = version(0, false);
const verified = version(1, true);
const raising = version(2, true);

describe('transaction.version 2, its markers checked as they should be', () => {
  test.each([
    [{}, 395],
    [{ lostMessage: 1 }, 6_726],
    [{ brokerCrash: 1 }, 4_184],
    [{ producerCrash: 1 }, 2_094],
    [{ zombieProducer: 1 }, 8_120],
    [{ brokerCrash: 1, producerCrash: 1 }, 22_869],
  ])('every claim holds under %o', (faults, states) => {
    expect(outcome({ faults })).toEqual({ states, broken: {} });
  });

  test.each([
    ['shared', { lostMessage: 1 }, 7_439],
    ['shared', { zombieProducer: 1 }, 7_583],
    ['own', { brokerCrash: 1 }, 5_963],
    ['own', { producerCrash: 1 }, 7_734],
    ['own', { zombieProducer: 1 }, 21_849],
  ] as const)(
    'consume-transform-produce with %s transactional.ids holds every claim under %o',
    (transactionalIds, faults, states) => {
      const setting = { workload: 'transform', transactionalIds, faults } as const;
      expect(outcome(setting)).toEqual({ states, broken: {} });
    },
  );

  test.each([1, 2, 3])(
    'producer ids change when epochs run out at %i: no claim fails',
    (lastEpoch) => {
      const setting = { bounds: { lastEpoch } };
      for (const fault of ['lostMessage', 'producerCrash', 'zombieProducer']) {
        expect(outcome({ ...setting, faults: { [fault]: 1 } }).broken).toEqual({});
      }
    },
  );
});

describe('one broken connection, whose request is read late', () => {
  const atomic = 'transactions-atomic';
  const reads = 'no-aborted-reads';
  const finish = 'transactions-finish';
  test.each<[LateKind, object, object, object]>([
    ['produce', { [atomic]: 12, [reads]: 12, [finish]: 6 }, {}, {}],
    ['append', {}, {}, {}],
    ['endTxn', { [atomic]: 11, [reads]: 11 }, { [atomic]: 11, [reads]: 11 }, {}],
    ['marker', { [atomic]: 10, [reads]: 10 }, { [atomic]: 10, [reads]: 10 }, {}],
  ])(
    '%s: unverified breaks %o, verified %o, with an epoch for each transaction %o',
    (kind, ...expected) => {
      const setting = { lateKinds: [kind], faults: { lostMessage: 1 } };
      const seen = [unverified, verified, raising].map((each) => broken({ ...each, ...setting }));
      expect(seen).toEqual(expected);
    },
  );
});

describe('faults that no version minds', () => {
  test.each([
    ['unverified', unverified],
    ['verified', verified],
    ['with an epoch for each transaction', raising],
  ])('a crash that takes a message with it, a dead process, a zombie: %s', (_, setting) => {
    const kept = [
      { brokerCrash: 1, lostMessage: 1 },
      { producerCrash: 1 },
      { zombieProducer: 1 },
    ].map((faults) => outcome({ ...setting, lateKinds: [], faults }).broken);
    expect(kept).toEqual([{}, {}, {}]);
  });
});

describe('readers', () => {
  test('with isolation.level=read_uncommitted see what is not committed, without any fault', () => {
    expect(broken({ isolation: 'read_uncommitted' })).toEqual({ 'no-aborted-reads': 2 });
  });
});

describe('guarantees', () => {
  test('name claims that exist, and every claim is in one', () => {
    const options = optionsOf({ workload: 'transform' });
    const names = transactionsClaims(options).map(({ name }) => name);
    expect(guarantees.flatMap(({ claims }) => claims).sort()).toEqual(names.sort());
  });
});
