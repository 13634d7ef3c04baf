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
import { type Copyable, hasReachedCurrentEpoch, presumesLeadership, type Rules } from '../rules.ts';
import type { Variant } from '../variant.ts';
import { firstNonMatchingOffsetFromTail } from './kip279.ts';

/** What a follower says with every fetch: the leader epoch it is in, and how far its log is. */
type Fetch = { leaderEpoch: number; endOffset: number };
type FencedSource = Copyable & { leaderEpoch: number };

/** The rest of IsFollowingLeaderEpoch, once it is known whom the replica follows. */
const isInSameEpoch = (me: Replica, other: { leaderEpoch: number }): boolean =>
  me.leaderEpoch === other.leaderEpoch;

const rules: Rules<Fetch, FencedSource, Log> = {
  progress: ({ leaderEpoch, log }) => ({ leaderEpoch, endOffset: endOffset(log) }),
  source: ({ leaderEpoch, hw, log }) => ({ leaderEpoch, hw, log }),
  // A leader answers once it has read of its own election in that epoch, and no other.
  history: (leader, leaderEpoch) => {
    const isInEpoch = presumesLeadership(leader) && leader.context.leaderEpoch === leaderEpoch;
    return isInEpoch ? leader.context.log : null;
  },
  // FencedLeaderIncHighWatermark: the leader itself must have the record too.
  acknowledges: (leader, member) =>
    hasOffset(leader.log, leader.hw) &&
    isInSameEpoch(leader, member) &&
    leader.hw < member.endOffset,
  // FencedLeaderShrinkIsr
  hasFallenBehind: (leader, member) =>
    !isInSameEpoch(leader, member) || member.endOffset < endOffset(leader.log),
  // FencedLeaderExpandIsr
  mayJoin: (leader, candidate) =>
    isInSameEpoch(leader, candidate) &&
    leader.hw <= candidate.endOffset &&
    hasReachedCurrentEpoch(leader),
  // FencedFollowerFetch
  mayFetch: isInSameEpoch,
  // FencedBecomeFollowerAndTruncate
  truncation: (replica, leaderLog) =>
    leaderLog && firstNonMatchingOffsetFromTail(leaderLog, replica.log),
};

export const kip320: Variant = { name: 'kip320', module: 'Kip320', rules };
