/**
 * The leader of a partition that transactions write to: it keeps zombies and strays out of its log.
 *
 * A batch that would open a transaction is shown to the coordinator first. Versions 0 and 1 ask
 * whether the partition is in the producer's transaction; version 2 adds it. A verified batch may be
 * appended late, and is not if a marker came between.
 *
 * Left out: leader changes (a new leader has the same log and has forgotten verifications, which is
 * what a verified batch that is never appended comes to), sequence numbers (a transaction has one
 * record for a partition, so the transaction's number tells a duplicate; order and windows are
 * models/clients/idempotence), batches of more than one record, expiry of idle producers.
 *
 * Sources: core/.../log/UnifiedLog.scala (analyzeAndValidateProducerState,
 * maybeStartTransactionVerification), ReplicaManager.scala
 * (maybeStartTransactionVerificationForPartitions); storage/.../ProducerAppendInfo.java
 * (checkProducerEpoch, appendEndTxnMarker, checkCoordinatorEpoch), VerificationStateEntry.java; KIP-890.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect, type Message } from '../../../src/model/index.ts';
import { decide, type Entry, isOpen, type ProducerState } from './log.ts';
import type * as m from './messages.ts';
import { bumpsEpochs, type TransactionsOptions } from './options.ts';

export type Partition = {
  name: string;
  log: Entry[];
  /** By producer id. */
  producers: Record<string, ProducerState>;
  /** A batch that was verified and waits to be appended: it holds the current verification guard. */
  verified: m.Batch | null;
  [key: string]: unknown;
};

type Events = m.Produce | m.Verified | { type: 'APPEND' } | m.WriteTxnMarker;
type Effects = Effect<Partition>;

/** Errors of the coordinator in the words of a produce response (AddPartitionsToTxnManager). */
const asProduceError: Record<m.AddError, m.ProduceError> = {
  PRODUCER_FENCED: 'INVALID_PRODUCER_EPOCH',
  CONCURRENT_TRANSACTIONS: 'NOT_ENOUGH_REPLICAS',
  TRANSACTION_ABORTABLE: 'TRANSACTION_ABORTABLE',
};

/** The answer to whoever waits for it. */
export const answer = (batch: m.Batch, error: m.ProduceError | null): Message[] => {
  const { from: to, txn, index } = batch;
  return to === null
    ? []
    : [{ type: 'PRODUCE_RESPONSE', to, txn, index, error } as m.ProduceResponse];
};

class Leader {
  private readonly options: TransactionsOptions;
  constructor(options: TransactionsOptions) {
    this.options = options;
  }

  /** Is the batch in the log, under the epoch that the producer still has? */
  private isDuplicate({ log, producers }: Partition, { txn, pid, epoch }: m.Batch): boolean {
    const known = producers[pid]?.epoch === epoch;
    return known && log.some((entry) => entry.txn === txn && entry.pid === pid);
  }

  /** Does the batch join a transaction that is open here? Its epoch must be that transaction's. */
  private joins({ log, producers }: Partition, { pid, epoch }: m.Batch): boolean {
    const { openMeansSameEpoch } = this.options.rules;
    return isOpen(log, pid) && (!openMeansSameEpoch || producers[pid]?.epoch === epoch);
  }

  /** Version 2 adds partitions this way, so it must ask whatever the broker's configuration says. */
  private get asks(): boolean {
    return this.options.partitionVerification || bumpsEpochs(this.options);
  }

  /**
   * A batch that joins what is open here needs no question: the coordinator knows of the partition,
   * and has not decided, or its marker would be here.
   */
  produce(me: Partition, { batch }: m.Produce): Effects {
    if (!this.asks || this.joins(me, batch)) return this.append(me, batch);
    const ask: m.Verify = { type: 'VERIFY', to: batch.coordinator, partition: me.name, batch };
    return { send: [ask] };
  }

  /**
   * The coordinator has agreed. Between its answer and the append lies a while (`isSlow`), in which
   * a marker may come: then the agreement is worth nothing any more.
   */
  onVerified(me: Partition, { error, batch }: m.Verified): Effects {
    if (error) return { send: answer(batch, asProduceError[error]) };
    if (!batch.isSlow) return this.append(me, batch);
    return { set: { verified: { ...batch, from: null, isSlow: false } } };
  }

  appendVerified(me: Partition): Effects {
    const { set, send = [] } = this.append(me, me.verified!);
    return { set: { ...set, verified: null }, send };
  }

  /**
   * What is in the log is acknowledged again; an epoch below the stored one is a zombie's; what is
   * appended opens the transaction here.
   */
  private append(me: Partition, batch: m.Batch): Effects {
    const { pid, epoch, txn, value } = batch;
    const known = me.producers[pid];
    const { knowsDuplicates, refusesOldEpochs } = this.options.rules;
    if (knowsDuplicates && this.isDuplicate(me, batch)) return { send: answer(batch, null) };
    if (refusesOldEpochs && known && epoch < known.epoch) {
      return { send: answer(batch, 'INVALID_PRODUCER_EPOCH') };
    }
    const log: Entry[] = [...me.log, { txn, pid, value, fate: 'open' }];
    const written: m.OffsetWritten = {
      type: 'OFFSET_WRITTEN',
      to: 'group',
      pid,
      offset: value,
    };
    const state = { epoch, coordinatorEpoch: known?.coordinatorEpoch ?? -1 };
    return {
      // The guard is used up: a second batch that was verified with it must ask again.
      set: {
        log,
        producers: { ...me.producers, [pid]: state },
        verified: this.unless(me, pid),
      },
      send: [...answer(batch, null), ...this.read(me, written)],
    };
  }

  /** The verified batch that waits, unless it is this producer's. */
  private unless({ verified }: Partition, pid: number): m.Batch | null {
    const { partitionVerification, rules } = this.options;
    const ends = partitionVerification && rules.markersEndVerification;
    return ends && verified?.pid === pid ? null : verified;
  }

  /** The group coordinator leads the offsets partition and reads what is appended to it. */
  private read({ name }: Partition, written: m.OffsetWritten | m.OffsetsMarked): Message[] {
    return name === 'offsets' ? [written] : [];
  }

  /** What stands against a marker; `done`: it is here already. */
  private refusal(me: Partition, marker: m.WriteTxnMarker): m.MarkerWritten['error'] | 'done' {
    const { refusesOldCoordinators, markerEpochs } = this.options.rules;
    const known = me.producers[marker.pid];
    // A partition that has never heard of the producer takes any marker: it has nothing to decide.
    if (!known) return null;
    if (refusesOldCoordinators && marker.coordinatorEpoch < known.coordinatorEpoch) {
      return 'TRANSACTION_COORDINATOR_FENCED';
    }
    if (marker.epoch < known.epoch) return 'INVALID_PRODUCER_EPOCH';
    const isStrict = bumpsEpochs(this.options) && markerEpochs !== 'notBelow';
    if (!isStrict || marker.epoch > known.epoch) return null;
    const isRepeated = markerEpochs === 'aboveOrRepeated' && !isOpen(me.log, marker.pid);
    return isRepeated ? 'done' : 'INVALID_PRODUCER_EPOCH';
  }

  /** A marker ends the producer's open transaction here and raises its epoch: zombies are fenced. */
  mark(me: Partition, marker: m.WriteTxnMarker): Effects {
    const { pid, epoch, coordinatorEpoch, result, from } = marker;
    const refusal = this.refusal(me, marker);
    const error = refusal === 'done' ? null : refusal;
    const written = {
      type: 'MARKER_WRITTEN',
      to: from,
      partition: me.name,
      error,
    };
    const answers = from === null ? [] : [written as m.MarkerWritten];
    if (refusal !== null) return { send: answers };
    const log = decide(me.log, pid, result === 'commit' ? 'committed' : 'aborted');
    const { [pid]: _, ...others } = me.producers;
    const forgets = !this.options.rules.keepsProducerState && result === 'abort';
    return {
      set: {
        log,
        producers: forgets ? others : { ...others, [pid]: { epoch, coordinatorEpoch } },
        verified: this.unless(me, pid),
      },
      send: [...this.read(me, { type: 'OFFSETS_MARKED', to: 'group', pid, result }), ...answers],
    };
  }
}

function machine(options: TransactionsOptions) {
  const leader = new Leader(options);
  return setup({
    types: {} as { context: Partition; events: Events; input: { name: string } },
    guards: {
      isVerified: ({ context }) => context.verified !== null,
    },
    actions: {
      produce: act<Partition, m.Produce>((me, event) => leader.produce(me, event)),
      onVerified: act<Partition, m.Verified>((me, event) => leader.onVerified(me, event)),
      appendVerified: act<Partition, Events>((me) => leader.appendVerified(me)),
      mark: act<Partition, m.WriteTxnMarker>((me, event) => leader.mark(me, event)),
    },
  }).createMachine({
    id: 'transactionsPartition',
    context: ({ input }) => ({ name: input.name, log: [], producers: {}, verified: null }),
    initial: 'leading',
    states: {
      leading: {
        on: {
          PRODUCE: { actions: 'produce' },
          VERIFIED: { actions: 'onVerified' },
          APPEND: { guard: 'isVerified', actions: 'appendVerified' },
          WRITE_TXN_MARKER: { actions: 'mark' },
        },
      },
    },
  });
}

/** The leader of one partition. */
export const partition = (options: TransactionsOptions, name: string): Component => ({
  machine: machine(options),
  input: { name },
});
