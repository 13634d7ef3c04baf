/**
 * KIP-101 (TLA+ module Kip101): every record carries the epoch of the leader that wrote it.
 *
 * A new follower tells its new leader the epoch of its latest record; the leader answers with the
 * offset at which it has something newer, and the follower cuts there. After elections in quick
 * succession the leader may never have heard of that epoch and have nothing newer either. Then the
 * follower cuts at its high watermark after all, and loses what the older records had gained.
 */
import { endOffset, type Log, latestRecord } from '../log.ts';
import type { Replica } from '../replica.ts';
import { type Copyable, type Rules, type Seen, unfenced } from '../rules.ts';
import type { Variant } from '../variant.ts';

/**
 * The leader's answer (LookupOffsetForEpoch): the end of its log if its latest record is of that
 * epoch, else the offset of its first record of a later epoch. Where it knows neither, the follower
 * falls back on its own high watermark, as before KIP-101.
 */
function offsetForEpoch(replica: Replica, leaderLog: Log, epoch: number): number {
  if (latestRecord(leaderLog)?.epoch === epoch) return endOffset(leaderLog);
  const firstLarger = leaderLog.findIndex((record) => record.epoch > epoch);
  return firstLarger < 0 ? replica.hw : firstLarger;
}

const rules: Rules<number, Copyable, Log> = {
  ...unfenced,
  // The leader answers whatever its role and epoch: the request is not fenced.
  history: (leader: Seen) => leader.context.log,
  // BecomeFollowerTruncateKip101
  truncation: (replica, leaderLog) => {
    const latest = latestRecord(replica.log);
    return latest === undefined ? 0 : offsetForEpoch(replica, leaderLog!, latest.epoch);
  },
};

export const kip101: Variant = { name: 'kip101', module: 'Kip101', rules };
