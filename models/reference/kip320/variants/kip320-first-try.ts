/**
 * The first attempt at KIP-320 (TLA+ module Kip320FirstTry): fence by the epochs of *records*.
 *
 * A replica starts to follow without touching its log. A fetch says the epoch of the follower's
 * last record; if the leader has another one there, the follower cuts its log, at any time while it
 * follows. A leader counts only followers whose record in question has the same epoch as its own.
 *
 * The epoch of a record is not the epoch of the follower that holds it: a leader still counts a
 * follower that has not read of the leader's own election, and that one may yet cut its log for
 * somebody else.
 */
import { endOffset, hasOffset, type Log } from '../log.ts';
import type { Replica } from '../replica.ts';
import { type Copyable, hasReachedCurrentEpoch, type Rules, unfenced } from '../rules.ts';
import type { Variant } from '../variant.ts';
import { firstNonMatchingOffsetFromTail } from './kip279.ts';

const epochs = (log: Log): number[] => log.map((record) => record.epoch);

/**
 * Do both hold a record of the same epoch just below `end`? True of an empty prefix. Of followers
 * this is IsFollowerCaughtUpToLeaderEpoch.
 */
const agreesBelow = (log: Log, otherEpochs: number[], end: number): boolean =>
  end === 0 || (hasOffset(log, end - 1) && log[end - 1]!.epoch === otherEpochs[end - 1]);

/** FollowerNeedsTruncation: it is longer, or its last record is of another epoch. */
const partsFrom = (follower: Replica, { log }: Copyable): boolean => {
  const end = endOffset(follower.log);
  return end > endOffset(log) || !agreesBelow(follower.log, epochs(log), end);
};

/** What a leader reads of a follower: the epochs of its records, by offset. */
type Epochs = number[];

const rules: Rules<Epochs, Copyable, null> = {
  progress: (follower) => epochs(follower.log),
  source: unfenced.source,
  // ImprovedLeaderIncHighWatermark
  acknowledges: (leader, member) => agreesBelow(leader.log, member, leader.hw + 1),
  // LeaderShrinkIsrBetterFencing
  hasFallenBehind: (leader, member) => !agreesBelow(leader.log, member, endOffset(leader.log)),
  // LeaderExpandIsrBetterFencing
  mayJoin: (leader, candidate) =>
    agreesBelow(leader.log, candidate, leader.hw) && hasReachedCurrentEpoch(leader),
  // FollowerFetch
  mayFetch: (follower, { log }) => agreesBelow(follower.log, epochs(log), endOffset(follower.log)),
  // BecomeFollower: the log stays as it is (its end is never below the high watermark).
  truncation: (replica) => endOffset(replica.log),
  // FollowerTruncate
  lateTruncation: (follower, source) =>
    partsFrom(follower, source) ? firstNonMatchingOffsetFromTail(source.log, follower.log) : null,
};

export const kip320FirstTry: Variant = {
  name: 'kip320FirstTry',
  module: 'Kip320FirstTry',
  rules,
};
