/**
 * A producer: one session of the Java client (KafkaProducer with its Sender) that writes to one
 * partition. It sends records, sends again what failed, and gives up what takes too long.
 *
 * Left out: several partitions (a connection's requests in flight are then fewer for each), batching
 * and linger, splitting of batches that are too large, errors that no fault here brings about, a
 * producer that is closed and opened again (its new id starts afresh: what it sends again is new to
 * Kafka), back-off. An answer is read in the move in which it is given: before it is given the request
 * can wait as long as one likes, and an answer that is lost is a connection that breaks before it.
 *
 * Sources: clients/.../producer/internals/Sender.java, TransactionManager.java, RecordAccumulator.java;
 * NetworkClient.cancelInFlightRequests; KIP-98, KIP-360.
 */
import { setup } from 'xstate';
import {
  act,
  beyondBounds,
  type Component,
  type Effect,
  type Stimulus,
} from '../../../src/model/index.ts';
import * as m from './messages.ts';
import type { IdempotenceOptions } from './options.ts';
import {
  type Batch,
  type Flight,
  inFlightBatches,
  isNextSequence,
  markUnresolved,
  type Outcome,
  type Producer,
  reenqueue,
  settle,
} from './sequences.ts';

type Events =
  | { type: 'SEND' | 'SEND_AGAIN' | 'PASS_DEADLINE' | 'EXPIRE' }
  | { type: 'FALL_SILENT'; broker: string }
  | m.Disconnected
  | m.Metadata
  | m.ProduceResponse;

/** What the client does, given the deployment. */
class Client {
  private readonly all: IdempotenceOptions;
  constructor(all: IdempotenceOptions) {
    this.all = all;
  }

  /** May a request go out now? One at a time if one is allowed: the partition is muted meanwhile. */
  private hasSlot({ flights, leader }: Producer): boolean {
    const { inFlight, rules } = this.all;
    const there = flights.filter(({ to }) => to === leader).length;
    if (inFlight === 1) return flights.length === 0;
    return there < inFlight && (rules.sendsToTwoLeaders || there === flights.length);
  }

  /** New records wait for batches that go again, and for sequences that are not resolved. */
  maySend(me: Producer): boolean {
    const isLeft = me.outcomes.includes('unsent');
    return isLeft && me.queue.length === 0 && me.unresolved === null && this.hasSlot(me);
  }

  /** The first in the queue, if it is the first in sequence too (shouldStopDrainBatchesForPartition). */
  maySendAgain(me: Producer): boolean {
    const [batch] = me.queue;
    if (batch === undefined || !this.hasSlot(me)) return false;
    const { enableIdempotence, rules } = this.all;
    if (!enableIdempotence || !rules.retriesInSequence) return true;
    return inFlightBatches(me)[0]!.record === batch.record;
  }

  send(me: Producer): Effect<Producer> {
    const { enableIdempotence } = this.all;
    const batch: Batch = {
      record: me.outcomes.indexOf('unsent'),
      epoch: me.epoch,
      seq: me.nextSeq,
      failures: 0,
      renumbered: false,
      doubtful: false,
    };
    const nextSeq = enableIdempotence ? me.nextSeq + 1 : m.NONE;
    return this.transmit({ ...me, nextSeq }, batch);
  }

  sendAgain(me: Producer): Effect<Producer> {
    const [batch, ...queue] = me.queue;
    return this.transmit({ ...me, queue }, { ...batch!, renumbered: false });
  }

  private transmit(me: Producer, batch: Batch): Effect<Producer> {
    const { record, epoch, seq } = batch;
    const produce: m.Produce = { type: 'PRODUCE', to: me.leader, batch: { record, epoch, seq } };
    // acks=0: sent is as good as acknowledged.
    if (this.all.acks === 0) return { set: told(me, record, 'acknowledged'), send: [produce] };
    const flight: Flight = { batch, to: me.leader, over: false };
    const pending = told(me, record, 'pending');
    return { set: { ...pending, flights: [...me.flights, flight] }, send: [produce] };
  }

  /** Sender.completeBatch, for one answer. */
  answered(me: Producer, { record, error, offset }: m.ProduceResponse): Effect<Producer> {
    const flight = me.flights.find(({ batch }) => batch.record === record)!;
    const rest = { ...me, flights: me.flights.filter((other) => other !== flight) };
    if (error !== null) return this.settled(this.failed(rest, flight, error));
    const lastAcked = Math.max(me.lastAcked, flight.batch.seq);
    const acked = { ...rest, lastAcked };
    return this.settled(flight.over ? acked : told(acked, record, 'acknowledged', offset));
  }

  /** Every request on the connection fails, the oldest first (NetworkClient.cancelInFlightRequests). */
  disconnected(me: Producer, { from }: m.Disconnected): Effect<Producer> {
    const gone = me.flights.filter(({ to }) => to === from);
    const rest = { ...me, flights: me.flights.filter(({ to }) => to !== from) };
    return this.settled(
      gone.reduce((now, flight) => this.failed(now, flight, 'NETWORK_EXCEPTION'), rest),
    );
  }

  /** An attempt failed: the batch goes again, or it is given up (Sender.canRetry, failBatch). */
  private failed(me: Producer, { batch, over }: Flight, error: m.ProduceError): Producer {
    if (over) return me;
    const { retries, rules } = this.all;
    const isDoubtful =
      error === 'NETWORK_EXCEPTION' ||
      (error === 'NOT_LEADER_OR_FOLLOWER' && !rules.notLeaderIsDefinite);
    const hurt: Batch = {
      ...batch,
      failures: Math.min(batch.failures + 1, retries ?? 1),
      doubtful: batch.doubtful || isDoubtful,
    };
    const isLeft = retries === null || batch.failures < retries;
    const inTime = batch.record >= me.overdue;
    if (!isLeft || !inTime || error === 'INVALID_PRODUCER_EPOCH') {
      return this.givenUp(me, hurt, isLeft);
    }
    const isReset = error === 'NETWORK_EXCEPTION' && !rules.retriesKeepTheirSequence;
    const isGap = error === 'OUT_OF_ORDER_SEQUENCE_NUMBER' && this.isGap(me, batch);
    const again = reenqueue(me, hurt, rules);
    return isGap || isReset ? { ...again, epochBumpRequired: true } : again;
  }

  /**
   * The leader lacks a predecessor of `batch`. Does it lack it for good? Not if that may still come: if
   * the batch is not the next one, or follows one that is not resolved (TransactionManager.canRetry).
   */
  private isGap(me: Producer, { seq, renumbered }: Batch): boolean {
    if (!this.all.rules.retriesLaterBatches) return true;
    if (me.unresolved !== null) return seq === me.unresolved;
    return !renumbered && isNextSequence(me, seq);
  }

  /**
   * The application is told that the batch failed (Sender.failBatch, TransactionManager.handleFailedBatch).
   * @param adjusts the sequence is taken to be free again: not if the retries are used up.
   */
  private givenUp(me: Producer, batch: Batch, adjusts: boolean): Producer {
    const now = told(me, batch.record, batch.doubtful ? 'unknown' : 'failed');
    if (!this.all.enableIdempotence || !adjusts) return now;
    return { ...now, epochBumpRequired: true };
  }

  /** delivery.timeout.ms is over for the oldest record that is still pending. */
  passDeadline(me: Producer): Effect<Producer> {
    return { set: { overdue: me.outcomes.indexOf('pending', me.overdue) + 1 } };
  }

  /**
   * Batches that ran out of time are failed, in the queue and in flight, each list up to the first that
   * has time left (RecordAccumulator.expiredBatches, Sender.getExpiredInflightBatches). A batch that goes
   * out for the first time leaves its sequence as it is: its answer may still come.
   */
  expire(me: Producer): Effect<Producer> {
    const isOverdue = ({ record }: Batch): boolean => record < me.overdue;
    const queued = until(me.queue, (batch) => !isOverdue(batch));
    const flying = until(me.flights, ({ batch }) => !isOverdue(batch)).filter(({ over }) => !over);
    const expired = [...queued, ...flying.map(({ batch }) => ({ ...batch, doubtful: true }))];
    const flights = me.flights.map((f) => (flying.includes(f) ? { ...f, over: true } : f));
    const rest = { ...me, queue: me.queue.slice(queued.length), flights };
    const now = expired.reduce((known, batch) => {
      const given = told(known, batch.record, batch.doubtful ? 'unknown' : 'failed');
      const isRetry = batch.failures > 0 && this.all.enableIdempotence;
      return isRetry ? markUnresolved(given, batch) : given;
    }, rest as Producer);
    return this.settled(now);
  }

  hasOverdue(me: Producer): boolean {
    const { set } = this.expire(me);
    return set!.outcomes!.join() !== me.outcomes.join();
  }

  private settled(me: Producer): Effect<Producer> {
    const now = settle(me, this.all.rules);
    const isBeyond = now.epoch > this.all.bounds.producerEpochs;
    return isBeyond ? { send: [beyondBounds] } : { set: now };
  }
}

/** What the application knows of a record. */
function told(me: Producer, record: number, outcome: Outcome, offset: number | null = null) {
  return {
    ...me,
    outcomes: me.outcomes.with(record, outcome),
    offsets: me.offsets.with(record, offset),
  };
}

function until<T>(items: readonly T[], isEnd: (item: T) => boolean): T[] {
  const end = items.findIndex(isEnd);
  return items.slice(0, end < 0 ? items.length : end);
}

const isSilent = ({ flights, queue }: Producer): boolean =>
  flights.length === 0 && queue.length === 0;

function producerMachine(all: IdempotenceOptions) {
  const client = new Client(all);
  return setup({
    types: {} as { context: Producer; events: Events },
    guards: {
      maySend: ({ context }) => client.maySend(context),
      maySendAgain: ({ context }) => client.maySendAgain(context),
      isPending: ({ context }) => context.outcomes.indexOf('pending', context.overdue) >= 0,
      hasOverdue: ({ context }) => client.hasOverdue(context),
      isSilent: ({ context }) => isSilent(context) && context.nextSeq > 0,
      isAwaited: ({ context, event }) =>
        context.flights.some(({ batch }) => batch.record === (event as m.ProduceResponse).record),
    },
    actions: {
      send: act<Producer, Events>((me) => client.send(me)),
      sendAgain: act<Producer, Events>((me) => client.sendAgain(me)),
      conclude: act<Producer, m.ProduceResponse>((me, event) => client.answered(me, event)),
      retryAll: act<Producer, m.Disconnected>((me, event) => client.disconnected(me, event)),
      turnTo: act<Producer, m.Metadata>((_, { leader }) => ({ set: { leader } })),
      passDeadline: act<Producer, Events>((me) => client.passDeadline(me)),
      expire: act<Producer, Events>((me) => client.expire(me)),
      fallSilent: act<Producer, Events & { broker: string }>((_, { broker }) => ({
        send: [{ type: 'FORGET_PRODUCER', to: broker } as m.ForgetProducer],
      })),
    },
  }).createMachine({
    id: 'producer',
    context: {
      leader: 'b1',
      epoch: all.enableIdempotence ? 0 : m.NONE,
      nextSeq: all.enableIdempotence ? 0 : m.NONE,
      lastAcked: -1,
      unresolved: null,
      epochBumpRequired: false,
      queue: [],
      flights: [],
      overdue: 0,
      outcomes: Array<Outcome>(all.bounds.records).fill('unsent'),
      offsets: Array<null>(all.bounds.records).fill(null),
    },
    initial: 'producing',
    states: {
      producing: {
        on: {
          SEND: { guard: 'maySend', actions: 'send' },
          SEND_AGAIN: { guard: 'maySendAgain', actions: 'sendAgain' },
          PRODUCE_RESPONSE: { guard: 'isAwaited', actions: 'conclude' },
          METADATA: { actions: 'turnTo' },
          DISCONNECTED: { actions: 'retryAll' },
          PASS_DEADLINE: { guard: 'isPending', actions: 'passDeadline' },
          EXPIRE: { guard: 'hasOverdue', actions: 'expire' },
          FALL_SILENT: { guard: 'isSilent', actions: 'fallSilent' },
        },
      },
    },
  });
}

export const producer = (all: IdempotenceOptions): Component => ({ machine: producerMachine(all) });

/** What the application and the client's own clock do. */
export function producerStimuli(all: IdempotenceOptions, brokers: readonly string[]): Stimulus[] {
  const own = (event: Events, kind: Stimulus['class'] = 'protocol'): Stimulus => ({
    to: 'producer',
    event,
    class: kind,
  });
  const deadline: Stimulus = all.retryFitsDelivery
    ? { ...own({ type: 'PASS_DEADLINE' }, 'fault'), cost: { deliveryTimeout: 1 } }
    : own({ type: 'PASS_DEADLINE' });
  return [
    own({ type: 'SEND' }, 'client'),
    own({ type: 'SEND_AGAIN' }),
    deadline,
    own({ type: 'EXPIRE' }),
    ...(all.pauses ? brokers : []).map((broker) => own({ type: 'FALL_SILENT', broker }, 'client')),
  ];
}
