/**
 * A replica of a compacted partition: its log, its cleaner, and as much of replication as decides
 * which log a reader meets.
 *
 * Left out: what the replication model has (metadata that comes late, lost messages, elections
 * beyond "the other one in the ISR"); unclean elections; tiered storage. A fetch brings one record
 * and its answer is not lost: a follower that lags is one that does not fetch.
 *
 * Time has no clock. What matters is whether delete.retention.ms has passed since a stamp, and that
 * is a stimulus of its own, `DELETE_RETENTION_PASSES`. It waits for the end of a pass under way, for
 * a pass goes by the time at which it began.
 *
 * Sources: LogCleaner.scala, LogCleanerManager.scala, UnifiedLog.scala (deleteOldSegments),
 * AbstractFetcherThread.scala (truncation, OFFSET_OUT_OF_RANGE), Partition.scala; read in 4.0.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect, type Message } from '../../../src/model/index.ts';
import * as cleaner from './cleaner.ts';
import * as follower from './follower.ts';
import * as leader from './leader.ts';
import * as logs from './log.ts';
import type * as m from './messages.ts';
import {
  type Append,
  type BeginPass,
  type Events,
  firstState,
  nextStamp,
  type Place,
  passableNow,
  type Replica,
  withoutGaps,
} from './state.ts';

/** Where the oldest segment ends. */
const segmentEnd = ({ startOffset }: logs.Log, size: number): number =>
  startOffset - (startOffset % size) + size;

/** May retention take the oldest segment? Never the active one, never what is not committed. */
function mayTrim(log: Replica, { options }: Place): boolean {
  const { rules, bounds, policy } = options;
  const end = segmentEnd(log, bounds.segmentRecords);
  const limit = rules.retentionStopsAtHighWatermark ? log.highWatermark : log.endOffset;
  const isPast = end <= logs.activeBase(log, bounds.segmentRecords) && end <= limit;
  return policy.includes('delete') && log.pass === null && isPast;
}

/** The repair of a finding: what a replica has cleaned, and waited for, it tells the other one. */
function tellSettled({ options, peer }: Place, { entries, firstDirty }: logs.Log): Message[] {
  if (!options.rules.removalWaitsForReplicas || peer === null) return [];
  const waiting = entries.find(({ kind, horizon }) => kind !== 'put' && horizon !== 0);
  const below = Math.min(firstDirty, waiting?.offset ?? firstDirty);
  return [{ type: 'SETTLED', to: peer, below } as m.Settled];
}

function replicaMachine(place: Place, leads: boolean) {
  const { options, peer } = place;
  const { rules, policy, bounds } = options;
  const does = <E extends Events>(
    effect: (place: Place, log: Replica, event: E) => Effect<Replica>,
  ) => act<Replica, E>((log, event) => effect(place, log, event));
  const isSettled = (log: Replica) => (offset: number) =>
    !rules.removalWaitsForReplicas || peer === null || offset < log.peerSettled;

  /** The pass is over: its checkpoint is written. */
  const over = (log: Replica): Effect<Replica> => {
    const now = withoutGaps({ ...log, pass: null });
    return { set: now, send: tellSettled(place, now) };
  };

  return setup({
    types: {} as { context: Replica; events: Events; input: { replica: Replica } },
    guards: {
      mayAppend: ({ context, event }) => leader.mayAppend(context, event as Append, place),
      mayBegin: ({ context, event }) =>
        policy.includes('compact') &&
        context.pass === null &&
        cleaner.mayCleanTo(context, (event as BeginPass).upTo, options),
      hasGroupLeft: ({ context: { pass } }) => pass !== null && cleaner.hasGroupLeft(pass),
      hasSwappedAll: ({ context: { pass } }) => pass !== null && !cleaner.hasGroupLeft(pass),
      mayPass: ({ context: { entries, pass, passable } }) =>
        pass === null && logs.pending(entries) > 0 && passable !== 0,
      mayTrim: ({ context }) => mayTrim(context, place),
    },
    actions: {
      append: does(leader.append),
      serveFetch: does(leader.serveFetch),
      serveReader: act<Replica, m.Read>(leader.serveReader),
      countFollower: act<Replica, m.Lead | m.IsrChanged>(leader.countFollower),
      follow: act<Replica, m.Order>((log) => ({
        set: { ...follower.giveUpTail(log), followerEnd: null },
      })),
      ask: does(follower.ask),
      take: does(follower.take),
      startOver: act<Replica, m.BelowStart>((_, event) => follower.startOver(event)),
      beginPass: act<Replica, BeginPass>((log, { upTo }) => {
        const pass = cleaner.beginPass(log, upTo, nextStamp(log), options);
        if (options.passes === 'inSteps') {
          return { set: { pass, ...(!rules.checkpointsLast && { firstDirty: upTo }) } };
        }
        return over({ ...log, ...cleaner.cleanAtOnce(log, pass, options, isSettled(log)) });
      }),
      cleanGroup: act<Replica, Events>((log) => ({
        set: cleaner.cleanGroup(log, log.pass!, options, isSettled(log)),
      })),
      finishPass: act<Replica, Events>((log) => over({ ...log, firstDirty: log.pass!.to })),
      passHorizon: act<Replica, Events>((log) => {
        const entries = logs.pass(log.entries);
        const passable = log.passable === null ? null : log.passable - 1;
        return { set: { entries, passable }, send: tellSettled(place, { ...log, entries }) };
      }),
      noteReader: act<Replica, Events>((log) => ({ set: { passable: passableNow(log, place) } })),
      noteSettled: act<Replica, m.Settled>(({ peerSettled }, { below }) => ({
        set: { peerSettled: Math.max(peerSettled, below) },
      })),
      trim: act<Replica, Events>((log) => ({
        set: withoutGaps({ ...log, ...logs.trim(log, segmentEnd(log, bounds.segmentRecords)) }),
      })),
      die: act<Replica, m.Order>((log, { replaced }) => {
        const found = cleaner.afterCrash(log, log.pass, options);
        const left = withoutGaps({ ...log, ...found, followerEnd: null, pass: null });
        return { set: replaced ? follower.giveUpTail(left) : left };
      }),
    },
  }).createMachine({
    id: 'replica',
    context: ({ input }) => input.replica,
    initial: 'up',
    on: {
      READER_BEGINS_OR_IS_AT_END: { actions: 'noteReader' },
      SETTLED: { actions: 'noteSettled' },
    },
    states: {
      up: {
        initial: leads ? 'leading' : 'following',
        on: {
          BEGIN_PASS: { guard: 'mayBegin', actions: 'beginPass' },
          CLEAN_GROUP: { guard: 'hasGroupLeft', actions: 'cleanGroup' },
          FINISH_PASS: { guard: 'hasSwappedAll', actions: 'finishPass' },
          DELETE_RETENTION_PASSES: { guard: 'mayPass', actions: 'passHorizon' },
          RETENTION_PASSES: { guard: 'mayTrim', actions: 'trim' },
          STOP: { target: 'down', actions: 'die' },
        },
        states: {
          leading: {
            on: {
              APPEND: { guard: 'mayAppend', actions: 'append' },
              FETCH_RECORDS: { actions: 'serveFetch' },
              READ_FROM: { actions: 'serveReader' },
              ISR_CHANGED: { actions: 'countFollower' },
              FOLLOW: { target: 'following', actions: 'follow' },
            },
          },
          following: {
            on: {
              FETCH: { actions: 'ask' },
              FETCHED: { actions: 'take' },
              BELOW_START: { actions: 'startOver' },
              LEAD: { target: 'leading', actions: 'countFollower' },
            },
          },
        },
      },
      // Time passes for a broker that is down too, but it finds out when it is back.
      down: {
        on: {
          LEAD: { target: 'up.leading', actions: 'countFollower' },
          FOLLOW: 'up.following',
        },
      },
    },
  });
}

/** One replica; `peer` is the other one, if there is one. */
export const replica = (place: Place, leads: boolean): Component => ({
  machine: replicaMachine(place, leads),
  input: { replica: firstState(place, leads) },
});
