/**
 * KIP-279 (TLA+ module Kip279): the logs are compared record by record, from the end backwards.
 *
 * A new follower keeps its log up to the last record that the leader has at the same offset. That
 * finds where the logs part after any number of elections, but still asks a leader that may be
 * behind: one that has not read of its own election, or is about to follow somebody else. Such a
 * leader cuts its own log later, and the follower has compared with a log that is no more.
 */
import { hasEntry, type Log } from '../log.ts';
import { type Copyable, type Rules, type Seen, unfenced } from '../rules.ts';
import type { Variant } from '../variant.ts';

/** One more than the last offset at which both logs hold the same record; 0 if there is none. */
export function firstNonMatchingOffsetFromTail(leaderLog: Log, replicaLog: Log): number {
  return replicaLog.findLastIndex((record, offset) => hasEntry(leaderLog, record, offset)) + 1;
}

const rules: Rules<number, Copyable, Log> = {
  ...unfenced,
  history: (leader: Seen) => leader.context.log,
  // BecomeFollowerTruncateKip279
  truncation: (replica, leaderLog) => firstNonMatchingOffsetFromTail(leaderLog!, replica.log),
};

export const kip279: Variant = { name: 'kip279', module: 'Kip279', rules };
