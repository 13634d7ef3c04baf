/** Designs in which the group coordinator lets in whom it must not. */
import type { Design } from './design.ts';

const twice = 'noRecordIsProcessedTwice';
const txn = { commits: 'inTransaction', readCommitted: true } as const;

export const handsOverAtOnce: Design = {
  id: 'X8',
  does: 'A rebalance ends before every member has given its partitions up and joined again.',
  breaks: 'onePartitionHasOneOwner',
  history: 'design; ClassicGroup waits for all members, or removes them (rebalance.timeout.ms)',
  setting: { faults: { rebalance: 1 } },
  rules: { awaitsFormerOwner: false },
  givesUp: [twice],
  shortest: 4,
};

export const assignsWithoutRevocation: Design = {
  id: 'X9',
  does: 'The coordinator assigns a partition that its owner has not yet revoked.',
  breaks: 'onePartitionHasOneOwner',
  history: 'KIP-848; CurrentAssignmentBuilder holds the partition back until it is free',
  setting: { protocol: 'consumer', faults: { rebalance: 1 } },
  rules: { awaitsFormerOwner: false },
  givesUp: [twice],
  shortest: 4,
};

/** It was removed while it was paused, and does not know. */
export const zombieCommits: Design = {
  id: 'F58',
  does: 'OffsetCommit is accepted from whoever was removed from the group.',
  breaks: 'onlyMembersCommit',
  history: 'design; ClassicGroup.validateOffsetCommit, ILLEGAL_GENERATION',
  setting: { faults: { slowConsumer: 1 } },
  rules: { fencesCommits: false },
  givesUp: [twice],
  shortest: 7,
};

export const zombieCommitsItsTransaction: Design = {
  id: 'F58b',
  does: 'TxnOffsetCommit is accepted from whoever was removed from the group.',
  breaks: twice,
  history: 'before KIP-447 (2.5), and with requests of that time: no member and generation in them',
  setting: { ...txn, faults: { slowConsumer: 1 } },
  rules: { fencesTransactionalCommits: false },
  shortest: 14,
};

/** The results are decided on, and the offsets not yet there. */
export const unstableOffsets: Design = {
  id: 'F57',
  does: 'OffsetFetch is answered although a transaction with newer offsets is not over.',
  breaks: twice,
  history: 'before KIP-447 (2.5): OffsetFetch without require_stable',
  setting: { ...txn, faults: { consumerCrash: 1 } },
  rules: { awaitsStableOffsets: false },
  shortest: 14,
};

/** The transaction is aborted, and its results with it; its offsets stay. */
export const offsetsBeforeCommit: Design = {
  id: 'X10',
  does: 'Offsets of a transaction count before the transaction is committed.',
  breaks: 'everyRecordIsProcessed',
  history: 'design; OffsetMetadataManager.commitTransactionalOffset',
  setting: { ...txn, faults: { consumerCrash: 1 } },
  rules: { installsOffsetsOnCommit: false },
  shortest: 7,
};

/** The offsets of the last one, decided but not written, are forgotten with the next. */
export const nextTransactionBeforeMarkers: Design = {
  id: 'X11',
  does: 'A transaction begins while the markers of the last one are on their way.',
  breaks: twice,
  history: 'design; TransactionCoordinator answers CONCURRENT_TRANSACTIONS',
  setting: { ...txn, faults: { slowConsumer: 1 } },
  rules: { awaitsMarkers: false },
  shortest: 19,
};

export const group = [
  handsOverAtOnce,
  assignsWithoutRevocation,
  zombieCommits,
  zombieCommitsItsTransaction,
  unstableOffsets,
  offsetsBeforeCommit,
  nextTransactionBeforeMarkers,
];
