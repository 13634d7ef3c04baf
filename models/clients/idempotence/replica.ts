/**
 * What a broker does with its replica: read requests, append, answer, copy its leader's log.
 *
 * Sources: core/.../kafka/server/ReplicaManager.scala (appendRecords), cluster/Partition.scala
 * (makeFollower), DelayedProduce; UnifiedLog.append.
 */
import type { Effect, Message } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import { judge, type ProducerState, rebuild, remember } from './producer-state.ts';
import type { Rules } from './rules.ts';

/** A request that was appended, or found to be a duplicate. */
export type Serving = { record: number; offset: number };

export type Broker = {
  id: string;
  /** The other replica; null if there is none. */
  peer: string | null;
  log: m.Stored[];
  /** Batches below this offset are committed. Exclusive. */
  highWatermark: number;
  /** What is remembered of the producer; null if nothing is. */
  state: ProducerState | null;
  /** Offset below which batches have expired from the state. */
  expired: number;
  /** Requests on the live connection that were not read yet. */
  inbox: m.Stored[];
  /** The request read last, while it waits for the high watermark. */
  serving: Serving | null;
  /** Answers on their way to the client. */
  outbox: m.ProduceResponse[];
  /** Unread requests of broken connections, one list a connection. */
  late: m.Stored[][];
  [key: string]: unknown;
};

export interface BrokerSettings {
  acks: m.Acks;
  window: number;
  rules: Rules;
}

export type ReadLate = { type: 'READ_LATE'; connection: number };
type Effects = Effect<Broker>;

/** What is said about a batch: where it is, or what is wrong with it. */
type Reply = { record: number; offset?: number; error?: m.ProduceError; atOnce?: boolean };

const answer = (
  { id }: Broker,
  {
    record,
    offset = null,
    error = null,
  }: Pick<m.ProduceResponse, 'record'> & Partial<m.ProduceResponse>,
): m.ProduceResponse => ({
  type: 'PRODUCE_RESPONSE',
  to: 'producer',
  from: id,
  record,
  error,
  offset,
});

export const toPeer = ({ peer }: Broker, message: object): Message[] =>
  peer === null ? [] : [{ ...message, to: peer } as Message];

/** What a broker does, given what all brokers have in common. */
export class Steps {
  private readonly settings: BrokerSettings;
  constructor(settings: BrokerSettings) {
    this.settings = settings;
  }

  /** The next request of the live connection (ReplicaManager.appendRecords). */
  read(me: Broker): Effects {
    const [batch, ...inbox] = me.inbox;
    const { set, reply } = this.take(me, batch!);
    return { set: { inbox, ...set, ...this.replied(me, reply) } };
  }

  /** A request that outlived its connection: nobody hears its answer. */
  readLate(me: Broker, { connection }: ReadLate): Effects {
    const [batch, ...rest] = me.late[connection]!;
    const late = me.late.with(connection, rest);
    return { set: { ...this.take(me, batch!).set, late } };
  }

  private take(me: Broker, batch: m.Stored): { set: Partial<Broker>; reply: Reply } {
    const { rules, window } = this.settings;
    const { record } = batch;
    const verdict = judge(me.state, batch, rules);
    if (verdict === 'append') {
      const offset = me.log.length;
      const set: Partial<Broker> = {
        log: [...me.log, batch],
        state: remember(me.state, batch, offset, window),
      };
      if (me.peer === null) set.highWatermark = offset + 1;
      return { set, reply: { record, offset } };
    }
    if ('error' in verdict) return { set: {}, reply: { record, error: verdict.error } };
    const reply = { record, offset: verdict.duplicateAt };
    // Without the wait a batch that only the old leader has would be acknowledged.
    return { set: {}, reply: rules.duplicatesWaitForCommit ? reply : { ...reply, atOnce: true } };
  }

  /** acks=all: the answer waits until the batch is committed. acks=0: there is none. */
  private replied(me: Broker, reply: Reply): Partial<Broker> {
    const { acks } = this.settings;
    if (acks === 0) return {};
    const { record, offset = null, error = null, atOnce = false } = reply;
    const waits = acks === -1 && offset !== null && !atOnce;
    if (waits && me.peer !== null && offset >= me.highWatermark) {
      return { serving: { record, offset } };
    }
    return { outbox: [...me.outbox, answer(me, { record, offset, error })] };
  }

  /** A broker that does not lead. */
  refuse(me: Broker): Effects {
    const [batch, ...inbox] = me.inbox;
    const reply: Reply = { record: batch!.record, error: 'NOT_LEADER_OR_FOLLOWER' };
    return { set: { inbox, ...this.replied(me, reply) } };
  }

  /** The follower has the whole log: it is committed, and whoever waited for that is answered. */
  serveFetch(me: Broker): Effects {
    const { log, serving, outbox } = me;
    const set: Partial<Broker> = { highWatermark: log.length };
    if (serving && serving.offset < log.length) {
      set.serving = null;
      set.outbox = [...outbox, answer(me, serving)];
    }
    return { set, send: toPeer(me, { type: 'COPY', log }) };
  }

  /**
   * Another leads now. A request that waits for the high watermark is answered with an error, though
   * its batch may survive (Partition.makeFollower, DelayedProduce).
   */
  stepDown(me: Broker): Effects {
    if (me.serving === null) return {};
    const { record } = me.serving;
    const refusal = answer(me, { record, error: 'NOT_LEADER_OR_FOLLOWER' });
    return { set: { serving: null, outbox: [...me.outbox, refusal] } };
  }

  /**
   * The follower's log becomes its leader's: what only the follower had is cut off, and the state with
   * it; what it lacked is appended without being judged, and remembered.
   */
  copy(me: Broker, { log }: m.Copy): Effects {
    const { rules, window } = this.settings;
    const differs = me.log.findIndex((batch, offset) => !isSame(batch, log[offset]));
    const agreed = differs < 0 ? me.log.length : differs;
    const cut = agreed < me.log.length && rules.stateFollowsTruncation;
    const kept = cut ? rebuild(log.slice(0, agreed), me.expired, window) : me.state;
    const state = log
      .slice(agreed)
      .reduce((known, batch, i) => remember(known, batch, agreed + i, window), kept);
    return {
      set: {
        log,
        highWatermark: log.length,
        state: rules.followersKeepState ? state : kept,
        expired: Math.min(me.expired, agreed),
      },
    };
  }

  /** The process dies; its disk keeps the log. */
  start(me: Broker): Effects {
    const { rules, window } = this.settings;
    return {
      set: { state: rules.restartRebuildsState ? rebuild(me.log, me.expired, window) : null },
    };
  }
}

const isSame = (a: m.Stored, b: m.Stored | undefined): boolean =>
  b !== undefined && a.record === b.record && a.epoch === b.epoch && a.seq === b.seq;
