/**
 * What a partition's leader does: append and serve followers.
 * Source: core/.../kafka/cluster/Partition.scala (symbols named at each function).
 */
import type { Message } from '../../src/model/index.ts';
import {
  advance,
  andThen,
  type Effects,
  expose,
  leads,
  reply,
  type Settings,
} from './high-watermark.ts';
import { proposeExpansion } from './isr.ts';
import { append, assignEpoch, endOffset, endOffsetFor, NO_EPOCH } from './log.ts';
import type {
  Appended,
  EpochAnswer,
  EpochQuery,
  Fetch,
  FetchRefused,
  FetchResponse,
  Image,
  Produce,
  ProduceResponse,
} from './messages.ts';
import type { Leadership, Replica } from './replica.ts';

const others = (settings: Settings, id: string): string[] =>
  settings.replicas.filter((replica) => replica !== id);

/**
 * Becoming leader of a new epoch, or hearing more of the present one (Partition.makeLeader).
 *
 * The epoch's start is noted even if nothing is ever written in it. Of followers nothing is known
 * until they fetch; a leader that is elected again keeps what it knew (Replica.resetReplicaState).
 */
export function lead(settings: Settings, replica: Replica, image: Image): Effects {
  const { id } = replica;
  const before = replica.leadership;
  const isNew = before === null || image.leaderEpoch > replica.leaderEpoch;
  const unknown = { endOffset: -1, brokerEpoch: -1 };
  const known = isNew && !settings.rules.reelectionKeepsFollowers ? null : before?.followers;
  const leadership: Leadership = {
    partitionEpoch: image.partitionEpoch,
    readEpoch: settings.rules.oldNewsDropsProposal ? image.partitionEpoch : 0,
    isr: image.isr,
    pending: null,
    epochStart: isNew ? endOffset(replica.log) : before.epochStart,
    followers: known ?? Object.fromEntries(others(settings, id).map((f) => [f, unknown])),
    registrations: image.brokers,
    waiting: before?.waiting ?? [],
  };
  const set: Partial<Replica> = {
    leadership,
    leaderEpoch: image.leaderEpoch,
    leader: null,
    truncated: true,
  };
  if (isNew) set.log = assignEpoch(replica.log, image.leaderEpoch, endOffset(replica.log));
  const settled = andThen(replica, { set }, (me) => advance(settings, me));
  return isNew ? { ...settled, send: [expose(replica), ...(settled.send ?? [])] } : settled;
}

/** The same leader epoch, older than or as new as what an AlterPartition answer told already. */
export function refresh(settings: Settings, replica: Replica, image: Image): Effects {
  const { leadership } = leads(replica);
  const { rules } = settings;
  const { partitionEpoch, readEpoch } = leadership;
  const isNews = image.partitionEpoch > partitionEpoch;
  const isOldNews = image.partitionEpoch === partitionEpoch && image.partitionEpoch > readEpoch;
  if (isNews || (isOldNews && rules.oldNewsDropsProposal)) return lead(settings, replica, image);
  if (!rules.hearsOfRegistrations) return {};
  const read = rules.oldNewsDropsProposal ? Math.max(readEpoch, image.partitionEpoch) : 0;
  return { set: { leadership: { ...leadership, registrations: image.brokers, readEpoch: read } } };
}

/** A client's record (Partition.appendRecordsToLeader, ReplicaManager.appendRecords). */
export function produce(settings: Settings, replica: Replica, { value }: Produce): Effects {
  const { leadership } = leads(replica);
  const { acks, minIsr } = settings;
  // Refused before the append, and only for acks=all.
  if (acks === -1 && leadership.isr.length < minIsr) return { send: [reply(value, 'refused')] };
  // The producer's state is read off the log, as after a change of the leader it is in Kafka.
  const known = settings.deduplicates
    ? replica.log.entries.findIndex((entry) => entry.value === value)
    : -1;
  if (known >= 0 && known < replica.highWatermark) return { send: [reply(value, 'acknowledged')] };
  const offset = known >= 0 ? known : endOffset(replica.log);
  const log =
    known >= 0 ? replica.log : append(replica.log, [{ epoch: replica.leaderEpoch, value }]);
  const waiting = acks === -1 ? [...leadership.waiting, { value, offset }] : leadership.waiting;
  const set: Partial<Replica> = { log, leadership: { ...leadership, waiting } };
  if (settings.flushesEveryRecord) set.flushed = endOffset(log);
  const appended: Appended = { type: 'APPENDED', to: 'producer', value, at: replica.id };
  const send: Message[] = acks === 1 ? [appended, reply(value, 'acknowledged')] : [appended];
  return andThen(replica, { set, send }, (me) => advance(settings, me));
}

/**
 * A follower's fetch (Partition.fetchRecords, readRecords, updateFollowerFetchState).
 *
 * The offset fetched acknowledges all before it. The high watermark in the answer is read before the
 * fetch itself may move it, so a follower learns of a commit one fetch later.
 */
export function serveFetch(settings: Settings, replica: Replica, fetch: Fetch): Effects {
  const { rules } = settings;
  const { leadership, log } = leads(replica);
  if (
    rules.fencesFetch(replica.leaderEpoch, fetch) ||
    rules.fencesOldIncarnation(leadership, fetch)
  ) {
    const refusal: FetchRefused = { type: 'FETCH_REFUSED', to: fetch.from, from: replica.id };
    return { send: [refusal] };
  }
  const end = fetch.lastEpoch === NO_EPOCH ? null : endOffsetFor(log, fetch.lastEpoch);
  const diverging =
    end && (end.epoch < fetch.lastEpoch || end.endOffset < fetch.offset) ? end : null;
  const response: FetchResponse = {
    type: fetch.late ? 'LATE_FETCH_RESPONSE' : 'FETCH_RESPONSE',
    to: fetch.from,
    from: replica.id,
    leaderEpoch: fetch.leaderEpoch,
    offset: fetch.offset,
    entries: diverging ? [] : log.entries.slice(fetch.offset),
    highWatermark: replica.highWatermark,
    diverging,
  };
  if (diverging && !rules.divergingFetchCounts) return { send: [response] };
  const follower = { endOffset: fetch.offset, brokerEpoch: fetch.brokerEpoch };
  const followers = { ...leadership.followers, [fetch.from]: follower };
  const seen = { set: { leadership: { ...leadership, followers } } };
  const expanded = andThen(replica, seen, (me) => proposeExpansion(settings, me, fetch.from));
  // Only news of the follower moves the high watermark (Partition.updateFollowerFetchState).
  const isNews = fetch.offset !== leadership.followers[fetch.from]?.endOffset;
  const advanced = isNews ? andThen(replica, expanded, (me) => advance(settings, me)) : expanded;
  return { ...advanced, send: [...(advanced.send ?? []), response] };
}

/**
 * A fetch was checked while this broker led; its records are read from the segments only now, when
 * the response is written, and the broker follows another leader (KAFKA-18723).
 */
export function readLate({ id, log }: Replica, fetch: Fetch): Effects {
  const response: FetchResponse = {
    type: 'FETCH_RESPONSE',
    to: fetch.from,
    from: id,
    leaderEpoch: fetch.leaderEpoch,
    offset: fetch.offset,
    entries: log.entries.slice(fetch.offset),
    // That of the time of the check; 0 is always one it may have been.
    highWatermark: 0,
    diverging: null,
  };
  return { send: [response] };
}

/** Before KIP-595: where the leader's own epoch ends (ReplicaManager.lastOffsetForLeaderEpoch). */
export function answerEpochQuery(settings: Settings, me: Replica, query: EpochQuery): Effects {
  if (settings.rules.fencesEpochQuery && query.leaderEpoch !== me.leaderEpoch) return {};
  const answer: EpochAnswer = {
    type: 'EPOCH_END_OFFSET',
    to: query.from,
    leaderEpoch: query.leaderEpoch,
    end: endOffsetFor(me.log, query.lastEpoch),
  };
  return { send: [answer] };
}

/** Requests that wait when leadership is lost: the records may survive or not (Partition.makeFollower). */
export function abandonProduces({ rules }: Settings, { leadership }: Replica): ProduceResponse[] {
  return (leadership?.waiting ?? []).map(({ value }) => reply(value, rules.outcomeWhenDeposed));
}
