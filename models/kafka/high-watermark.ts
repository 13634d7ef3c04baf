/**
 * The leader's high watermark: how far it may move, and whom it tells.
 * Source: core/.../kafka/cluster/Partition.scala (symbols named at each function).
 */
import type { Effect } from '../../src/model/index.ts';
import { endOffset } from './log.ts';
import type { Acks, Exposed, ProduceResponse } from './messages.ts';
import type { Leadership, Replica } from './replica.ts';
import type { Rules } from './rules.ts';

/** What all brokers of a system have in common. */
export interface Settings {
  replicas: readonly string[];
  /** min.insync.replicas, not above the number of replicas (Partition.effectiveMinIsr). */
  minIsr: number;
  acks: Acks;
  /** Is every record on disk before it counts (log.flush.interval.messages=1)? */
  flushesEveryRecord: boolean;
  /** May records of a fetch be read after leadership was lost? */
  readsLate: boolean;
  /** Do clients read, and act on what they read? */
  servesReaders: boolean;
  /** Is a record that the log has already not appended again? */
  deduplicates: boolean;
  rules: Rules;
}

export type Leader = Replica & { leadership: Leadership };
export type Effects = Effect<Replica>;

export const leads = (replica: Replica): Leader => replica as Leader;
export const reply = (value: number, outcome: ProduceResponse['outcome']): ProduceResponse => ({
  type: 'PRODUCE_RESPONSE',
  to: 'producer',
  value,
  outcome,
});

export const expose = ({ log, highWatermark }: Replica): Exposed => ({
  type: 'EXPOSED',
  to: 'ledger',
  entries: log.entries.slice(0, highWatermark),
});

/** Both effects, the second computed on the result of the first. (A module that exports `then` would pass for a promise.) */
export function andThen(
  replica: Replica,
  first: Effects,
  second: (r: Replica) => Effects,
): Effects {
  const next = second({ ...replica, ...first.set } as Replica);
  return {
    set: { ...first.set, ...next.set },
    send: [...(first.send ?? []), ...(next.send ?? [])],
  };
}

/**
 * Moves the high watermark as far as every member of the ISR is known to have the log, shows it to
 * readers, and answers the produce requests it passes (Partition.maybeIncrementLeaderHW,
 * checkEnoughReplicasReachOffset).
 *
 * Left out: for replica.lag.time.max.ms the real leader also waits for a follower that was caught up
 * and is not yet a member, so that the high watermark does not run away from a joiner. Time is not
 * bounded here, so the wait may always be over.
 */
export function advance(settings: Settings, replica: Replica): Effects {
  const { rules, minIsr } = settings;
  const { leadership, log } = leads(replica);
  if (rules.highWatermarkNeedsMinIsr && leadership.isr.length < minIsr) return {};
  const ends = rules
    .isrForHighWatermark(leadership)
    .map((member) =>
      member === replica.id ? endOffset(log) : (leadership.followers[member]?.endOffset ?? -1),
    );
  const highWatermark = Math.min(endOffset(log), ...ends);
  if (highWatermark <= replica.highWatermark) return {};
  const isWaiting = ({ offset }: { offset: number }): boolean => offset >= highWatermark;
  const members = new Set([...leadership.isr, ...Object.keys(leadership.pending?.isr ?? {})]);
  // Below min.insync.replicas by now: committed, but with fewer copies than were asked for.
  const outcome = members.size >= minIsr ? 'acknowledged' : 'unknown';
  const answers = leadership.waiting
    .filter((w) => !isWaiting(w))
    .map((w) => reply(w.value, outcome));
  const waiting = leadership.waiting.filter(isWaiting);
  const set = { highWatermark, leadership: { ...leadership, waiting } };
  return { set, send: [expose({ ...replica, highWatermark }), ...answers] };
}
