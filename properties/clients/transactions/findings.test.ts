/** Findings about Kafka: each breaks its claim; repaired, no claim fails. */
import { describe, expect, it } from 'vitest';
import { findings, kafka41, repair } from '../../../models/clients/transactions/index.ts';
import { outcome } from './explored.ts';

const faults = { lostMessage: 1 };

describe('Kafka 4.1 with transaction.version 2', () => {
  it.each(findings)('$id breaks $breaks and what follows from it', () => {
    expect(outcome({ rules: kafka41, faults }).broken).toEqual({
      aTransactionIsCommittedAsAWhole: 11,
      onlyWhatWasAskedForIsCommitted: 10,
      acknowledgedCommitsStand: 10,
      readersSeeOnlyCommittedTransactions: 10,
    });
  });

  it('holds every claim with its findings repaired', () => {
    expect(outcome({ rules: repair(kafka41), faults }).broken).toEqual({});
  });

  it('holds every claim under any other single fault', () => {
    const others = ['brokerCrash', 'producerCrash', 'zombieProducer'];
    const seen = others.map((fault) => outcome({ rules: kafka41, faults: { [fault]: 1 } }).broken);
    expect(seen).toEqual([{}, {}, {}]);
  });

  it('as 4.2 mended it, leaves a transaction undone when a broken connection costs an answer', () => {
    expect(outcome({ rules: { markerEpochs: 'above' }, faults }).broken).toEqual({
      everyDecisionIsCarriedOut: 4,
      theLastStableOffsetMovesOn: 6,
    });
  });
});
