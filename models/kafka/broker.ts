/**
 * A broker, with its replica of the one partition.
 *
 * States: `offline`; running it is `idle` (knows of no leader), `following` or `leading`. Fencing is
 * no state of the broker: a fenced broker does not know it is.
 *
 * Left out: fetch sessions, retention and log start offsets, throttling, reassignment, more than one
 * log directory. Time: every timer may fire at any moment.
 *
 * Sources: Partition.scala, AbstractFetcherThread.scala, BrokerLifecycleManager.scala; KIP-101, 279,
 * 320, 497, 595, 841, 903, 966.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect } from '../../src/model/index.ts';
import { ask, follow, isCurrent, lastFetch, takeEpochAnswer, takeResponse } from './follower.ts';
import { andThen, type Settings } from './high-watermark.ts';
import * as isr from './isr.ts';
import * as leader from './leader.ts';
import { type Entry, emptyLog, endOffset, truncateTo } from './log.ts';
import type * as m from './messages.ts';
import { answerReader, toReaders } from './readers.ts';
import type { Replica } from './replica.ts';

/** A fetch round; `late`: the answer stays on its way while other things happen. */
type FetchRound = { type: 'FETCH_ROUND'; late: boolean };
/** Members found to lag behind. */
type ReplicasLag = { type: 'REPLICAS_LAG'; replicas: string[] };
export type Events =
  | FetchRound
  | ReplicasLag
  | { type: 'SEND_ALTER_PARTITION' | 'SEND_HEARTBEAT' | 'SHUT_DOWN' | 'STOP' }
  | m.AlterPartitionResponse
  | m.EpochAnswer
  | m.EpochQuery
  | m.Fetch
  | m.FetchRefused
  | m.FetchResponse
  | m.Killed
  | m.MayStop
  | m.Metadata
  | m.OfReader
  | m.Produce
  | m.Registered
  | m.Start;

/** The machine of every broker of a system. */
function brokerMachine(settings: Settings) {
  /** An action from a function of settings, replica and event. */
  const does = <E extends Events>(
    effect: (s: Settings, replica: Replica, event: E) => Effect<Replica>,
  ) => act<Replica, E>((replica, event) => effect(settings, replica, event));
  const onImage = (effect: (s: Settings, replica: Replica, image: m.Image) => Effect<Replica>) =>
    does<m.Metadata>((s, replica, { image }) => effect(s, replica, image));
  const imageOf = (event: Events): m.Image => (event as m.Metadata).image;

  return setup({
    types: {} as { context: Replica; events: Events; input: { replica: Replica } },
    guards: {
      namesMe: ({ context, event }) => imageOf(event).leader === context.id,
      namesAnother: ({ event }) => imageOf(event).leader !== null,
      isNewEpoch: ({ context, event }) => imageOf(event).leaderEpoch > context.leaderEpoch,
      electsMe: ({ context, event }) =>
        imageOf(event).leader === context.id &&
        (imageOf(event).leaderEpoch > context.leaderEpoch || context.leadership === null),
      electsAnother: ({ context, event }) =>
        imageOf(event).leader !== null && imageOf(event).leaderEpoch > context.leaderEpoch,
      mayAsk: ({ context, event }) =>
        !(event as FetchRound).late || (context.truncated && context.awaiting === null),
      isAwaited: ({ context, event }) => context.awaiting === (event as m.FetchRefused).from,
      isLate: ({ event }) => (event as m.Fetch).late,
      readsLate: ({ context, event }) =>
        settings.readsLate && (event as m.Fetch).leaderEpoch < context.leaderEpoch,
      answersFetch: ({ context, event }) =>
        (event as m.FetchResponse).type === 'LATE_FETCH_RESPONSE' ||
        isCurrent(settings, context, event as m.FetchResponse),
      lag: ({ context, event }) => isr.mayShrink(context, (event as ReplicasLag).replicas),
      isProposing: ({ context }) => context.leadership?.pending != null,
      mayStop: ({ context }) => context.mayStop,
      staysUp: ({ context }) => !context.mayStop,
    },
    actions: {
      lead: onImage(leader.lead),
      refresh: onImage(leader.refresh),
      follow: onImage(follow),
      stepDown: does<m.Metadata>((s, replica) => ({ send: leader.abandonProduces(s, replica) })),
      produce: does(leader.produce),
      refuseProduce: act<Replica, m.Produce>((_, { value }) => ({
        send: [{ type: 'NOT_LEADER', to: 'producer', value } as m.NotLeader],
      })),
      refuseFetch: act<Replica, m.Fetch>(({ id }, { from }) => ({
        send: [{ type: 'FETCH_REFUSED', to: from, from: id } as m.FetchRefused],
      })),
      serveFetch: does(leader.serveFetch),
      serveOrphan: does<m.Fetch>((s, replica, fetch) => {
        const { set, send = [] } = leader.serveFetch(s, replica, fetch);
        return { ...(set && { set }), send: send.filter(({ to }) => to !== fetch.from) };
      }),
      readLate: act<Replica, m.Fetch>(leader.readLate),
      answerEpochQuery: does(leader.answerEpochQuery),
      answerReader: does(answerReader),
      proposeShrink: does<ReplicasLag>((s, replica, { replicas }) =>
        isr.proposeShrink(s, replica, replicas),
      ),
      sendProposal: act<Replica, Events>(isr.sendProposal),
      concludeProposal: does(isr.concludeProposal),
      ask: does<FetchRound>((s, replica, { late }) => ask(s, replica, late)),
      takeResponse: does(takeResponse),
      forgetFetch: act<Replica, Events>(() => ({ set: { awaiting: null } })),
      takeEpochAnswer: does(takeEpochAnswer),
      sendHeartbeat: act<Replica, Events>(({ id, brokerEpoch }) => ({
        send: [{ type: 'HEARTBEAT', to: 'controller', from: id, brokerEpoch } as m.Heartbeat],
      })),
      askToStop: act<Replica, Events>(({ id }) => ({
        send: [{ type: 'CONTROLLED_SHUTDOWN', to: 'controller', from: id } as m.ControlledShutdown],
      })),
      noteMayStop: act<Replica, Events>(() => ({ set: { mayStop: true } })),
      stop: does(stop),
      die: does(die),
      register: act<Replica, Events>(register),
      join: does<m.Registered>((s, replica, { brokerEpoch, image }) => {
        const fresh = { set: { brokerEpoch, stoppedCleanly: false } };
        const begin = image.leader === replica.id ? leader.lead : follow;
        return andThen(replica, fresh, (me) => begin(s, me, image));
      }),
    },
  }).createMachine({
    id: 'broker',
    context: ({ input }) => input.replica,
    initial: 'offline',
    states: {
      offline: {
        always: [
          { guard: ({ context }) => context.leadership !== null, target: 'running.leading' },
          { guard: ({ context }) => context.leader !== null, target: 'running.following' },
        ],
        on: {
          START: { actions: 'register' },
          REGISTERED: [
            { guard: 'namesMe', target: 'running.leading', actions: 'join' },
            { guard: 'namesAnother', target: 'running.following', actions: 'join' },
            { target: 'running.idle', actions: 'join' },
          ],
        },
      },
      running: {
        initial: 'idle',
        on: {
          // Once it may stop, its heartbeats ask for nothing but that.
          SEND_HEARTBEAT: { guard: 'staysUp', actions: 'sendHeartbeat' },
          SHUT_DOWN: { actions: 'askToStop' },
          MAY_STOP: { actions: 'noteMayStop' },
          STOP: { guard: 'mayStop', target: 'offline', actions: 'stop' },
          KILLED: { target: 'offline', actions: 'die' },
          PRODUCE: { actions: 'refuseProduce' },
          // NOT_LEADER_OR_FOLLOWER; of no effect but for a follower that waits for a late answer.
          FETCH: { guard: 'isLate', actions: 'refuseFetch' },
          FETCH_REFUSED: { guard: 'isAwaited', actions: 'forgetFetch' },
          // An answer for who follows no more.
          LATE_FETCH_RESPONSE: { actions: 'forgetFetch' },
          METADATA: [
            { guard: 'electsMe', target: '.leading', actions: 'lead' },
            { guard: 'electsAnother', target: '.following', actions: 'follow' },
            { guard: 'isNewEpoch', target: '.idle', actions: 'follow' },
          ],
        },
        states: {
          idle: {},
          following: {
            on: {
              FETCH_ROUND: { guard: 'mayAsk', actions: 'ask' },
              FETCH: [
                { guard: 'isLate', actions: 'refuseFetch' },
                { guard: 'readsLate', actions: 'readLate' },
              ],
              FETCH_RESPONSE: { guard: 'answersFetch', actions: 'takeResponse' },
              LATE_FETCH_RESPONSE: { guard: 'answersFetch', actions: 'takeResponse' },
              EPOCH_END_OFFSET: { actions: 'takeEpochAnswer' },
            },
          },
          leading: {
            on: {
              ...toReaders(settings),
              PRODUCE: { actions: 'produce' },
              FETCH: { actions: 'serveFetch' },
              ORPHANED_FETCH: { actions: 'serveOrphan' },
              OFFSETS_FOR_LEADER_EPOCH: { actions: 'answerEpochQuery' },
              REPLICAS_LAG: { guard: 'lag', actions: 'proposeShrink' },
              SEND_ALTER_PARTITION: { guard: 'isProposing', actions: 'sendProposal' },
              ALTER_PARTITION_RESPONSE: { actions: 'concludeProposal' },
              METADATA: [
                { guard: 'electsMe', actions: 'lead' },
                {
                  guard: 'electsAnother',
                  target: '#broker.running.following',
                  actions: ['stepDown', 'follow'],
                },
                {
                  guard: 'isNewEpoch',
                  target: '#broker.running.idle',
                  actions: ['stepDown', 'follow'],
                },
                { actions: 'refresh' },
              ],
            },
          },
        },
      },
    },
  });
}

/** A clean stop: everything flushed, the high watermark and the clean-shutdown file written. */
function stop(settings: Settings, replica: Replica): Effect<Replica> {
  const { id, log } = replica;
  return {
    set: { ...asleep, flushed: endOffset(log), stoppedCleanly: true },
    send: [
      { type: 'STOPPED', to: 'network', from: id } as m.Stopped,
      ...leader.abandonProduces(settings, replica),
    ],
  };
}

/**
 * A sudden end. A killed process loses nothing it wrote (the page cache is the system's); a power
 * loss takes any part of what was not flushed; a lost disk takes all. The high watermark falls back
 * to a checkpoint: the newest there can be, or the oldest, which is 0.
 */
function die(settings: Settings, replica: Replica, event: m.Killed): Effect<Replica> {
  const safe = event.diskLost ? 0 : settings.rules.safeFromPowerLoss(replica);
  const kept =
    event.keep === null ? replica.log : truncateTo(replica.log, Math.max(event.keep, safe));
  const inFlight = event.fetchInFlight && replica.leader !== null && replica.truncated;
  return {
    set: {
      ...asleep,
      log: kept,
      flushed: Math.min(replica.flushed, endOffset(kept)),
      highWatermark: event.oldCheckpoint ? 0 : Math.min(replica.highWatermark, endOffset(kept)),
      stoppedCleanly: false,
      brokerEpoch: -1,
    },
    send: [
      ...recordsLost(replica.log.entries.slice(endOffset(kept))),
      ...(inFlight ? [lastFetch(settings, replica)] : []),
    ],
  };
}

const recordsLost = (entries: readonly Entry[]): m.RecordsLost[] =>
  entries.length === 0
    ? []
    : [{ type: 'RECORDS_LOST', to: 'ledger', values: entries.map(({ value }) => value) }];

/** What a broker that is down does not have. */
const asleep: Partial<Replica> = {
  leader: null,
  leaderEpoch: -1,
  leadership: null,
  mayStop: false,
  truncated: true,
  awaiting: null,
};

/** BrokerRegistrationRequest; the previous epoch is told only after a clean stop (KIP-966). */
function register({ id, brokerEpoch, stoppedCleanly }: Replica): Effect<Replica> {
  const cleanlyStopped = stoppedCleanly ? brokerEpoch : null;
  return { send: [{ type: 'REGISTER', to: 'controller', from: id, cleanlyStopped } as m.Register] };
}

/** A broker that has just been elected (`image.leader`) or follows, with an empty log. */
function firstState(settings: Settings, id: string, image: m.Image): Replica {
  const replica: Replica = {
    id,
    log: emptyLog,
    flushed: 0,
    highWatermark: 0,
    brokerEpoch: image.brokers[id]!.brokerEpoch,
    stoppedCleanly: false,
    mayStop: false,
    leaderEpoch: image.leaderEpoch,
    leader: image.leader,
    truncated: true,
    awaiting: null,
    leadership: null,
  };
  if (image.leader !== id) return replica;
  return { ...replica, ...leader.lead(settings, replica, image).set };
}

/** The brokers of a system, in the partition's replica order. */
export function brokers(settings: Settings, image: m.Image): Record<string, Component> {
  const machine = brokerMachine(settings);
  return Object.fromEntries(
    settings.replicas.map((id) => [
      id,
      { machine, input: { replica: firstState(settings, id, image) } },
    ]),
  );
}
