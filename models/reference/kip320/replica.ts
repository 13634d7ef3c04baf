/**
 * One replica of the partition (TLA+ module KafkaReplication, variables `replicaLog` and
 * `replicaState`).
 *
 * A replica learns its role from LeaderAndIsr requests, in the order of their epochs but not
 * necessarily all of them, and not at the time they are sent. Until it reads a newer one it acts on
 * what it has: an old leader goes on leading and an old follower goes on copying from it. Whether
 * the protocol is safe in spite of that is what the family of specifications is about.
 *
 * Steps are the specification's, and as large: a fetch reads the leader's log and appends to the
 * follower's in one step, so there are no requests and no answers on the way, and what a replica
 * reads of others comes as views with the stimulus.
 */
import { type AnyStateMachine, type EventObject, setup } from 'xstate';
import { act, type Message } from '../../../src/model/index.ts';
import { RECORD_IDS, type TakeId } from './id-sequence.ts';
import { append, endOffset, hasOffset, type Log, truncateTo } from './log.ts';
import {
  type Leadership,
  NO_EPOCH,
  QUORUM,
  type UpdateIsr,
  withMember,
  without,
} from './quorum.ts';
import type { AnyRules } from './rules.ts';

export interface Replica {
  /** Its name. */
  id: string;
  /** How many records its log can hold. */
  logSize: number;
  /** Whom it follows; null unless it is following. Whether it leads itself is its finite state. */
  leader: string | null;
  /** The epoch of the newest LeaderAndIsr request it has read. */
  leaderEpoch: number;
  /** The ISR as that request said, or as it wrote it since, if it leads. Sorted. */
  isr: string[];
  /** The high watermark, exclusive: the records below are committed as far as it knows. */
  hw: number;
  log: Log;
  [key: string]: unknown;
}

// ----- events: one per action, with what the action reads of others as views ----------------

/** Reads the ISR of the request that elects this replica in one epoch; null if there is none. */
interface BecomeLeader extends EventObject {
  type: 'BECOME_LEADER';
  leaderEpoch: number;
  views: { request: string[] | null };
}
/** Reads the ISR of the request that elects `leader` in one epoch, and that one's log. */
interface BecomeFollower extends EventObject {
  type: 'BECOME_FOLLOWER';
  leader: string;
  leaderEpoch: number;
  views: { request: string[] | null; history?: unknown };
}
interface Write extends EventObject {
  type: 'WRITE';
  views: { nextRecordId: number | null };
}
/** Reads the progress of every other replica, by name; null if it does not follow this one. */
interface IncHighWatermark extends EventObject {
  type: 'INC_HIGH_WATERMARK';
  views?: Record<string, unknown>;
}
interface ChangeIsr extends EventObject {
  type: 'SHRINK_ISR' | 'EXPAND_ISR';
  replica: string;
  views: { quorum: Leadership; progress: unknown };
}
/** Reads the leader that it follows; null if that one does not presume leadership. */
interface ReadLeader extends EventObject {
  type: 'FETCH' | 'TRUNCATE';
  leader: string;
  views: { source: { hw: number; log: Log } | null };
}
export type ReplicaEvent =
  | BecomeLeader
  | BecomeFollower
  | Write
  | IncHighWatermark
  | ChangeIsr
  | ReadLeader;

// ----- vocabulary --------------------------------------------------------------------------

export const isFull = (me: Replica): boolean => endOffset(me.log) === me.logSize;
export const isInMyIsr = (me: Replica, replica: string): boolean => me.isr.includes(replica);
/** Is there a record above its high watermark that a leader could still commit? */
export const hasUncommitted = (me: Replica): boolean => hasOffset(me.log, me.hw);
export const isNews = (me: Replica, leaderEpoch: number): boolean => leaderEpoch > me.leaderEpoch;

/**
 * The quorum says so too. A leader that presumes leadership after the quorum has moved on is a
 * zombie: it still serves writes, but cannot change the ISR any more.
 */
const isTrueLeader = (me: Replica, quorum: Leadership): boolean =>
  quorum.leader === me.id && quorum.leaderEpoch === me.leaderEpoch;

/** A new ISR is written to the quorum in the same step (QuorumUpdateLeaderAndIsr). */
const changeIsr = (isr: string[]) => {
  const update: UpdateIsr = { type: 'UPDATE_ISR', to: QUORUM, isr };
  return { set: { isr }, send: [update as Message] };
};

// ----- guards ------------------------------------------------------------------------------

type Question<E> = (me: Replica, event: E) => boolean;

/** A guard from a question about the replica and the event. */
const ask =
  <E extends ReplicaEvent>(question: Question<E>) =>
  ({ context, event }: { context: Replica; event: ReplicaEvent }): boolean =>
    question(context, event as E);

const guards = (rules: AnyRules) => ({
  // BecomeLeader: a request that names this replica and is newer than the last one read.
  isElected: ask<BecomeLeader>(
    (me, { leaderEpoch, views: { request } }) => request !== null && isNews(me, leaderEpoch),
  ),
  // BecomeFollower...: the same for another's leadership, if the variant can say where to truncate.
  // A request without a leader is never obeyed: the actions quantify over leaders that are replicas.
  mayFollow: ask<BecomeFollower>((me, { leaderEpoch, views: { request, history } }) => {
    if (request === null || !isNews(me, leaderEpoch)) return false;
    const offset = rules.truncation(me, history ?? null);
    return offset !== null && offset <= endOffset(me.log);
  }),
  // LeaderWrite: whoever presumes leadership accepts writes.
  mayWrite: ask<Write>((me, { views }) => views.nextRecordId !== null && !isFull(me)),
  // LeaderIncHighWatermark: the leader's own ISR decides, not the quorum's; the leader is asked too.
  isAcknowledged: ask<IncHighWatermark>(
    (me, { views }) =>
      me.hw < me.logSize &&
      me.isr.every((member) => {
        const progress = progressOf(rules, me, member, views);
        return progress !== null && rules.acknowledges(me, progress);
      }),
  ),
  // LeaderShrinkIsr
  mayShrink: ask<ChangeIsr>(
    (me, { replica, views }) =>
      isInMyIsr(me, replica) &&
      isTrueLeader(me, views.quorum) &&
      (views.progress === null || rules.hasFallenBehind(me, views.progress)),
  ),
  // LeaderExpandIsr
  mayExpand: ask<ChangeIsr>(
    (me, { replica, views }) =>
      !isInMyIsr(me, replica) &&
      isTrueLeader(me, views.quorum) &&
      views.progress !== null &&
      rules.mayJoin(me, views.progress),
  ),
  // FollowerReplicate: there must be a next record, and room for it.
  mayFetch: ask<ReadLeader>(
    (me, { leader, views: { source } }) =>
      me.leader === leader &&
      source !== null &&
      !isFull(me) &&
      hasOffset(source.log, endOffset(me.log)) &&
      rules.mayFetch(me, source),
  ),
  // FollowerTruncate, which only the first try at KIP-320 has.
  mustTruncate: ask<ReadLeader>((me, { leader, views: { source } }) => {
    if (me.leader !== leader || source === null) return false;
    const offset = rules.lateTruncation?.(me, source) ?? null;
    return offset !== null && offset <= endOffset(me.log);
  }),
});

/** How far a member of its ISR is, for a leader; of itself it knows without a view. */
function progressOf(
  rules: AnyRules,
  me: Replica,
  member: string,
  views: Record<string, unknown> | undefined,
): unknown {
  return member === me.id ? rules.progress(me) : views?.[member];
}

// ----- actions -----------------------------------------------------------------------------

const actions = (rules: AnyRules) => ({
  // The high watermark stays as it was: usually behind the one of the leader before.
  lead: act<Replica, BecomeLeader>((_, { leaderEpoch, views }) => ({
    set: { leader: null, leaderEpoch, isr: views.request! },
  })),
  // BecomeFollowerAndTruncateTo: nothing above the cut can count as committed any more.
  follow: act<Replica, BecomeFollower>((me, { leader, leaderEpoch, views }) => {
    const offset = rules.truncation(me, views.history ?? null)!;
    return { set: { leader, leaderEpoch, isr: views.request!, ...cut(me, offset) } };
  }),
  write: act<Replica, Write>((me, { views }) => {
    const record = { id: views.nextRecordId!, epoch: me.leaderEpoch };
    const taken: TakeId = { type: 'TAKE_ID', to: RECORD_IDS };
    return { set: { log: append(me.log, record) }, send: [taken] };
  }),
  incHighWatermark: act<Replica, IncHighWatermark>((me) => ({ set: { hw: me.hw + 1 } })),
  shrinkIsr: act<Replica, ChangeIsr>((me, { replica }) => changeIsr(without(me.isr, replica))),
  expandIsr: act<Replica, ChangeIsr>((me, { replica }) => changeIsr(withMember(me.isr, replica))),
  // The leader's high watermark comes with the record, as far as the follower has the records.
  copyNext: act<Replica, ReadLeader>((me, { views }) => {
    const { hw, log } = views.source!;
    const longer = append(me.log, log[endOffset(me.log)]!);
    return { set: { log: longer, hw: Math.min(hw, endOffset(longer)) } };
  }),
  cutLate: act<Replica, ReadLeader>((me, { views }) => ({
    set: cut(me, rules.lateTruncation!(me, views.source)!),
  })),
});

const cut = (me: Replica, offset: number): Pick<Replica, 'log' | 'hw'> => ({
  log: truncateTo(me.log, offset),
  hw: Math.min(offset, me.hw),
});

// ----- the machine -------------------------------------------------------------------------

/** A replica that decides by `rules`. */
export function replicaMachine(rules: AnyRules): AnyStateMachine {
  return setup({
    types: {} as {
      context: Replica;
      events: ReplicaEvent;
      input: { id: string; logSize: number };
    },
    guards: guards(rules),
    actions: actions(rules),
  }).createMachine({
    id: 'replica',
    context: ({ input: { id, logSize } }) => ({
      id,
      logSize,
      leader: null,
      leaderEpoch: NO_EPOCH,
      isr: [],
      hw: 0,
      log: [],
    }),
    initial: 'unassigned',
    on: {
      BECOME_LEADER: { guard: 'isElected', target: '.leading', actions: 'lead' },
      BECOME_FOLLOWER: { guard: 'mayFollow', target: '.following', actions: 'follow' },
    },
    states: {
      unassigned: {},
      leading: {
        on: {
          WRITE: { guard: 'mayWrite', actions: 'write' },
          INC_HIGH_WATERMARK: { guard: 'isAcknowledged', actions: 'incHighWatermark' },
          SHRINK_ISR: { guard: 'mayShrink', actions: 'shrinkIsr' },
          EXPAND_ISR: { guard: 'mayExpand', actions: 'expandIsr' },
        },
      },
      following: {
        on: {
          FETCH: { guard: 'mayFetch', actions: 'copyNext' },
          TRUNCATE: { guard: 'mustTruncate', actions: 'cutLate' },
        },
      },
    },
  });
}
