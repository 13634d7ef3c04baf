/**
 * The partition as its readers see it: a leader and one follower, the replica that would be elected
 * next, each with its log and its high watermark.
 *
 * An abstraction of `models/kafka`, under what is proved there: a follower in the ISR has all that
 * is committed, so a clean election keeps it. An *unclean* election makes the follower the leader
 * although it fell out of the ISR. A broker that fails is back at once, as a follower with its old
 * log; what it has too much it cuts off when it fetches. A leader shows all it has once it is alone
 * in the ISR (with min.insync.replicas above one a third replica stands by it).
 *
 * Left out: a deposed leader that still answers (what it shows is what it could show before); a
 * leader that is gone for good (readers wait); retention and compaction.
 *
 * Sources: core/.../cluster/Partition.scala (fetchRecords, lastOffsetForLeaderEpoch),
 * ReplicaManager.scala (findPreferredReadReplica), LeaderEpochFileCache.java (endOffsetFor).
 */
import { setup } from 'xstate';
import {
  act,
  type Component,
  type Effect,
  type Message,
  type Stimulus,
} from '../../../src/model/index.ts';
import { commonLength, type Entry, endOfEpoch, type Fate, lastStableOffset } from './log.ts';
import type * as m from './messages.ts';
import type { ConsumerOptions } from './options.ts';

export type Partition = {
  /** Leader epoch. */
  epoch: number;
  /** Offset at which the leader's epoch began. */
  epochStart: number;
  /** The leader's log. */
  log: Entry[];
  highWatermark: number;
  /** The follower's log, which may end in records the leader never had. */
  followerLog: Entry[];
  followerHighWatermark: number;
  /** Leader epoch of the follower's last fetch. */
  followerEpoch: number;
  /** Is the follower in the ISR? */
  inSync: boolean;
  /** Records written so far; the next one is called so. */
  written: number;
  /** Ghost: records that readers could have been shown and that are in the log no more. */
  vanished: number[];
  [key: string]: unknown;
};

type Event =
  | { type: 'PRODUCE' }
  | { type: 'DECIDE'; fate: Fate }
  | { type: 'FOLLOWER_FETCH' | 'FOLLOWER_LAGS' | 'ELECT_CLEAN' | 'ELECT_UNCLEAN' }
  | { type: 'FOLLOWER_LOSES_TAIL'; length: number }
  | m.Fetch
  | m.EpochQuery
  | m.ListOffsets;

const isOpen = ({ fate }: Entry): boolean => fate === 'open';

class Broker {
  private readonly options: ConsumerOptions;
  constructor(options: ConsumerOptions) {
    this.options = options;
  }

  append({ log, epoch, written, inSync, highWatermark }: Partition): Effect<Partition> {
    const fate = this.options.transactionalInput ? 'open' : 'none';
    const next = [...log, { value: written, epoch, fate } as Entry];
    return {
      set: {
        log: next,
        written: written + 1,
        // Whoever is alone in the ISR waits for nobody.
        highWatermark: inSync ? highWatermark : next.length,
      },
    };
  }

  /**
   * The marker of the first open transaction is committed. Until then it tells readers nothing and
   * is sent again to whoever leads, so it is in both logs at once.
   */
  decide({ log, followerLog }: Partition, fate: Fate): Effect<Partition> {
    const { value } = log.find(isOpen)!;
    const mark = (entry: Entry): Entry => (entry.value === value ? { ...entry, fate } : entry);
    return { set: { log: log.map(mark), followerLog: followerLog.map(mark) } };
  }

  /**
   * One fetch of the follower. Its offset tells the leader what the follower has; the answer
   * brings records and the high watermark as it was before them, so it is known one fetch late.
   */
  followerFetch(me: Partition): Effect<Partition> {
    const known = commonLength(me.followerLog, me.log);
    const joins = known >= me.highWatermark && known >= me.epochStart;
    const inSync = me.inSync || joins;
    const highWatermark = Math.max(me.highWatermark, inSync ? known : me.log.length);
    return {
      set: {
        followerLog: me.log,
        followerHighWatermark: highWatermark,
        followerEpoch: me.epoch,
        inSync,
        highWatermark,
      },
    };
  }

  lag({ log }: Partition): Effect<Partition> {
    return { set: { inSync: false, highWatermark: log.length } };
  }

  /** The follower leads; the former leader comes back behind it, with the log it had. */
  elect(me: Partition): Effect<Partition> {
    const { log, followerLog, highWatermark } = me;
    const shown = log.slice(0, highWatermark).map(({ value }) => value);
    const vanished = [...new Set([...me.vanished, ...shown])]
      .filter((value) => followerLog.every((entry) => entry.value !== value))
      .sort((a, b) => a - b);
    return {
      set: {
        vanished,
        epoch: me.epoch + 1,
        epochStart: followerLog.length,
        log: followerLog,
        highWatermark: followerLog.length,
        followerLog: log,
        followerHighWatermark: highWatermark,
        followerEpoch: me.epoch,
        inSync: false,
      },
    };
  }

  loseTail(me: Partition, length: number): Effect<Partition> {
    return {
      set: {
        followerLog: me.followerLog.slice(0, length),
        followerHighWatermark: Math.min(me.followerHighWatermark, length),
        inSync: false,
        highWatermark: me.log.length,
      },
    };
  }

  /** The end of what a reader is shown. */
  private limit(log: readonly Entry[], highWatermark: number): number {
    const { readCommitted, rules } = this.options;
    const end = rules.showsCommittedOnly ? highWatermark : log.length;
    return readCommitted && rules.endsAtStableOffset ? lastStableOffset(log, end) : end;
  }

  serve(me: Partition, { from, offset, leaderEpoch, replica }: m.Fetch): Effect<Partition> {
    const { rules } = this.options;
    const answer = (message: { type: string; [key: string]: unknown }): Effect<Partition> => ({
      send: [{ ...message, to: from } as Message],
    });
    if (replica === 'follower' && me.followerEpoch !== me.epoch) return {};
    if (rules.fencesFetch && leaderEpoch !== me.epoch) {
      return answer({ type: 'FENCED_LEADER_EPOCH', leaderEpoch: me.epoch });
    }
    const [log, highWatermark] =
      replica === 'leader'
        ? [me.log, me.highWatermark]
        : [me.followerLog, me.followerHighWatermark];
    if (offset > log.length) return answer({ type: 'OFFSET_OUT_OF_RANGE', replica });
    // A member of the ISR has what readers were shown; an offset that is further is looked for here.
    const isPreferred = me.inSync && me.followerLog.length >= offset;
    if (replica === 'leader' && this.options.readsFollower && isPreferred) {
      return answer({ type: 'PREFERRED_REPLICA' });
    }
    const entry = log[offset];
    if (entry === undefined || offset >= this.limit(log, highWatermark)) return {};
    return answer({ type: 'RECORDS', offset, entry });
  }

  endOfEpoch(me: Partition, { from, epoch }: m.EpochQuery): Effect<Partition> {
    const end = endOfEpoch(me.log, me.epoch, epoch);
    const answer = {
      type: 'EPOCH_END_OFFSET',
      to: from,
      asked: epoch,
      ...end,
      leaderEpoch: me.epoch,
    };
    return { send: [answer as m.EpochEnd] };
  }

  listOffsets(me: Partition, { from, which }: m.ListOffsets): Effect<Partition> {
    const end = this.limit(me.log, me.highWatermark);
    const offset = which === 'earliest' ? 0 : end;
    const answer = { type: 'LISTED_OFFSET', to: from, offset, leaderEpoch: me.epoch };
    return { send: [answer as m.ListedOffset] };
  }
}

function partitionMachine(options: ConsumerOptions) {
  const broker = new Broker(options);
  const { bounds, hasFollower, uncleanElection } = options;
  return setup({
    types: {} as { context: Partition; events: Event },
    guards: {
      hasRoom: ({ context }) => context.written < bounds.records,
      isOpen: ({ context }) => context.log.some(isOpen),
      hasFollower: () => hasFollower,
      isMember: ({ context }) => context.inSync,
      mayElectOther: ({ context }) => uncleanElection && hasFollower && !context.inSync,
      isShorter: ({ context, event }) =>
        event.type === 'FOLLOWER_LOSES_TAIL' && event.length < context.followerLog.length,
    },
    actions: {
      append: act<Partition, Event>((me) => broker.append(me)),
      decide: act<Partition, { type: 'DECIDE'; fate: Fate }>((me, { fate }) =>
        broker.decide(me, fate),
      ),
      followerFetch: act<Partition, Event>((me) => broker.followerFetch(me)),
      lag: act<Partition, Event>((me) => broker.lag(me)),
      elect: act<Partition, Event>((me) => broker.elect(me)),
      loseTail: act<Partition, { type: 'FOLLOWER_LOSES_TAIL'; length: number }>((me, { length }) =>
        broker.loseTail(me, length),
      ),
      serve: act<Partition, m.Fetch>((me, event) => broker.serve(me, event)),
      tellEpochEnd: act<Partition, m.EpochQuery>((me, event) => broker.endOfEpoch(me, event)),
      tellOffset: act<Partition, m.ListOffsets>((me, event) => broker.listOffsets(me, event)),
    },
  }).createMachine({
    id: 'partition',
    context: {
      epoch: 0,
      epochStart: 0,
      log: [],
      highWatermark: 0,
      followerLog: [],
      followerHighWatermark: 0,
      followerEpoch: 0,
      inSync: hasFollower,
      written: 0,
      vanished: [],
    },
    initial: 'open',
    states: {
      open: {
        on: {
          PRODUCE: { guard: 'hasRoom', actions: 'append' },
          DECIDE: { guard: 'isOpen', actions: 'decide' },
          FOLLOWER_FETCH: { guard: 'hasFollower', actions: 'followerFetch' },
          FETCH: { actions: 'serve' },
          OFFSETS_FOR_LEADER_EPOCH: { actions: 'tellEpochEnd' },
          LIST_OFFSETS: { actions: 'tellOffset' },
          FOLLOWER_LAGS: { guard: 'isMember', actions: 'lag' },
          ELECT_CLEAN: { guard: 'isMember', actions: 'elect' },
          ELECT_UNCLEAN: { guard: 'mayElectOther', actions: 'elect' },
          FOLLOWER_LOSES_TAIL: { guard: 'isShorter', actions: 'loseTail' },
        },
      },
    },
  });
}

export const partition = (options: ConsumerOptions): Component => ({
  machine: partitionMachine(options),
});

/** What happens to the partition, of itself or by a fault. */
export function partitionStimuli(options: ConsumerOptions): Stimulus[] {
  const of = (
    event: Event,
    kind: Stimulus['class'],
    cost?: Readonly<Record<string, number>>,
  ): Stimulus => ({ to: 'partition', event, class: kind, ...(cost && { cost }) });
  const { hasFollower, uncleanElection, readsFollower, transactionalInput, bounds } = options;
  const decisions: readonly Fate[] = transactionalInput ? ['committed', 'aborted'] : [];
  const tails = Array.from({ length: readsFollower ? bounds.records : 0 }, (_, length) => length);
  return [
    of({ type: 'PRODUCE' }, 'client'),
    ...decisions.map((fate) => of({ type: 'DECIDE', fate }, 'protocol')),
    ...(hasFollower
      ? [
          of({ type: 'FOLLOWER_FETCH' }, 'protocol'),
          of({ type: 'FOLLOWER_LAGS' }, 'protocol', { lag: 1 }),
          of({ type: 'ELECT_CLEAN' }, 'fault', { brokerCrash: 1 }),
          ...tails.map((length) =>
            of({ type: 'FOLLOWER_LOSES_TAIL', length }, 'fault', { powerLoss: 1 }),
          ),
        ]
      : []),
    ...(hasFollower && uncleanElection
      ? [of({ type: 'ELECT_UNCLEAN' }, 'fault', { brokerCrash: options.crashesToUnclean })]
      : []),
  ];
}
