/**
 * What the claims about Kafka read of each component: projections as small as the claims allow,
 * shared between claims so that each is computed once per local state.
 */
import type {
  ControllerState,
  KafkaOptions,
  Ledger,
  Producer,
  Replica,
} from '../../models/kafka/index.ts';
import type { Local, View } from '../../src/model/index.ts';

/** What a claim is about: the system's options, and the names of its brokers. */
export interface Subject extends KafkaOptions {
  brokers: string[];
}

export const subjectOf = (options: KafkaOptions): Subject => ({
  ...options,
  minInsyncReplicas: Math.min(options.minInsyncReplicas, options.replicas),
  brokers: Array.from({ length: options.replicas }, (_, i) => `b${i + 1}`),
});

const replicaOf = (local: Local): Replica => local.context as Replica;
export const isRunning = ({ value }: Local): boolean => value !== 'offline';

/** `record@epoch` by offset: a log's content in one glance. */
const entriesOf = (entries: readonly { epoch: number; value: number }[]): string[] =>
  entries.map(({ epoch, value }) => `${value}@${epoch}`);

export type Holding = { running: boolean; entries: string[] };
/** What a broker's disk holds. */
export const holding = (local: Local): Holding => ({
  running: isRunning(local),
  entries: entriesOf(replicaOf(local).log.entries),
});

/** The records of a broker's log, without their epochs. */
export type Values = { running: boolean; values: number[] };
export const values = (local: Local): Values => ({
  running: isRunning(local),
  values: replicaOf(local).log.entries.map(({ value }) => value),
});

/** A broker's log below its own high watermark. */
export const committed = (local: Local): string[] => {
  const { log, highWatermark } = replicaOf(local);
  return entriesOf(log.entries.slice(0, highWatermark));
};

export type Role = {
  running: boolean;
  leading: boolean;
  leaderEpoch: number;
};
export const role = (local: Local): Role => {
  const { leadership, leaderEpoch } = replicaOf(local);
  return { running: isRunning(local), leading: leadership !== null, leaderEpoch };
};

export type LeaderView = {
  leaderEpoch: number;
  isr: string[];
  /** Committed and proposed members together. */
  maximalIsr: string[];
  highWatermark: number;
  waits: boolean;
};
/** What a broker claims as leader; null if it does not lead. */
export const leading = (local: Local): LeaderView | null => {
  const { leadership, leaderEpoch, highWatermark } = replicaOf(local);
  if (!leadership) return null;
  const proposed = Object.keys(leadership.pending?.isr ?? {});
  return {
    leaderEpoch,
    isr: leadership.isr,
    maximalIsr: [...new Set([...leadership.isr, ...proposed])].sort(),
    highWatermark,
    waits: leadership.waiting.length > 0,
  };
};

/** The end of the log that a leader tells clients; null if it leads not or tells none yet. */
export type Told = { leaderEpoch: number; end: number } | null;
export const telling =
  ({ rules }: Subject): View<Told> =>
  (local) => {
    const replica = replicaOf(local);
    const { leadership, leaderEpoch, highWatermark } = replica;
    const tells = leadership !== null && rules.tellsHighWatermark(replica, leadership);
    return tells ? { leaderEpoch, end: highWatermark } : null;
  };

/** The controller's leader and its epoch. */
export type Elected = { leader: string | null; leaderEpoch: number };
export const elected = (local: Local): Elected => {
  const { leader, leaderEpoch } = (local.context as ControllerState).partition;
  return { leader, leaderEpoch };
};

export type Governed = {
  leader: string | null;
  leaderEpoch: number;
  isr: string[];
  elr: string[];
  lastKnownLeader: string | null;
  active: string[];
};
export const governed = (local: Local): Governed => {
  const { partition, brokers } = local.context as ControllerState;
  const { leader, leaderEpoch, isr, elr, lastKnownLeader } = partition;
  const active = Object.keys(brokers).filter((id) => brokers[id]!.status === 'active');
  return { leader, leaderEpoch, isr, elr, lastKnownLeader, active };
};

/** The controller's view with the model's own limit: past it, nothing is said of the future. */
export const governedWithin = ({ bounds }: Subject): View<Governed & { atBound: boolean }> =>
  memo(bounds, (local) => {
    const { partitionEpoch, leaderEpoch } = (local.context as ControllerState).partition;
    const atBound = partitionEpoch >= bounds.partitionEpochs || leaderEpoch >= bounds.leaderEpochs;
    return { ...governed(local), atBound };
  });

/** Records the producer was told are safe. */
export const acknowledged = (local: Local): number[] =>
  (local.context as Producer).outcomes.flatMap((o, value) => (o === 'acknowledged' ? [value] : []));
export const outcomes = (local: Local): string[] => [...(local.context as Producer).outcomes];

export type Shown = { exposed: string[]; contradictedAt: number | null };
/** What readers were shown. */
export const shown = (local: Local): Shown => {
  const { exposed, contradictedAt } = local.context as Ledger;
  return { exposed: entriesOf(exposed), contradictedAt };
};
export const losses = (local: Local): Record<string, number> => (local.context as Ledger).losses;

/** The same view for the same key, so that the engine computes it once. */
const views = new WeakMap<object, View<Governed & { atBound: boolean }>>();
function memo(
  key: object,
  view: View<Governed & { atBound: boolean }>,
): View<Governed & { atBound: boolean }> {
  const known = views.get(key) ?? view;
  views.set(key, known);
  return known;
}

/** The same projection of every broker. */
export const ofBrokers = <T>({ brokers }: Subject, view: T): Record<string, T> =>
  Object.fromEntries(brokers.map((id) => [id, view]));
