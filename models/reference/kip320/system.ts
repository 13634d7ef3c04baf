/**
 * The KIP-320 family as systems: components and stimuli of one variant at given sizes.
 *
 * Every action of the specification with its parameters is a stimulus to the component whose state
 * it changes; where it changes two, the first tells the second within the same move. What an action
 * reads of other components are the stimulus's views, no wider than the variant's rules need.
 */
import {
  type Component,
  defineSystem,
  type Local,
  type Stimulus,
  type System,
} from '../../../src/model/index.ts';
import { RECORD_IDS, recordIds } from './id-sequence.ts';
import { endOffset } from './log.ts';
import { LEADERSHIP, QUORUM, quorum, requestFor } from './quorum.ts';
import {
  hasUncommitted,
  isFull,
  isInMyIsr,
  isNews,
  type Replica,
  type ReplicaEvent,
  replicaMachine,
} from './replica.ts';
import { type AnyRules, presumesLeadership, type Seen } from './rules.ts';
import type { Variant } from './variant.ts';

/** The constants of the specification. */
export interface Sizes {
  /** Number of replicas. */
  readonly replicas: number;
  /** Most records in a log: LogSize. */
  readonly logSize: number;
  /** Records that are ever written: MaxRecords. */
  readonly records: number;
  /** The last leader epoch, the first being 0: MaxLeaderEpoch. */
  readonly maxEpoch: number;
}

/** The names of the replicas: `replica1`, `replica2`, ... */
export function replicaNames({ replicas }: Sizes): string[] {
  return Array.from({ length: replicas }, (_, i) => `replica${i + 1}`);
}

/** One variant at the given sizes. */
export function kip320System({ name, rules }: Variant, sizes: Sizes): System {
  const names = replicaNames(sizes);
  const epochs = Array.from({ length: sizes.maxEpoch + 1 }, (_, epoch) => epoch);
  const machine = replicaMachine(rules);
  const views = replicaViews(rules, names, epochs);
  const replica = (id: string): Component => ({
    machine,
    input: { id, logSize: sizes.logSize },
    views,
  });
  return defineSystem({
    name: `${name}, ${names.length} replicas`,
    components: {
      [QUORUM]: quorum(names, epochs.length),
      [RECORD_IDS]: recordIds(sizes.records),
      ...Object.fromEntries(names.map((id) => [id, replica(id)])),
    },
    stimuli: [
      ...names.flatMap(controllerActions),
      ...names.flatMap((id) => epochs.map((epoch) => becomeLeader(id, epoch))),
      ...names.flatMap((id) => leaderActions(id, others(names, id))),
      ...names.flatMap((id) =>
        others(names, id).flatMap((leader) => followerActions(id, leader, epochs, rules)),
      ),
    ],
    bounds: { ...sizes },
  });
}

const others = (names: string[], id: string): string[] => names.filter((name) => name !== id);

// ----- views -------------------------------------------------------------------------------

/** What a replica shows to the leader that it follows. */
const progressTo = (leader: string): string => `progress to ${leader}`;
/** What a leader shows to those who follow it. */
const SOURCE = 'source';
/** What a leader shows to those who are about to follow it in an epoch. */
const historyIn = (leaderEpoch: number): string => `history in epoch ${leaderEpoch}`;

function replicaViews(
  { progress, source, history }: AnyRules,
  names: string[],
  epochs: number[],
): NonNullable<Component['views']> {
  const views: NonNullable<Component['views']> = {
    [SOURCE]: (local) =>
      presumesLeadership(local as Seen) ? source((local as Seen).context) : null,
  };
  for (const leader of names) {
    views[progressTo(leader)] = (local) => {
      const { context } = local as Seen;
      return context.leader === leader ? progress(context) : null;
    };
  }
  if (!history) return views;
  for (const epoch of epochs) views[historyIn(epoch)] = (local) => history(local as Seen, epoch);
  return views;
}

// ----- stimuli -----------------------------------------------------------------------------
//
// `when` repeats, for speed, what the receiver's machine forbids anyway.

const leading =
  (condition: (me: Replica) => boolean) =>
  (local: Local): boolean =>
    presumesLeadership(local as Seen) && condition((local as Seen).context);

const following =
  (leader: string, condition: (me: Replica) => boolean) =>
  (local: Local): boolean =>
    (local as Seen).context.leader === leader && condition((local as Seen).context);

/** ControllerShrinkIsr, ControllerElectLeader */
function controllerActions(replica: string): Stimulus[] {
  const decide = (type: string): Stimulus => ({
    to: QUORUM,
    event: { type, replica } as Stimulus['event'],
    class: 'protocol',
  });
  return [decide('SHRINK_ISR'), decide('ELECT_LEADER')];
}

/** An event of a replica, without the views that the engine adds. */
type WithoutViews<E> = E extends { type: string } ? Omit<E, 'views'> : never;

function stimulus(
  to: string,
  event: WithoutViews<ReplicaEvent>,
  views: NonNullable<Stimulus['views']>,
  when: (local: Local) => boolean,
): Stimulus {
  const base: Stimulus = { to, event: event as Stimulus['event'], class: 'protocol', when };
  // The only replica of its partition has nobody to read.
  return Object.keys(views).length === 0 ? base : { ...base, views };
}

const readsNews =
  (epoch: number) =>
  (local: Local): boolean =>
    isNews((local as Seen).context, epoch);

/** BecomeLeader, of the request with this epoch */
function becomeLeader(to: string, leaderEpoch: number): Stimulus {
  const request = [QUORUM, requestFor(to, leaderEpoch)] as const;
  return stimulus(to, { type: 'BECOME_LEADER', leaderEpoch }, { request }, readsNews(leaderEpoch));
}

/** LeaderWrite, LeaderIncHighWatermark, LeaderShrinkIsr, LeaderExpandIsr */
function leaderActions(to: string, peers: string[]): Stimulus[] {
  const progress = Object.fromEntries(peers.map((peer) => [peer, [peer, progressTo(to)] as const]));
  const changeIsr = (replica: string) => ({
    quorum: [QUORUM, LEADERSHIP] as const,
    progress: [replica, progressTo(to)] as const,
  });
  return [
    stimulus(
      to,
      { type: 'WRITE' },
      { nextRecordId: [RECORD_IDS, 'next'] },
      leading((me) => !isFull(me)),
    ),
    // A leader is always in its own ISR, so it too must have the record.
    stimulus(to, { type: 'INC_HIGH_WATERMARK' }, progress, leading(hasUncommitted)),
    ...peers.flatMap((replica) => [
      stimulus(
        to,
        { type: 'SHRINK_ISR', replica },
        changeIsr(replica),
        leading((me) => isInMyIsr(me, replica)),
      ),
      stimulus(
        to,
        { type: 'EXPAND_ISR', replica },
        changeIsr(replica),
        leading((me) => !isInMyIsr(me, replica)),
      ),
    ]),
  ];
}

/** BecomeFollower..., FollowerReplicate, FollowerTruncate */
function followerActions(
  to: string,
  leader: string,
  epochs: number[],
  rules: AnyRules,
): Stimulus[] {
  const source = { source: [leader, SOURCE] as const };
  const stimuli = epochs.map((leaderEpoch) =>
    stimulus(
      to,
      { type: 'BECOME_FOLLOWER', leader, leaderEpoch },
      {
        request: [QUORUM, requestFor(leader, leaderEpoch)],
        ...(rules.history && { history: [leader, historyIn(leaderEpoch)] as const }),
      },
      readsNews(leaderEpoch),
    ),
  );
  stimuli.push(
    stimulus(
      to,
      { type: 'FETCH', leader },
      source,
      following(leader, (me) => !isFull(me)),
    ),
  );
  if (rules.lateTruncation) {
    const hasRecords = (me: Replica): boolean => endOffset(me.log) > 0;
    stimuli.push(stimulus(to, { type: 'TRUNCATE', leader }, source, following(leader, hasRecords)));
  }
  return stimuli;
}
