/** What earlier versions of the protocol, and other settings of it, cannot keep. */
import type { Design } from './design.ts';

export const versions: readonly Design[] = [
  {
    id: 'F31',
    does: 'All transactions of a producer share one epoch: an EndTxn that arrives late ends a later one.',
    breaks: 'aTransactionIsCommittedAsAWhole',
    history:
      'KIP-890, motivation; KAFKA-17754; transaction.version 0 and 1, ended by 2 (Kafka 4.0)',
    setting: { transactionVersion: 1, lateKinds: ['endTxn'], faults: { lostMessage: 1 } },
    soundSetting: { transactionVersion: 2 },
    rules: {},
    shortest: 13,
  },
  {
    id: 'F32',
    does: 'A partition appends any transactional batch without asking the coordinator: one that is late opens a transaction that nobody ends.',
    breaks: 'theLastStableOffsetMovesOn',
    history: 'KIP-890, "hanging transactions"; KAFKA-12671, KAFKA-14402; before 3.6',
    setting: {
      transactionVersion: 0,
      partitionVerification: false,
      lateKinds: ['produce'],
      faults: { lostMessage: 1 },
    },
    soundSetting: { partitionVerification: true },
    rules: {},
    shortest: 6,
  },
  {
    id: 'F32b',
    does: "The same late batch is found by the producer's next transaction and committed with it.",
    breaks: 'onlyWhatWasAskedForIsCommitted',
    history: 'KIP-890, motivation; before 3.6',
    setting: {
      transactionVersion: 0,
      partitionVerification: false,
      lateKinds: ['produce'],
      faults: { lostMessage: 1 },
    },
    soundSetting: { partitionVerification: true },
    rules: {},
    shortest: 12,
  },
  {
    id: 'F35',
    does: 'A marker must carry a higher epoch than the partition knows: one that is sent again after a failover is refused, and the coordinator gives up.',
    breaks: 'everyDecisionIsCarriedOut',
    history: 'KAFKA-19999; KIP-1228 as it came with 4.2',
    setting: { faults: { brokerCrash: 1 } },
    rules: { markerEpochs: 'above' },
    shortest: 5,
  },
  {
    id: 'F35b',
    does: "A marker may carry the epoch that the partition knows: one that is read late ends the producer's next transaction.",
    breaks: 'onlyWhatWasAskedForIsCommitted',
    history: 'KAFKA-19446, KIP-1228; 4.0 and 4.1',
    setting: { lateKinds: ['marker'], faults: { lostMessage: 1 } },
    rules: { markerEpochs: 'notBelow' },
    shortest: 10,
  },
  {
    id: 'X1',
    does: 'Readers use the default isolation.level: they are shown records of open and aborted transactions.',
    breaks: 'readersSeeOnlyCommittedTransactions',
    history: 'isolation.level=read_uncommitted, the default of every consumer',
    setting: { isolation: 'read_uncommitted' },
    soundSetting: { isolation: 'read_committed' },
    rules: {},
    shortest: 2,
  },
];
