/** Flaws of a partition's leader. */
import type { Design } from './design.ts';

export const partitionDesigns: readonly Design[] = [
  {
    id: 'F34',
    does: 'A verification outlives the end of the transaction it was made for: the batch is appended after the marker.',
    breaks: 'theLastStableOffsetMovesOn',
    history: 'KIP-890, the verification guard; KAFKA-19690',
    setting: { transactionVersion: 1, lateKinds: ['append'], faults: { lostMessage: 1 } },
    rules: { markersEndVerification: false },
    shortest: 6,
  },
  {
    id: 'F34b',
    does: 'An open transaction excuses any batch of its producer from being added: the first of the next transaction joins the last one.',
    breaks: 'everyDecisionIsCarriedOut',
    history: 'KAFKA-18575; before 4.0',
    setting: {},
    rules: { openMeansSameEpoch: false },
    shortest: 4,
  },
  {
    id: 'F36',
    does: 'What is known of a producer is dropped with the marker that aborts its transaction: a marker of a deposed coordinator is taken.',
    breaks: 'acknowledgedCommitsStand',
    history: 'KAFKA-9144; before 2.5',
    setting: { transactionVersion: 1, faults: { brokerCrash: 1 } },
    rules: { keepsProducerState: false },
    shortest: 10,
  },
  {
    id: 'X8',
    does: 'Markers of a deposed coordinator are taken.',
    breaks: 'acknowledgedCommitsStand',
    history: 'negated ProducerAppendInfo.checkCoordinatorEpoch',
    setting: { transactionVersion: 1, faults: { brokerCrash: 1 } },
    rules: { refusesOldCoordinators: false },
    shortest: 10,
  },
  {
    id: 'X9',
    does: 'A batch that is in the log is appended again when it is sent again.',
    breaks: 'aRecordIsWrittenOnce',
    history: 'negated ProducerStateEntry.findDuplicateBatch',
    setting: { faults: { lostMessage: 1 } },
    rules: { knowsDuplicates: false },
    shortest: 3,
  },
  {
    id: 'X10',
    does: 'A batch of an older epoch than the stored one is appended.',
    breaks: 'theLastStableOffsetMovesOn',
    history: 'negated ProducerAppendInfo.checkProducerEpoch',
    setting: {
      partitionVerification: false,
      lateKinds: ['append'],
      faults: { lostMessage: 1 },
    },
    rules: { refusesOldEpochs: false },
    shortest: 5,
  },
];
