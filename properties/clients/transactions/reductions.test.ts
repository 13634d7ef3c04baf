/**
 * An immediate link is a reduction, and reductions are tested: with one transaction a process, the
 * same system with its links between coordinator and partitions queued must have the same verdicts.
 */
import { describe, expect, test } from 'vitest';
import {
  optionsOf,
  type TransactionsSetting,
  transactions,
} from '../../../models/clients/transactions/index.ts';
import type { System } from '../../../src/model/index.ts';
import { queued } from '../../../src/model/queued.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { transactionsClaims } from './index.ts';

const told = [
  ['coordinator', 'a'],
  ['coordinator', 'b'],
] as const;
const heard = [
  ['a', 'coordinator'],
  ['b', 'coordinator'],
] as const;

/** The claims that fail, by name. */
function broken(system: System, setting: TransactionsSetting): string[] {
  const { complete, results } = explore(system, transactionsClaims(optionsOf(setting)), {
    whole: true,
  });
  expect(complete).toBe(true);
  return results.filter(({ verdict }) => verdict !== 'holds').map(({ claim }) => claim.name);
}

const faults = ['lostMessage', 'brokerCrash', 'producerCrash', 'zombieProducer'];

describe.each([2, 1, 0] as const)('transaction.version %i', (transactionVersion) => {
  test.each(faults)('queues between coordinator and partitions change no verdict: %s', (fault) => {
    const setting: TransactionsSetting = {
      transactionVersion,
      partitionVerification: transactionVersion > 0,
      faults: { [fault]: 1 },
      bounds: { transactions: 1 },
    };
    const immediate = broken(transactions(setting), setting);
    expect(broken(queued(transactions(setting), told, 1), setting)).toEqual(immediate);
    expect(broken(queued(transactions(setting), heard, 1), setting)).toEqual(immediate);
  });
});
