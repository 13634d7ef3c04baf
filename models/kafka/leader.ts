/**
 * What a partition's leader does: append, serve followers, move the high watermark, propose ISRs.
 * Source: core/.../kafka/cluster/Partition.scala (symbols named at each function).
 */
import type { Effect, Message } from '../../src/model/index.ts';
import { append, assignEpoch, endOffset, endOffsetFor, NO_EPOCH } from './log.ts';
import type {
  Acks,
  AlterPartition,
  AlterPartitionResponse,
  Appended,
  EpochAnswer,
  EpochQuery,
  Exposed,
  Fetch,
  FetchRefused,
  FetchResponse,
  Image,
  Produce,
  ProduceResponse,
} from './messages.ts';
import type { Leadership, Proposal, Replica } from './replica.ts';
import type { Rules } from './rules.ts';

/** What all brokers of a system have in common. */
export interface Settings {
  replicas: readonly string[];
  /** min.insync.replicas, not above the number of replicas (Partition.effectiveMinIsr). */
  minIsr: number;
  acks: Acks;
  /** Is every record on disk before it counts (log.flush.interval.messages=1)? */
  flushesEveryRecord: boolean;
  rules: Rules;
}

type Leader = Replica & { leadership: Leadership };
type Effects = Effect<Replica>;

const leads = (replica: Replica): Leader => replica as Leader;
const others = (settings: Settings, id: string): string[] =>
  settings.replicas.filter((replica) => replica !== id);

const reply = (value: number, outcome: ProduceResponse['outcome']): ProduceResponse => ({
  type: 'PRODUCE_RESPONSE',
  to: 'producer',
  value,
  outcome,
});

const expose = ({ log, highWatermark }: Replica): Exposed => ({
  type: 'EXPOSED',
  to: 'ledger',
  entries: log.entries.slice(0, highWatermark),
});

/** Both effects, the second computed on the result of the first. */
export function then(replica: Replica, first: Effects, second: (r: Replica) => Effects): Effects {
  const next = second({ ...replica, ...first.set } as Replica);
  return {
    set: { ...first.set, ...next.set },
    send: [...(first.send ?? []), ...(next.send ?? [])],
  };
}

/**
 * Becoming leader of a new epoch, or hearing more of the present one (Partition.makeLeader).
 *
 * The epoch's start is noted even if nothing is ever written in it. Of followers nothing is known
 * until they fetch; a leader that is elected again keeps what it knew.
 */
export function lead(settings: Settings, replica: Replica, image: Image): Effects {
  const { id } = replica;
  const before = replica.leadership;
  const isNew = before === null || image.leaderEpoch > replica.leaderEpoch;
  const unknown = { endOffset: -1, brokerEpoch: -1 };
  const leadership: Leadership = {
    partitionEpoch: image.partitionEpoch,
    isr: image.isr,
    pending: null,
    epochStart: isNew ? endOffset(replica.log) : before.epochStart,
    followers:
      before?.followers ?? Object.fromEntries(others(settings, id).map((f) => [f, unknown])),
    registrations: image.brokers,
    waiting: before?.waiting ?? [],
  };
  const set: Partial<Replica> = {
    leadership,
    leaderEpoch: image.leaderEpoch,
    leader: null,
    truncated: true,
    awaiting: false,
  };
  if (isNew) set.log = assignEpoch(replica.log, image.leaderEpoch, endOffset(replica.log));
  const settled = then(replica, { set }, (me) => advance(settings, me));
  return isNew ? { ...settled, send: [expose(replica), ...(settled.send ?? [])] } : settled;
}

/** The same leader epoch, older than or as new as what an AlterPartition answer told already. */
export function refresh(settings: Settings, replica: Replica, image: Image): Effects {
  const { leadership } = leads(replica);
  if (image.partitionEpoch > leadership.partitionEpoch) return lead(settings, replica, image);
  return { set: { leadership: { ...leadership, registrations: image.brokers } } };
}

/** A client's record (Partition.appendRecordsToLeader, ReplicaManager.appendRecords). */
export function produce(settings: Settings, replica: Replica, { value }: Produce): Effects {
  const { leadership } = leads(replica);
  const { acks, minIsr } = settings;
  // Refused before the append, and only for acks=all.
  if (acks === -1 && leadership.isr.length < minIsr) return { send: [reply(value, 'refused')] };
  const offset = endOffset(replica.log);
  const log = append(replica.log, [{ epoch: replica.leaderEpoch, value }]);
  const waiting = acks === -1 ? [...leadership.waiting, { value, offset }] : leadership.waiting;
  const set: Partial<Replica> = { log, leadership: { ...leadership, waiting } };
  if (settings.flushesEveryRecord) set.flushed = endOffset(log);
  const appended: Appended = { type: 'APPENDED', to: 'producer', value, at: replica.id };
  const send: Message[] = acks === 1 ? [appended, reply(value, 'acknowledged')] : [appended];
  return then(replica, { set, send }, (me) => advance(settings, me));
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
    const refusal: FetchRefused = { type: 'FETCH_REFUSED', to: fetch.from };
    return { send: [refusal] };
  }
  const end = fetch.lastEpoch === NO_EPOCH ? null : endOffsetFor(log, fetch.lastEpoch);
  const diverging =
    end && (end.epoch < fetch.lastEpoch || end.endOffset < fetch.offset) ? end : null;
  const response: FetchResponse = {
    type: fetch.late ? 'LATE_FETCH_RESPONSE' : 'FETCH_RESPONSE',
    to: fetch.from,
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
  const expanded = then(replica, seen, (me) => proposeExpansion(settings, me, fetch.from));
  const advanced = then(replica, expanded, (me) => advance(settings, me));
  return { ...advanced, send: [...(advanced.send ?? []), response] };
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

/**
 * Moves the high watermark as far as every member of the ISR is known to have the log, shows it to
 * readers, and answers the produce requests it passes (Partition.maybeIncrementLeaderHW,
 * checkEnoughReplicasReachOffset).
 *
 * Left out: the real leader also waits for a follower that is caught up but not yet a member, so
 * that the high watermark does not run away from it. That helps a joiner, it protects nothing.
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

/** Proposes the follower that has just fetched, if it may join (Partition.maybeExpandIsr). */
function proposeExpansion(settings: Settings, replica: Replica, follower: string): Effects {
  const { rules } = settings;
  const { leadership } = leads(replica);
  const mayJoin =
    leadership.pending === null &&
    !leadership.isr.includes(follower) &&
    rules.caughtUpForIsr(replica, leadership, leadership.followers[follower]!.endOffset) &&
    rules.eligibleForIsr(leadership, follower);
  return mayJoin ? propose(settings, replica, [...leadership.isr, follower]) : {};
}

/** May `laggards` be dropped: members, not the leader, each behind its log (isFollowerOutOfSync)? */
export function mayShrink(replica: Replica, laggards: readonly string[]): boolean {
  const { leadership, log, id } = leads(replica);
  return (
    leadership.pending === null &&
    laggards.every(
      (member) =>
        member !== id &&
        leadership.isr.includes(member) &&
        leadership.followers[member]?.endOffset !== endOffset(log),
    )
  );
}

/**
 * Proposes an ISR without `laggards` (Partition.maybeShrinkIsr).
 *
 * Real time decides who lags; nothing bounds how long a follower takes, so the model lets the leader
 * drop any member that is behind, at any time, without any fault.
 */
export function proposeShrink(
  settings: Settings,
  replica: Replica,
  laggards: readonly string[],
): Effects {
  const { isr } = leads(replica).leadership;
  return propose(
    settings,
    replica,
    isr.filter((member) => !laggards.includes(member)),
  );
}

/** Partition.addBrokerEpochToIsr: a member is meant in the incarnation that fetched. */
function propose(settings: Settings, replica: Replica, members: string[]): Effects {
  const { leadership } = leads(replica);
  const incarnation = (member: string): number => {
    if (!settings.rules.namesIncarnations) return -1;
    if (member === replica.id) return replica.brokerEpoch;
    return leadership.followers[member]!.brokerEpoch;
  };
  const pending: Proposal = {
    isr: Object.fromEntries([...members].sort().map((member) => [member, incarnation(member)])),
    partitionEpoch: leadership.partitionEpoch,
  };
  return { set: { leadership: { ...leadership, pending } } };
}

/**
 * Sends the pending proposal; it may be sent again as long as it is pending
 * (Partition.submitAlterPartition).
 *
 * Reduction: the request's way to the controller is the time the proposal stays pending before this
 * move; the channel of a request that outlives its sender is left out, for the controller would see
 * the same request a little earlier.
 */
export function sendProposal(replica: Replica): Effects {
  const { leadership } = leads(replica);
  const request: AlterPartition = {
    type: 'ALTER_PARTITION',
    to: 'controller',
    from: replica.id,
    brokerEpoch: replica.brokerEpoch,
    leaderEpoch: replica.leaderEpoch,
    partitionEpoch: leadership.pending!.partitionEpoch,
    isr: leadership.pending!.isr,
  };
  return { send: [request] };
}

/**
 * The controller's answer (Partition.handleAlterPartitionUpdate, handleAlterPartitionError).
 *
 * Only a positive refusal brings the leader back to the committed ISR. After any other error the
 * proposal stays pending, and the larger ISR in force, until the metadata log tells what holds.
 */
export function concludeProposal(
  settings: Settings,
  replica: Replica,
  { error, isr, partitionEpoch, leaderEpoch, requested }: AlterPartitionResponse,
): Effects {
  const { leadership } = leads(replica);
  if (leadership.pending?.partitionEpoch !== requested) return {};
  if (error === 'INELIGIBLE_REPLICA')
    return { set: { leadership: { ...leadership, pending: null } } };
  if (error !== null || leaderEpoch !== replica.leaderEpoch) return {};
  const set = { leadership: { ...leadership, isr, partitionEpoch, pending: null } };
  if (!settings.rules.highWatermarkAfterIsrChange) return { set };
  return then(replica, { set }, (me) => advance(settings, me));
}

/** Requests that wait when leadership is lost: the records may survive or not (Partition.makeFollower). */
export function abandonProduces({ leadership }: Replica): ProduceResponse[] {
  return (leadership?.waiting ?? []).map(({ value }) => reply(value, 'unknown'));
}
