/**
 * KIP-320 (TLA+ module Kip320): fence by the epochs of the *replicas*.
 *
 * Leader and follower deal with each other only while both are in the same leader epoch: to find
 * where their logs part, to fetch, to count for the high watermark, to join the ISR. A zombie has
 * nobody to deal with as soon as the others have read of the new epoch, and until then they are as
 * old as it is. The logs are compared as in KIP-279.
 */
import { endOffset, hasOffset, type Log } from '../log.ts';
import type { Replica } from '../replica.ts';
import {
  type Copyable,
  hasReachedCurrentEpoch,
  presumedLeader,
  type Rules,
  type Seen,
  unfenced,
} from '../rules.ts';
import type { Variant } from '../variant.ts';
import { firstNonMatchingOffsetFromTail } from './kip279.ts';

/** Whom a replica follows in which epoch, and how far it is. */
type FencedPosition = { leader: string | null; leaderEpoch: number; endOffset: number };
type FencedSource = Copyable & { leaderEpoch: number };
type FencedHistory = { leaderEpoch: number; log: Log } | null;

/** IsFollowingLeaderEpoch */
const isInMyEpoch = (leader: Replica, follower: FencedPosition): boolean =>
  follower.leader === leader.id && follower.leaderEpoch === leader.leaderEpoch;

const rules: Rules<FencedPosition, FencedSource, FencedHistory> = {
  progress: (follower: Seen) => ({
    leader: presumedLeader(follower),
    leaderEpoch: follower.context.leaderEpoch,
    endOffset: endOffset(follower.context.log),
  }),
  source: (leader: Seen) => {
    const copyable = unfenced.source(leader);
    return copyable && { ...copyable, leaderEpoch: leader.context.leaderEpoch };
  },
  history: (leader: Seen) => {
    const { value, context } = leader;
    return value === 'leading' ? { leaderEpoch: context.leaderEpoch, log: context.log } : null;
  },
  // FencedLeaderIncHighWatermark: the leader itself must have the record too.
  acknowledges: (leader, member) =>
    hasOffset(leader.log, leader.hw) && isInMyEpoch(leader, member) && leader.hw < member.endOffset,
  // FencedLeaderShrinkIsr
  hasFallenBehind: (leader, member) =>
    !isInMyEpoch(leader, member) || member.endOffset < endOffset(leader.log),
  // FencedLeaderExpandIsr
  mayJoin: (leader, candidate) =>
    isInMyEpoch(leader, candidate) &&
    leader.hw <= candidate.endOffset &&
    hasReachedCurrentEpoch(leader),
  // FencedFollowerFetch
  mayFetch: (follower, source) => source.leaderEpoch === follower.leaderEpoch,
  // FencedBecomeFollowerAndTruncate: wait until the leader has read of its own election.
  truncation: (replica, history, leaderEpoch) =>
    history?.leaderEpoch === leaderEpoch
      ? firstNonMatchingOffsetFromTail(history.log, replica.log)
      : null,
};

export const kip320: Variant = { name: 'kip320', module: 'Kip320', rules };
