/** The guarantees an operator asks for, in plain words, and the claims that make each. */
import type { TransactionsOptions } from '../../../models/clients/transactions/index.ts';
import type { Claim, Guarantee } from '../../../src/model/index.ts';
import { safety } from './claims.ts';
import { liveness } from './liveness.ts';

export const guarantees: readonly Guarantee[] = [
  {
    name: 'transactions-atomic',
    means:
      'A transaction takes effect as a whole, once, if and only if its application committed it; a ' +
      'process that was replaced commits nothing more.',
    claims: [
      'aTransactionIsCommittedAsAWhole',
      'onlyWhatWasAskedForIsCommitted',
      'acknowledgedCommitsStand',
      'nothingOfAFencedProducerIsCommitted',
      'aDecisionStands',
      'aRecordIsWrittenOnce',
      'noInputIsTransformedTwice',
      'anOffsetIsCommittedWithItsOutput',
    ],
  },
  {
    name: 'no-aborted-reads',
    means: 'Readers never see a record of a transaction that was not committed.',
    claims: ['readersSeeOnlyCommittedTransactions'],
  },
  {
    name: 'transactions-finish',
    means: 'Every transaction ends by itself, and readers are not held up for ever.',
    claims: ['everyDecisionIsCarriedOut', 'theLastStableOffsetMovesOn'],
  },
];

/** All claims about transactions that must hold in a right system. */
export const transactionsClaims = (options: TransactionsOptions): Claim[] => [
  ...safety(options),
  ...liveness(options),
];

/** The claims that the named guarantees need, as far as they apply to the deployment. */
export function claimsOf(names: readonly string[], options: TransactionsOptions): Claim[] {
  const wanted = new Set(
    guarantees.filter(({ name }) => names.includes(name)).flatMap(({ claims }) => claims),
  );
  return transactionsClaims(options).filter(({ name }) => wanted.has(name));
}
