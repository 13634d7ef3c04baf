/**
 * What a process with a transactional producer does in each step of producer.ts, which says in which
 * state it is taken.
 *
 * Sources: TransactionManager.java and Sender.java, as named there.
 */
import type { Effect, Message } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import { delayed } from './network.ts';
import {
  bumpsEpochs,
  coordinatorOf,
  partitionsOf,
  producersOf,
  type TransactionsOptions,
  transactionsOf,
} from './options.ts';

export type Producer = {
  /** Unknown until InitProducerId is answered: -1. */
  pid: number;
  epoch: number;
  /** Transactions of this process that are done. */
  done: number;
  /** Records of the present transaction that are acknowledged. */
  sent: number;
  /** What the client waits for: the partition to be added, the record to be acknowledged. */
  unanswered: 'no' | 'add' | 'produce';
  /** Why it must abort: an outcome it gave up on, a newer member of the group; null for none. */
  trouble: 'unresolved' | 'expelled' | null;
  /** `transform`: the next input record. */
  position: number;
  generation: number;
  /** Has the process before this one ended? */
  isFree: boolean;
  [key: string]: unknown;
};

/** A record to the next partition of the transaction; the first begins it. */
export type Send = { type: 'SEND'; lateness: m.Lateness };
type Plain = {
  type:
    | 'START'
    | 'START_BESIDE'
    | 'PREDECESSOR_ENDED'
    | 'INIT'
    | 'FETCH_POSITION'
    | 'GIVE_UP'
    | 'CRASH';
};
export type Events =
  | Plain
  | Send
  | { type: 'COMMIT' | 'ABORT'; isLate: boolean }
  | m.Joined
  | m.ProducerId
  | m.Offset
  | m.PartitionsAdded
  | m.ProduceResponse
  | m.EndTxnResponse;
type Effects = Effect<Producer>;

const fresh: Producer = {
  pid: -1,
  epoch: -1,
  done: 0,
  sent: 0,
  unanswered: 'no',
  trouble: null,
  position: 0,
  generation: 1,
  isFree: false,
};
/** The present transaction is over. */
const over = { sent: 0, unanswered: 'no', trouble: null } as const;

export class Client {
  readonly start: Producer = fresh;
  private readonly options: TransactionsOptions;
  private readonly name: string;
  private readonly coordinator: string;
  private readonly partitions: readonly string[];
  private readonly next: string | undefined;

  constructor(options: TransactionsOptions, name: string) {
    const producers = producersOf(options);
    this.options = options;
    this.name = name;
    this.coordinator = coordinatorOf(options, name);
    this.partitions = partitionsOf(options);
    this.next = producers[producers.indexOf(name) + 1];
  }

  private get transforms(): boolean {
    return this.options.workload === 'transform';
  }

  /** The application's number of the present transaction. */
  private txn({ done }: Producer): number {
    return transactionsOf(this.options, this.name).first + done;
  }

  // ---- a process starts ----

  /** A member that joins raises the group's generation; who has the older one can commit no more. */
  join(): Effects {
    const join: m.JoinGroup = { type: 'JOIN_GROUP', to: 'group', from: this.name };
    return { send: this.transforms ? [join] : [] };
  }

  /** A new process says nothing of itself; one that wants a new epoch says which it has (KIP-360). */
  init({ pid, epoch }: Producer): Effects {
    const expected = pid < 0 ? null : { pid, epoch };
    const { coordinator: to, name: from } = this;
    return { send: [{ type: 'INIT_PRODUCER_ID', to, from, expected } as m.InitProducerId] };
  }

  onProducerId({ pid, epoch }: m.ProducerId): Effects {
    const fences = this.options.transactionalIds === 'shared';
    const heard: m.Initialised = { type: 'INITIALISED', to: 'ledger', producer: this.name };
    return { set: { pid, epoch, ...over }, send: fences ? [heard] : [] };
  }

  fetchOffset(): Effects {
    return { send: [{ type: 'FETCH_OFFSET', to: 'group', from: this.name } as m.FetchOffset] };
  }

  // ---- a transaction ----

  /** `transform` has one input record for each transaction of the first process. */
  mayBegin(me: Producer, event: Send): boolean {
    const { count } = transactionsOf(this.options, this.name);
    const hasInput = !this.transforms || me.position < this.options.bounds.transactions;
    return me.done < count && hasInput && this.maySend(me, event);
  }

  /** Only a produce request is late here: one that needs no AddPartitionsToTxn, or has had it. */
  maySend({ sent }: Producer, { lateness }: Send): boolean {
    if (sent >= this.partitions.length) return false;
    return lateness !== 'append' || this.partitions[sent] !== 'offsets';
  }

  /** Does the process die with this produce request on its way? Not while it adds the partition. */
  isLast({ unanswered }: Producer, { lateness }: Send): boolean {
    return lateness === 'crash' && (bumpsEpochs(this.options) || unanswered === 'produce');
  }

  private batch(me: Producer, lateness: m.Lateness): m.Batch {
    const { pid, epoch, sent, position } = me;
    const value = this.partitions[sent] === 'offsets' ? position + 1 : position;
    const { coordinator, name } = this;
    const from = lateness === 'none' ? name : null;
    const isSlow = lateness === 'append';
    const txn = this.txn(me);
    return { from, coordinator, txn, index: sent, pid, epoch, value, isSlow };
  }

  private produce(me: Producer, lateness: m.Lateness): Message {
    const [to, batch] = [this.partitions[me.sent]!, this.batch(me, lateness)];
    const { generation } = me;
    const message: m.Produce | m.TxnOffsetCommit =
      to === 'offsets'
        ? { type: 'TXN_OFFSET_COMMIT', to: 'group', batch, generation }
        : { type: 'PRODUCE', to, batch };
    return lateness === 'request' || lateness === 'crash' ? delayed(message) : message;
  }

  /** Versions 0 and 1 add the partition first; 2 leaves that to the partition's leader. */
  send(me: Producer, { lateness }: Send): Effects {
    if (bumpsEpochs(this.options) || me.unanswered === 'produce') {
      return { set: { unanswered: 'produce' }, send: [this.produce(me, lateness)] };
    }
    const add: m.AddPartitions = {
      type: 'ADD_PARTITIONS_TO_TXN',
      to: this.coordinator,
      from: this.name,
      partition: this.partitions[me.sent]!,
      pid: me.pid,
      epoch: me.epoch,
      lateness,
    };
    return { set: { unanswered: 'add' }, send: [add] };
  }

  /** The partition is in the transaction: the record goes out. */
  onAdded(me: Producer, { lateness }: m.PartitionsAdded): Effects {
    return { set: { unanswered: 'produce' }, send: [this.produce(me, lateness)] };
  }

  /** An answer to an earlier attempt, of a batch that is acknowledged by now. */
  isStale(me: Producer, { txn, index }: m.ProduceResponse): boolean {
    return txn !== this.txn(me) || index !== me.sent;
  }

  /** Expelled from its group, it must not go on after the abort; otherwise it may try again. */
  onRefused({ error }: m.ProduceResponse): Effects {
    const trouble = error === 'ILLEGAL_GENERATION' ? 'expelled' : null;
    return { set: { trouble, unanswered: 'no' } };
  }

  // ---- its end ----

  mayCommit({ sent, unanswered }: Producer): boolean {
    if (this.options.rules.flushesBeforeCommit) return sent === this.partitions.length;
    return sent + (unanswered === 'produce' ? 1 : 0) === this.partitions.length;
  }

  /** Before anything was sent there is nothing to abort, and the client sends no EndTxn. */
  mayAbort({ sent, unanswered }: Producer): boolean {
    return unanswered === 'no' && sent > 0;
  }

  ask(me: Producer): Effects {
    return { send: [{ type: 'COMMIT_ASKED', to: 'ledger', txn: this.txn(me) } as m.Heard] };
  }

  /** Late: it is cut off, and repeated on another connection while the first is still read. */
  endTxn({ pid, epoch }: Producer, result: m.Result, isLate: boolean): Effects {
    const from = isLate ? null : this.name;
    const end: m.EndTxn = { type: 'END_TXN', to: this.coordinator, from, pid, epoch, result };
    return { send: [isLate ? delayed(end) : end] };
  }

  /** From version 2 on the answer carries the epoch of the next transaction. */
  onCommitted(me: Producer, { pid, epoch }: m.EndTxnResponse): Effects {
    return {
      set: { ...over, pid, epoch, done: me.done + 1, position: me.position + 1 },
      send: [{ type: 'COMMITTED', to: 'ledger', txn: this.txn(me) } as m.Heard],
    };
  }

  /** An aborted transaction is not tried again here: the next one stands for that. */
  onAborted({ done }: Producer, { pid, epoch }: m.EndTxnResponse): Effects {
    return { set: { ...over, pid, epoch, done: done + 1 } };
  }

  /** Nothing of the process is left but what is on its way. Whoever supervises it hears of it. */
  end(): Effects {
    const to = this.next;
    return { set: fresh, send: to === undefined ? [] : [{ type: 'PREDECESSOR_ENDED', to }] };
  }
}
