/**
 * What the members of the KIP-320 family decide differently.
 *
 * All five share the machine of replica.ts; each fills in these rules. `unfenced` holds the ones
 * that module KafkaReplication defines for the older three, so that a variant's own file only says
 * what is its own.
 *
 * A rule gets the deciding replica and what it reads of the other one. What that is differs too: a
 * protocol that sends no epochs cannot compare them. Two questions all variants ask alike, and
 * the machine asks them before any rule: a leader only counts replicas that take it for the
 * leader, and a follower only copies from one that presumes leadership.
 */
import type { Local, Plain } from '../../../src/model/index.ts';
import { endOffset, hasOffset, type Log } from './log.ts';
import type { Replica } from './replica.ts';

/** A replica as others see it: its role and its data. */
export interface Seen extends Local {
  readonly value: 'unassigned' | 'leading' | 'following';
  readonly context: Replica;
}

export interface Rules<Progress extends Plain, Source extends Copyable, History extends Plain> {
  /** What a leader reads of a replica that follows it, to judge how far that one is. */
  readonly progress: (follower: Replica) => Progress;
  /** What a follower reads of the leader it copies from. */
  readonly source: (leader: Replica) => Source;
  /**
   * What a replica reads of its new leader in `leaderEpoch` to find where their logs part; null if
   * that one has no answer for it. Left out, it reads nothing.
   */
  readonly history?: (leader: Seen, leaderEpoch: number) => History | null;

  /** Does this member of the leader's ISR allow the high watermark to move up by one? */
  readonly acknowledges: (leader: Replica, member: Progress) => boolean;
  /** May the leader take this member out of its ISR, though it follows? */
  readonly hasFallenBehind: (leader: Replica, member: Progress) => boolean;
  /** May the leader take this follower into its ISR? */
  readonly mayJoin: (leader: Replica, candidate: Progress) => boolean;
  /** May the follower copy the leader's record at its own end offset? */
  readonly mayFetch: (follower: Replica, source: Source) => boolean;
  /**
   * Where a replica cuts its log when it starts to follow; null if it may not start yet. An offset
   * beyond the end of its log counts as null: no action of the specification truncates a log to
   * more than it has.
   */
  readonly truncation: (replica: Replica, history: History | null) => number | null;
  /** Where a replica cuts its log while it follows; null if there is no need. */
  readonly lateTruncation?: (follower: Replica, source: Source) => number | null;
}

/** What every source offers: the records, and the high watermark that travels with them. */
export type Copyable = { hw: number; log: Log };

// biome-ignore lint/suspicious/noExplicitAny: what is read is each variant's own business.
export type AnyRules = Rules<any, any, any>;

/** ReplicaPresumesLeadership: right or wrong, it acts as a leader. */
export const presumesLeadership = (replica: Seen): boolean => replica.value === 'leading';

/** IsFollowerCaughtUp: the follower's log reaches up to `end`, and the leader's own does. */
const isCaughtUp = (leader: Replica, followerEnd: number, end: number): boolean =>
  end === 0 || (hasOffset(leader.log, end - 1) && end <= followerEnd);

/**
 * The rules of KafkaReplication, without any fencing by epochs: who follows me is up to date with
 * me as far as its log is long, whatever epoch it is in and whatever its records are.
 */
export const unfenced = {
  progress: (follower: Replica): number => endOffset(follower.log),
  source: ({ hw, log }: Replica): Copyable => ({ hw, log }),
  // LeaderIncHighWatermark
  acknowledges: (leader: Replica, memberEnd: number): boolean => leader.hw < memberEnd,
  // LeaderShrinkIsr
  hasFallenBehind: (leader: Replica, memberEnd: number): boolean =>
    !isCaughtUp(leader, memberEnd, endOffset(leader.log)),
  // LeaderExpandIsr
  mayJoin: (leader: Replica, candidateEnd: number): boolean =>
    isCaughtUp(leader, candidateEnd, leader.hw),
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
