/** Flaws of clients, and of the group coordinator that serves them. */
import type { TransactionsSetting } from '../options.ts';
import type { Design } from './design.ts';

/** Each process has a transactional.id of its own: only the group knows who is a zombie. */
const ownIds: TransactionsSetting = { workload: 'transform', transactionalIds: 'own' };

export const clientDesigns: readonly Design[] = [
  {
    id: 'F40',
    does: "A marker is answered before the group's cache has it: it commits the offset that the next transaction has sent by then.",
    breaks: 'anOffsetIsCommittedWithItsOutput',
    history: 'KAFKA-17507, KAFKA-17877; before 4.0',
    setting: { workload: 'transform' },
    rules: { materialisesOffsets: false },
    shortest: 13,
  },
  {
    id: 'F57',
    does: 'A position is served while an offset is pending: the new process repeats what the old one is about to commit.',
    breaks: 'noInputIsTransformedTwice',
    history: 'KIP-447 (requireStable); clients before 2.5',
    setting: { ...ownIds, faults: { producerCrash: 1 } },
    rules: { waitsForStableOffsets: false },
    shortest: 14,
  },
  {
    id: 'F58',
    does: 'Offsets of an older generation are taken: a zombie commits what its successor did already.',
    breaks: 'noInputIsTransformedTwice',
    history: 'KIP-447; clients that send no group metadata with their offsets',
    setting: { ...ownIds, faults: { zombieProducer: 1 } },
    rules: { checksGeneration: false },
    shortest: 13,
  },
  {
    id: 'X11',
    does: 'The application commits offsets beside its transaction, not with it.',
    breaks: 'anOffsetIsCommittedWithItsOutput',
    history: 'consumer.commitSync in place of producer.sendOffsetsToTransaction',
    setting: { workload: 'transform' },
    rules: { offsetsInTransaction: false },
    shortest: 6,
  },
  {
    id: 'X12',
    does: 'EndTxn is sent while a record is not acknowledged.',
    breaks: 'acknowledgedCommitsStand',
    history: 'negated TransactionManager.nextRequest (hasIncompleteBatches)',
    setting: { faults: { lostMessage: 1 } },
    rules: { flushesBeforeCommit: false },
    shortest: 4,
  },
  {
    id: 'X13',
    does: 'A producer that gave up on a record goes on under its epoch: the record arrives in the next transaction.',
    breaks: 'onlyWhatWasAskedForIsCommitted',
    history: 'negated TransactionManager.maybeResolveSequences (KIP-360)',
    setting: { transactionVersion: 1, lateKinds: ['produce'], faults: { lostMessage: 1 } },
    rules: { newEpochAfterGivingUp: false },
    shortest: 11,
  },
  {
    id: 'X14',
    does: 'A read_committed reader goes on to the high watermark and leaves out only what is aborted by then.',
    breaks: 'readersSeeOnlyCommittedTransactions',
    history: 'negated Partition.readRecords (FetchIsolation.TXN_COMMITTED)',
    setting: {},
    rules: { readsToLastStable: false },
    shortest: 2,
  },
];
