/**
 * What a follower does: ask its leader for records, and cut its log back to the leader's.
 * Source: core/.../kafka/server/AbstractFetcherThread.scala, ReplicaFetcherThread.scala.
 */
import type { Effect, Message } from '../../src/model/index.ts';
import type { Settings } from './high-watermark.ts';
import {
  append,
  type EpochEnd,
  endOffset,
  endOffsetFor,
  type Log,
  latestEpoch,
  NO_EPOCH,
} from './log.ts';
import type { EpochAnswer, EpochQuery, Fetch, FetchResponse, Image } from './messages.ts';
import type { Replica } from './replica.ts';

type Effects = Effect<Replica>;

/** Follows the leader of a new epoch, or nobody (Partition.makeFollower). */
export function follow(settings: Settings, replica: Replica, image: Image): Effects {
  const { rules } = settings;
  const sameLeader = image.leader !== null && image.leader === replica.leader;
  if (sameLeader && !rules.newEpochOfSameLeaderCounts) {
    return { set: { leaderEpoch: image.leaderEpoch } };
  }
  const log = rules.cutBeforeFollowing(replica);
  const set: Partial<Replica> = {
    ...cut(replica, log),
    leaderEpoch: image.leaderEpoch,
    leader: image.leader,
    // A log without epochs agrees with any other: there is nothing to ask.
    truncated: rules.truncation !== 'onNewEpoch' || latestEpoch(log) === NO_EPOCH,
    leadership: null,
  };
  return { set };
}

/** One round to the leader: the fetch, or before KIP-595 first the question where to cut. */
export function ask(settings: Settings, replica: Replica, late: boolean): Effects {
  const to = replica.leader!;
  const { id: from, brokerEpoch, leaderEpoch, log } = replica;
  if (!replica.truncated) {
    const query: EpochQuery = {
      type: 'OFFSETS_FOR_LEADER_EPOCH',
      to,
      from,
      leaderEpoch,
      lastEpoch: latestEpoch(log),
    };
    return { send: [query] };
  }
  // One fetch at a time to a broker: before the next one the request must have timed out, and the
  // connection with its answer be gone.
  const timedOut = replica.awaiting === to;
  const drop: Message[] = timedOut ? [{ type: 'FLUSH', to: `answers:${from}` }] : [];
  const awaiting = late ? to : timedOut ? null : replica.awaiting;
  return {
    set: { awaiting },
    send: [...drop, fetchOf(settings, replica, to, { brokerEpoch, leaderEpoch, late })],
  };
}

function fetchOf(
  settings: Settings,
  { id, log }: Replica,
  to: string,
  epochs: Pick<Fetch, 'brokerEpoch' | 'leaderEpoch' | 'late'>,
): Fetch {
  const lastEpoch = settings.rules.truncation === 'onFetch' ? latestEpoch(log) : NO_EPOCH;
  return { type: 'FETCH', to, from: id, offset: endOffset(log), lastEpoch, ...epochs };
}

/** The fetch that is on its way when the broker dies. */
export function lastFetch(settings: Settings, replica: Replica): Fetch {
  const { brokerEpoch, leaderEpoch } = replica;
  const fetch = fetchOf(settings, replica, replica.leader!, {
    brokerEpoch,
    leaderEpoch,
    late: false,
  });
  return { ...fetch, type: 'ORPHANED_FETCH' };
}

/** Is the answer to the fetch that this follower would send now? (AbstractFetcherThread.processFetchRequest) */
export function isCurrent(settings: Settings, replica: Replica, response: FetchResponse): boolean {
  const { usesOldResponses, usesResponsesAtAnyOffset } = settings.rules;
  return (
    // Each source broker has a fetcher of its own: a partition that has gone to another one's is
    // not known to the first any more.
    response.from === replica.leader &&
    (usesResponsesAtAnyOffset || response.offset === endOffset(replica.log)) &&
    (usesOldResponses || response.leaderEpoch === replica.leaderEpoch)
  );
}

/**
 * Takes a leader's answer: records and high watermark, or the news that the logs part further back
 * (AbstractFetcherThread.truncateOnFetchResponse; ReplicaFetcherThread.processPartitionData).
 * The high watermark may go back: it follows the leader's, within the own log.
 */
export function takeResponse(
  settings: Settings,
  replica: Replica,
  response: FetchResponse,
): Effects {
  const { awaiting: from } = replica;
  const awaiting = { awaiting: from === response.from ? null : from };
  if (!isCurrent(settings, replica, response)) return { set: awaiting };
  if (response.diverging) {
    const { offset } = truncationPoint(replica.log, response.diverging);
    return { set: { ...cut(replica, settings.rules.truncate(replica.log, offset)), ...awaiting } };
  }
  const acceptable = settings.rules.refusesHigherEpochs
    ? takeUntil(response.entries, ({ epoch }) => epoch > response.leaderEpoch)
    : response.entries;
  const log = append(replica.log, acceptable);
  const highWatermark = Math.min(response.highWatermark, endOffset(log));
  const flushed = settings.flushesEveryRecord ? endOffset(log) : replica.flushed;
  return { set: { log, highWatermark, flushed, ...awaiting } };
}

/** Before KIP-595: the leader's answer to where an epoch ends. */
export function takeEpochAnswer(settings: Settings, me: Replica, answer: EpochAnswer): Effects {
  if (answer.leaderEpoch !== me.leaderEpoch) return {};
  if (answer.end === null) return { set: { truncated: true } };
  const byOffsetOnly = { offset: Math.min(answer.end.endOffset, endOffset(me.log)), done: true };
  const point = settings.rules.truncatesByEpoch
    ? truncationPoint(me.log, answer.end)
    : byOffsetOnly;
  const log = settings.rules.truncate(me.log, point.offset);
  return { set: { ...cut(me, log), truncated: point.done } };
}

/**
 * Where to cut, given where an epoch ends at the leader; `done` if the logs agree below that
 * (AbstractFetcherThread.getOffsetTruncationState, KIP-279).
 */
function truncationPoint(log: Log, leader: EpochEnd): { offset: number; done: boolean } {
  const own = endOffsetFor(log, leader.epoch);
  if (!own) return { offset: Math.min(leader.endOffset, endOffset(log)), done: true };
  if (own.epoch !== leader.epoch) {
    return { offset: Math.min(own.endOffset, endOffset(log)), done: false };
  }
  return { offset: Math.min(own.endOffset, leader.endOffset, endOffset(log)), done: true };
}

/** The replica with a shorter log. */
function cut(replica: Replica, log: Log): Partial<Replica> {
  return {
    log,
    highWatermark: Math.min(replica.highWatermark, endOffset(log)),
    flushed: Math.min(replica.flushed, endOffset(log)),
  };
}

function takeUntil<T>(items: readonly T[], isEnd: (item: T) => boolean): T[] {
  const end = items.findIndex(isEnd);
  return items.slice(0, end < 0 ? items.length : end);
}
