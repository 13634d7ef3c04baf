/**
 * KIP-279 (TLA+ module Kip279): the logs are compared record by record, from the end backwards.
 *
 * A new follower keeps its log up to the last record that the leader has at the same offset. That
 * finds where the logs part after any number of elections. What stays is that nothing is fenced: the
 * follower may compare with a leader that has not read of its own election or has lost a later
 * one, and a new leader, whose high watermark is behind, takes replicas into the ISR that lack
 * committed records.
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
