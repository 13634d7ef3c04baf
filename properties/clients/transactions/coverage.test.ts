/** Every stimulus fires and every edge of every machine is taken by exhaustive search. */
import { expect, test } from 'vitest';
import { designs } from '../../../models/clients/transactions/designs/index.ts';
import {
  type TransactionsSetting,
  transactions,
} from '../../../models/clients/transactions/index.ts';
import { coverage, mergeCoverage } from '../../../src/engine/coverage.ts';
import type { System } from '../../../src/model/index.ts';
import { queued } from '../../../src/model/queued.ts';
import { explore } from '../../../src/schedulers/explore.ts';

const settings: readonly TransactionsSetting[] = [
  // F37, X4 and F58 take long and no edge of their own.
  ...designs
    .filter(({ id }) => !['F37', 'X4', 'F58'].includes(id))
    .map(({ setting, rules }) => ({ ...setting, rules })),
  { transactionVersion: 1, lateKinds: ['produce'], faults: { lostMessage: 1, zombieProducer: 1 } },
  { transactionVersion: 1, lateKinds: [], faults: { lostMessage: 1, producerCrash: 1 } },
  { workload: 'transform', transactionalIds: 'own', faults: { zombieProducer: 1 } },
];

/** An answer that is overtaken by a later attempt's: only where answers are not immediate. */
const overtaking = queued(
  transactions({ bounds: { transactions: 1 }, faults: { lostMessage: 1 } }),
  [['coordinator', 'a']],
  1,
);

test('every edge is taken, every stimulus fires', () => {
  const seen = (system: System) => coverage(explore(system, [], { whole: true }).stepper);
  const all = [...settings.map((setting) => transactions(setting)), overtaking].map(seen);
  const { neverTaken, neverFired } = mergeCoverage(all);
  expect([neverTaken, neverFired]).toEqual([[], []]);
});
