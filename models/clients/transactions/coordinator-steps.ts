/**
 * What the transaction coordinator makes of each request: the vocabulary and the steps of
 * coordinator.ts, which says in which state they are taken.
 *
 * Sources: TransactionCoordinator.scala and TransactionMetadata, as named there.
 */
import type { Effect, Message } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import { delayed } from './network.ts';
import { bumpsEpochs, type TransactionsOptions } from './options.ts';

export type Coordinator = {
  name: string;
  pid: number;
  epoch: number;
  /** lastProducerEpoch: a retry of InitProducerId may carry it; -1 for none. */
  lastEpoch: number;
  /** The id that takes over when the transaction completes, as epochs have run out; -1 for none. */
  nextPid: number;
  /** previousProducerId: a retry of EndTxn may carry it after a change of ids; -1 for none. */
  previousPid: number;
  /** Partitions of the transaction, as logged. */
  partitions: string[];
  /** Of these, the ones that have not acknowledged their marker to this coordinator. */
  unmarked: string[];
  /** Leader epoch of the transaction log's partition. */
  coordinatorEpoch: number;
  /** A partition refused the marker for good: no more are sent. */
  gaveUp: boolean;
  /** False only where an answer may leave before the decision is logged (answersWhenLogged). */
  isLogged: boolean;
  [key: string]: unknown;
};

/** `isLate`: the request is cut off on its way and will be sent again. */
export type SendMarker = { type: 'SEND_MARKER'; partition: string; isLate: boolean };
/** The coordinator dies, maybe with a marker on its way. */
export type FailOver = { type: 'FAIL_OVER'; inFlight: string | null };
type Timer = { type: 'TIME_OUT' | 'COMPLETE' };
export type Events =
  | m.InitProducerId
  | m.AddPartitions
  | m.Verify
  | m.EndTxn
  | m.MarkerWritten
  | SendMarker
  | FailOver
  | Timer;
type Effects = Effect<Coordinator>;

/** No epoch, no producer id. */
export const none = -1;
/** Producer ids of one coordinator; each transactional.id has a range of its own. */
export const firstPid = (name: string): number => 10 * Number(/\d+$/.exec(name)?.[0] ?? 0);

export class Transactions {
  private readonly options: TransactionsOptions;
  constructor(options: TransactionsOptions) {
    this.options = options;
  }

  /** One epoch is kept back so that the last producer can still be fenced. */
  isExhausted(epoch: number): boolean {
    return epoch >= this.options.bounds.lastEpoch - 1;
  }

  // ---- vocabulary of EndTxn ----

  private isSameProducer({ pid }: Coordinator, event: m.EndTxn): boolean {
    return event.pid === pid || !this.options.rules.checksProducerId;
  }
  isCurrent(me: Coordinator, event: m.EndTxn): boolean {
    const { endTxnChecksEpoch } = this.options.rules;
    return this.isSameProducer(me, event) && (event.epoch === me.epoch || !endTxnChecksEpoch);
  }
  /** Version 2: the epoch before the raise that this very request caused. Before: the same epoch. */
  isRetry(me: Coordinator, event: m.EndTxn): boolean {
    if (!bumpsEpochs(this.options)) return this.isCurrent(me, event);
    const raised = this.isSameProducer(me, event) && event.epoch === me.epoch - 1;
    const changed = event.pid === me.previousPid && this.isExhausted(event.epoch) && me.epoch === 0;
    return raised || changed;
  }
  /** Version 2: an abort of a transaction that no partition was added to raises the epoch, too. */
  abortsNothing(me: Coordinator, event: m.EndTxn): boolean {
    return bumpsEpochs(this.options) && this.isCurrent(me, event) && event.result === 'abort';
  }

  // ---- InitProducerId ----

  /** Which producer ids a request may name (isValidProducerId). */
  private knows({ pid, previousPid }: Coordinator, { expected }: m.InitProducerId): boolean {
    if (expected === null || expected.pid === pid) return true;
    return expected.pid === previousPid && this.isExhausted(expected.epoch);
  }

  /** KIP-360: a producer that knows neither the current nor the last epoch is a zombie. */
  mayInit(me: Coordinator, event: m.InitProducerId): boolean {
    const { expected } = event;
    if (!this.knows(me, event)) return false;
    return expected === null || [me.epoch, me.lastEpoch].includes(expected.epoch);
  }

  /** The new epoch, or the current one to a retry; with epochs exhausted, a new producer id. */
  init(me: Coordinator, event: m.InitProducerId): Effects {
    const { expected, from } = event;
    const given = (next: Partial<Coordinator>): Effects => {
      const { pid = me.pid, epoch = me.epoch } = next;
      const reply: m.ProducerId = { type: 'PRODUCER_ID', to: from, error: null, pid, epoch };
      return { set: next, send: [reply] };
    };
    const isCurrent = expected === null || expected.epoch === me.epoch;
    const lastEpoch = expected === null ? none : me.epoch;
    if (!isCurrent) return given({});
    if (this.isExhausted(me.epoch)) {
      return given({ pid: me.pid + 1, epoch: 0, lastEpoch, previousPid: me.pid });
    }
    if (!this.options.rules.initRaisesEpoch && me.epoch !== none) return given({});
    return given({ epoch: me.epoch + 1, lastEpoch });
  }

  refuseInit(me: Coordinator, { from }: m.InitProducerId, error: m.ProducerId['error']): Effects {
    const { pid, epoch } = me;
    return { send: [{ type: 'PRODUCER_ID', to: from, error, pid, epoch } as m.ProducerId] };
  }

  // ---- adding and verifying partitions ----

  private isFenced(me: Coordinator, { pid, epoch }: { pid: number; epoch: number }): boolean {
    const isOther = pid !== me.pid && this.options.rules.checksProducerId;
    return isOther || epoch !== me.epoch;
  }

  /** By the client itself in versions 0 and 1; by the partition's leader, for it, in version 2. */
  mayAdd(me: Coordinator, event: m.AddPartitions | m.Verify): boolean {
    if (event.type === 'ADD_PARTITIONS_TO_TXN') return !this.isFenced(me, event);
    return bumpsEpochs(this.options) && !this.isFenced(me, event.batch);
  }

  private toldAdd(event: m.AddPartitions | m.Verify, error: m.AddError | null): Message {
    if (event.type === 'VERIFY') {
      const { partition, batch } = event;
      return { type: 'VERIFIED', to: partition, error, batch } as m.Verified;
    }
    const { from, lateness } = event;
    return { type: 'PARTITIONS_ADDED', to: from, error, lateness } as m.PartitionsAdded;
  }

  add(me: Coordinator, event: m.AddPartitions | m.Verify): Effects {
    const partitions = [...new Set([...me.partitions, event.partition])].sort();
    return { set: { partitions }, send: [this.toldAdd(event, null)] };
  }

  /** Versions 0 and 1 verify: is the partition in the transaction that is going on? */
  refuseAdd(me: Coordinator, event: m.AddPartitions | m.Verify): Effects {
    const isFenced = this.isFenced(me, event.type === 'VERIFY' ? event.batch : event);
    const isIn = me.partitions.includes(event.partition);
    const error = isFenced ? 'PRODUCER_FENCED' : isIn ? null : 'TRANSACTION_ABORTABLE';
    return { send: [this.toldAdd(event, error)] };
  }

  /** A zombie hears so at once, everybody else comes again. */
  refuseAddBusy(me: Coordinator, event: m.AddPartitions | m.Verify): Effects {
    const isFenced = this.isFenced(me, event.type === 'VERIFY' ? event.batch : event);
    const error = isFenced ? 'PRODUCER_FENCED' : 'CONCURRENT_TRANSACTIONS';
    return { send: [this.toldAdd(event, error)] };
  }

  // ---- the decision ----

  /** PREPARE_COMMIT or PREPARE_ABORT of the client's wish. Version 2 raises the epoch. */
  decide(me: Coordinator, { from, result }: m.EndTxn): Effects {
    const raises = bumpsEpochs(this.options);
    const epoch = me.epoch + (raises ? 1 : 0);
    const nextPid = raises && this.isExhausted(me.epoch) ? me.pid + 1 : none;
    const lastEpoch = raises ? me.epoch : me.lastEpoch;
    const then = nextPid === none ? { pid: me.pid, epoch } : { pid: nextPid, epoch: 0 };
    const told = { type: 'END_TXN_RESPONSE', to: from, error: null, ...then };
    const isLogged = this.options.rules.answersWhenLogged;
    return {
      set: { epoch, lastEpoch, nextPid, unmarked: me.partitions, isLogged },
      send: [this.said(me, result), ...(from === null ? [] : [told as m.EndTxnResponse])],
    };
  }

  /** The coordinator aborts by itself: for InitProducerId, or because time is up. */
  fence(me: Coordinator, raises: boolean): Effects {
    const epoch = me.epoch + (raises ? 1 : 0);
    return {
      set: { epoch, lastEpoch: none, unmarked: me.partitions },
      send: [this.said(me, 'abort')],
    };
  }

  private said({ name }: Coordinator, result: m.Result): m.Decided {
    return { type: 'DECIDED', to: 'ledger', coordinator: name, result };
  }

  refuseEnd({ pid, epoch }: Coordinator, event: m.EndTxn, error: m.EndTxnError | null): Effects {
    if (event.from === null) return {};
    const told = { type: 'END_TXN_RESPONSE', to: event.from, error, pid, epoch };
    return { send: [told as m.EndTxnResponse] };
  }

  // ---- markers ----

  private marker(me: Coordinator, partition: string, result: m.Result, isLate: boolean): Message {
    const { name, pid, epoch, coordinatorEpoch } = me;
    const marker: m.WriteTxnMarker = {
      type: 'WRITE_TXN_MARKER',
      to: partition,
      from: isLate ? null : name,
      pid,
      epoch,
      coordinatorEpoch,
      result,
    };
    return isLate ? delayed(marker) : marker;
  }

  send(me: Coordinator, { partition, isLate }: SendMarker, result: m.Result): Effects {
    return { set: { isLogged: true }, send: [this.marker(me, partition, result, isLate)] };
  }

  /** INVALID_PRODUCER_EPOCH and TRANSACTION_COORDINATOR_FENCED: somebody newer is at work. */
  onMarker(me: Coordinator, { partition, error }: m.MarkerWritten): Effects {
    if (error) return { set: { gaveUp: true } };
    return { set: { unmarked: me.unmarked.filter((name) => name !== partition) } };
  }

  /** Every partition has acknowledged its marker, to this coordinator. */
  isCarriedOut({ partitions, unmarked, gaveUp }: Coordinator): boolean {
    if (gaveUp) return false;
    const { waitsForEveryMarker } = this.options.rules;
    return unmarked.length === 0 || (!waitsForEveryMarker && unmarked.length < partitions.length);
  }

  /** COMPLETE_*: the transaction is forgotten; if epochs had run out, the next producer id takes over. */
  complete(me: Coordinator, result: m.Result): Effects {
    const { name: coordinator, nextPid, pid } = me;
    const changed = nextPid === none ? {} : { pid: nextPid, epoch: 0, previousPid: pid };
    return {
      set: { ...changed, nextPid: none, partitions: [], unmarked: [], isLogged: true },
      send: [{ type: 'COMPLETED', to: 'ledger', coordinator, result } as m.Decided],
    };
  }

  // ---- failover: the log is read again; what was only in memory is gone ----

  /** Markers that were acknowledged to the old coordinator are sent again: it told nobody. */
  failOver(me: Coordinator, { inFlight }: FailOver, result: m.Result | null): Effects {
    const isLost = !this.options.rules.resendsMarkers;
    return {
      set: {
        coordinatorEpoch: me.coordinatorEpoch + 1,
        unmarked: result === null ? [] : me.partitions,
        gaveUp: result !== null && isLost,
      },
      send: result === null || inFlight === null ? [] : [this.marker(me, inFlight, result, true)],
    };
  }

  /** The decision was answered and never logged: the transaction is open again. */
  forgetDecision(me: Coordinator): Effects {
    const { coordinatorEpoch, epoch } = me;
    const lowered = bumpsEpochs(this.options) ? epoch - 1 : epoch;
    return {
      set: { coordinatorEpoch: coordinatorEpoch + 1, epoch: lowered, unmarked: [], isLogged: true },
    };
  }
}
