/** Findings about Kafka: each breaks its claim; repaired, no claim fails. */
import { describe, expect, it } from 'vitest';
import {
  type Behaviour,
  findings,
  kafka41,
  type Rules,
  repair,
  rulesOf,
  sound,
} from '../../../models/clients/transactions/index.ts';
import { outcome } from './explored.ts';

const faults = { lostMessage: 1 };

describe('Kafka 4.1 with transaction.version 2', () => {
  it('TF-1 breaks atomicity when a marker is read late', () => {
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

describe('Kafka before 4.0', () => {
  const old = { workload: 'transform', transactionVersion: 0, rules: rulesOf('3.9') } as const;

  it('TF-2 commits and drops offsets with the wrong transaction, without any fault', () => {
    expect(outcome(old).broken).toEqual({ anOffsetIsCommittedWithItsOutput: 13 });
  });

  it('holds every claim with TF-2 repaired', () => {
    expect(outcome({ ...old, rules: repair(rulesOf('3.9'), ['TF-2']) }).broken).toEqual({});
  });
});

describe('findings', () => {
  it('are where a version differs from the sound rules, and nowhere else', () => {
    const differ = (rules: Rules) =>
      Object.keys(sound).filter(
        (rule) => rules[rule as keyof Rules] !== sound[rule as keyof Rules],
      );
    const repaired = findings.flatMap(({ repair: change }) => Object.keys(change));
    expect(
      ['3.5', '3.9', '4.0', '4.1'].map((level) => differ(rulesOf(level as Behaviour))),
    ).toEqual([repaired, repaired, ['markerEpochs'], ['markerEpochs']]);
  });
});
