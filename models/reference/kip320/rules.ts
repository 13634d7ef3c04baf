/**
 * What the members of the KIP-320 family decide differently.
 *
 * All five share the machine of replica.ts; each fills in these rules. `unfenced` holds the ones
 * that module KafkaReplication defines for the older three, so that a variant's own file only says
 * what is its own.
 *
 * A rule gets the deciding replica and what it reads of the other one. What that is differs too:
 * a protocol without epochs in its requests cannot compare them.
 */
import type { Local, Plain } from '../../../src/model/index.ts';
import { endOffset, hasOffset, type Log } from './log.ts';
import type { Replica } from './replica.ts';

/** A replica as the specification's actions read it: its role and its data. */
export interface Seen extends Local {
  readonly value: 'unassigned' | 'leading' | 'following';
  readonly context: Replica;
}

export interface Rules<Progress extends Plain, Source extends Copyable, History extends Plain> {
  /** What a leader reads of a follower to judge how far that one is. */
  readonly progress: (follower: Seen) => Progress;
  /** What a follower reads of a leader it copies from; null if that is no leader in its own eyes. */
  readonly source: (leader: Seen) => Source | null;
  /** What a replica reads of its new leader to find where their logs part. */
  readonly history: (leader: Seen) => History;

  /** Does this member of the leader's ISR allow the high watermark to move up by one? */
  readonly acknowledges: (leader: Replica, member: Progress) => boolean;
  /** May the leader take this member out of its ISR? */
  readonly hasFallenBehind: (leader: Replica, member: Progress) => boolean;
  /** May the leader take this replica into its ISR? */
  readonly mayJoin: (leader: Replica, candidate: Progress) => boolean;
  /** May the follower copy the leader's record at its own end offset? */
  readonly mayFetch: (follower: Replica, source: Source) => boolean;
  /**
   * Where a replica cuts its log when it starts to follow a leader in `leaderEpoch`; null if it may
   * not start yet. An offset beyond the end of its log counts as null: no action of the
   * specification truncates a log to more than it has.
   */
  readonly truncation: (replica: Replica, history: History, leaderEpoch: number) => number | null;
  /** Where a replica cuts its log while it follows; null if there is no need. */
  readonly lateTruncation?: (follower: Replica, source: Source) => number | null;
}

/** What every source offers: the records, and the high watermark that travels with them. */
export type Copyable = { hw: number; log: Log };

// biome-ignore lint/suspicious/noExplicitAny: what is read is each variant's own business.
export type AnyRules = Rules<any, any, any>;

/** ReplicaPresumesLeadership: right or wrong, it acts as a leader. */
export const presumesLeadership = (replica: Seen): boolean => replica.value === 'leading';

/** Whom a replica takes for the leader: itself, the one it follows, or nobody. */
export const presumedLeader = (replica: Seen): string | null =>
  presumesLeadership(replica) ? replica.context.id : replica.context.leader;

/** Whom a replica follows and how far it is: all that is known without epochs. */
export type Position = { leader: string | null; endOffset: number };

/** IsFollowerCaughtUp: it follows this leader and has all records below an offset the leader has. */
const isCaughtUp = (leader: Replica, follower: Position, end: number): boolean =>
  follower.leader === leader.id &&
  (end === 0 || (hasOffset(leader.log, end - 1) && end <= follower.endOffset));

/**
 * The rules of KafkaReplication, without any fencing by epochs: who follows me is up to date with
 * me as far as its log is long, whatever epoch it is in and whatever its records are.
 */
export const unfenced = {
  progress: (follower: Seen): Position => ({
    leader: presumedLeader(follower),
    endOffset: endOffset(follower.context.log),
  }),
  source: (leader: Seen): Copyable | null =>
    presumesLeadership(leader) ? { hw: leader.context.hw, log: leader.context.log } : null,
  // LeaderIncHighWatermark
  acknowledges: (leader: Replica, member: Position): boolean =>
    member.leader === leader.id && leader.hw < member.endOffset,
  // LeaderShrinkIsr
  hasFallenBehind: (leader: Replica, member: Position): boolean =>
    !isCaughtUp(leader, member, endOffset(leader.log)),
  // LeaderExpandIsr
  mayJoin: (leader: Replica, candidate: Position): boolean =>
    isCaughtUp(leader, candidate, leader.hw),
  // FollowerReplicate
  mayFetch: (): boolean => true,
};

/**
 * HasHighWatermarkReachedCurrentEpoch: a new leader's high watermark can be behind the one of the
 * leader before. Only once everything written before its own epoch is committed does it know what
 * a replica outside the ISR must have. Without this a replica joins that lacks committed records.
 */
export const hasReachedCurrentEpoch = (leader: Replica): boolean =>
  leader.hw === endOffset(leader.log) || leader.log[leader.hw]?.epoch === leader.leaderEpoch;
