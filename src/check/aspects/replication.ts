/** Replication of a topic: the Kafka model. */
import { z } from 'zod';
import {
  type Bounds,
  defaults,
  evidence,
  findings,
  type KafkaOptions,
  kafka,
  narrate,
  repair,
  rulesOf,
} from '../../../models/kafka/index.ts';
import { claimsOf, guarantees, situations, subjectOf } from '../../../properties/kafka/index.ts';
import { type Deployment, FAULTS, type TopicDeployment } from '../../config/index.ts';
import type { Budget } from '../../model/index.ts';
import { faultsText, inOrder } from '../rows.ts';
import { type Aspect, aspect, type BoundsName } from './aspect.ts';
import { replicationChanges } from './replication-changes.ts';
import { weakSettings } from './replication-settings.ts';

/** Settings of a topic that the model depends on. */
export type ReplicationBase = {
  readonly replicas: number;
  readonly minInsyncReplicas: number;
  readonly acks: '0' | '1' | 'all';
  readonly uncleanLeaderElection: boolean;
  readonly flushEveryMessage: boolean;
  readonly eligibleLeaderReplicas: boolean;
  readonly behaviour: Deployment['behaviour'];
  readonly storage: TopicDeployment['storage'];
};

/** Everything a system of the Kafka model is built from. */
export type ReplicationInput = Omit<ReplicationBase, 'storage'> & {
  readonly bounds: Bounds;
  readonly faults: Budget;
  readonly repairs: readonly string[];
};

/** The faults that the Kafka model knows, in the order of FAULTS. */
const REPLICATION_FAULTS = FAULTS.filter((fault) =>
  [
    'brokerCrash',
    'powerLoss',
    'diskLoss',
    'partition',
    'slowReplica',
    'lostMessage',
    'controlledShutdown',
  ].includes(fault),
);

/** The model goes no further than this many replicas. */
const MOST_REPLICAS = 5;

/** Says something of rows in which one broker may be down: not of none, not of two. */
const ABOUT_ONE_BROKER = 'writable-with-one-broker-down';

const ACKS = { '0': 0, '1': 1, all: -1 } as const;

/** The bounds on epochs are there to end an endless search; with few faults they are never reached. */
export const REPLICATION_BOUNDS: Readonly<Record<BoundsName, Bounds>> = {
  tiny: { ...defaults.bounds, metadataLag: 1 },
  small: defaults.bounds,
  large: { ...defaults.bounds, records: 2, lags: 2, metadataLag: 3 },
};

/** Options for `kafka()`. */
export function replicationOptions(input: ReplicationInput): KafkaOptions {
  const { behaviour, eligibleLeaderReplicas, acks, repairs, ...rest } = input;
  const rules = rulesOf(behaviour, { eligibleLeaderReplicas });
  return { ...rest, acks: ACKS[acks], rules: repair(rules, repairs) };
}

const baseOf = (topic: TopicDeployment, { behaviour }: Deployment): ReplicationBase => ({
  replicas: topic.replicationFactor,
  minInsyncReplicas: topic.effectiveMinInsyncReplicas,
  acks: topic.acks,
  uncleanLeaderElection: topic.uncleanLeaderElection,
  flushEveryMessage: topic.flushEveryMessage,
  eligibleLeaderReplicas: topic.eligibleLeaderReplicas,
  behaviour,
  storage: topic.storage,
});

function summaryOf(base: Omit<ReplicationBase, 'storage'>, storage?: string): string {
  const { replicas, minInsyncReplicas, acks } = base;
  return [
    `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`,
    `min.insync.replicas ${minInsyncReplicas}`,
    `acks=${acks}`,
    base.uncleanLeaderElection ? 'unclean elections' : 'clean elections',
    base.eligibleLeaderReplicas ? 'ELR on' : 'ELR off',
    ...(base.flushEveryMessage ? ['every record flushed'] : []),
    ...(storage === 'ephemeral' ? ['ephemeral storage'] : []),
  ].join(', ');
}

/**
 * What is explored for a row. On ephemeral storage the end of a broker is the end of its disk.
 * @returns the budget, and a sentence if it is not the row's own.
 */
export function exploredFaults(
  { storage }: Pick<ReplicationBase, 'storage'>,
  faults: Budget,
): { faults: Budget; note: string | null } {
  const { brokerCrash = 0, powerLoss = 0, diskLoss = 0, ...rest } = faults;
  if (storage !== 'ephemeral' || brokerCrash + powerLoss === 0) return { faults, note: null };
  const all = { ...rest, diskLoss: brokerCrash + powerLoss + diskLoss };
  const explored = inOrder(all, REPLICATION_FAULTS);
  const note =
    `${faultsText(faults)} is explored as ${faultsText(explored)}: on ephemeral storage a broker ` +
    'that dies loses its disk.';
  return { faults: explored, note };
}

/** How many brokers may be down at once, at most. */
export const mostDown = (faults: Budget): number =>
  ['brokerCrash', 'powerLoss', 'diskLoss', 'controlledShutdown'].reduce(
    (sum, fault) => sum + (faults[fault] ?? 0),
    0,
  );

const small = z.int().min(0).max(99);

export const replication: Aspect = aspect<ReplicationBase, ReplicationInput>({
  name: 'replication',
  guarantees,
  requiredByDefault: [
    'no-acked-loss',
    'readers-never-see-loss',
    'one-leader-per-epoch',
    'clean-leaders-are-complete',
  ],
  faults: REPLICATION_FAULTS,
  findings: { about: 'Kafka itself', see: 'models/kafka/README.md', list: findings },

  subjectsOf: (deployment) =>
    deployment.topics.map((topic) => {
      const base = baseOf(topic, deployment);
      const summary = summaryOf(base, base.storage);
      return { name: topic.name, summary, settings: topic.settings, base };
    }),

  changesOf: (subjects, deployment) =>
    replicationChanges(subjects, Math.max(1, ...deployment.topics.map(({ brokers }) => brokers))),

  inputOf: ({ storage, ...model }, { faults: asked, bounds, repairs }) => {
    const { faults, note } = exploredFaults({ storage }, asked);
    return { input: { ...model, bounds: REPLICATION_BOUNDS[bounds], faults, repairs }, note };
  },

  refusal: ({ replicas, minInsyncReplicas, acks }) => {
    if (replicas > MOST_REPLICAS) {
      return `Not explored: ${replicas} replicas, and the model goes up to ${MOST_REPLICAS}.`;
    }
    if (minInsyncReplicas > replicas && acks === 'all') {
      return (
        `Not explored: before Kafka 3.7 min.insync.replicas=${minInsyncReplicas} with ` +
        `${replicas} ${replicas === 1 ? 'replica' : 'replicas'} refuses every write with acks=all.`
      );
    }
    return null;
  },

  isAsked: (guarantee, faults) => guarantee !== ABOUT_ONE_BROKER || mostDown(faults) === 1,
  system: (input) => kafka(replicationOptions(input)),
  claims: (input) =>
    claimsOf(
      guarantees.map(({ name }) => name),
      subjectOf(replicationOptions(input)),
    ),
  situations: (input) => situations(subjectOf(replicationOptions(input))),
  narrate,
  evidence,
  weakSettings,
  summaryOf: (input) => `Kafka ${input.behaviour}: ${summaryOf(input)}`,

  boundsText: (name) => {
    const { records, lags, metadataLag, partitionEpochs, leaderEpochs } = REPLICATION_BOUNDS[name];
    return [
      `${records} ${records === 1 ? 'record' : 'records'}`,
      `replicas found lagging ${lags === 1 ? 'once' : `${lags} times`} (not a fault)`,
      `metadata read ${metadataLag} ${metadataLag === 1 ? 'change' : 'changes'} late`,
      `partition epochs to ${partitionEpochs}, leader epochs to ${leaderEpochs}`,
    ].join(', ');
  },

  effort: ({ replicas, faults }) =>
    replicas * 10 + Object.values(faults).reduce((sum, count) => sum + count, 0),

  input: z.strictObject({
    replicas: z.int().min(1).max(MOST_REPLICAS),
    minInsyncReplicas: z.int().min(1),
    acks: z.enum(['0', '1', 'all']),
    uncleanLeaderElection: z.boolean(),
    flushEveryMessage: z.boolean(),
    eligibleLeaderReplicas: z.boolean(),
    behaviour: z.enum(['3.5', '3.9', '4.0', '4.1']),
    bounds: z.strictObject({
      records: small,
      lags: small,
      partitionEpochs: small,
      leaderEpochs: small,
      metadataLag: small,
    }),
    repairs: z.array(z.enum(findings.map(({ id }) => id))),
    faults: z.partialRecord(z.enum(REPLICATION_FAULTS), small) as z.ZodType<Budget>,
  }),
});
