/** A consumer's group and one of the topics that it reads: the model of consumers. */
import { z } from 'zod';
import {
  type Bounds,
  type ConsumerOptions,
  consumers as consumersOf,
  defaults,
  evidence,
  findings,
  narrate,
  repair,
  rulesOf,
} from '../../../models/clients/consumers/index.ts';
import {
  consumerClaims,
  guarantees,
  situations,
} from '../../../properties/clients/consumers/index.ts';
import {
  type ConsumerDeployment,
  type Deployment,
  FAULTS,
  type Setting,
  type TopicDeployment,
} from '../../config/index.ts';
import type { Budget } from '../../model/index.ts';
import { type Aspect, aspect, type BoundsName } from './aspect.ts';
import { consumersChanges } from './consumers-changes.ts';

/** Settings of a consumer and of what it reads that the model depends on. */
export type ConsumersBase = Omit<ConsumerOptions, 'rules' | 'bounds' | 'faults'> & {
  /** A broker that crashes loses its disk. */
  readonly ephemeral: boolean;
  readonly behaviour: Deployment['behaviour'];
};

/** Everything a system of the model is built from. */
export type ConsumersInput = ConsumersBase & {
  readonly bounds: Bounds;
  readonly faults: Budget;
  readonly repairs: readonly string[];
};

/** Faults of brokers that only replication tells apart are, to a reader, an election. */
const CONSUMER_FAULTS = FAULTS.filter((fault) =>
  [
    'brokerCrash',
    'lostMessage',
    'consumerCrash',
    'slowConsumer',
    'rebalance',
    'processingError',
    'offsetsExpired',
  ].includes(fault),
);

export const CONSUMER_BOUNDS: Readonly<Record<BoundsName, Bounds>> = {
  tiny: { ...defaults.bounds, records: 1 },
  small: defaults.bounds,
  large: { records: 3, lags: 2 },
};

/**
 * Options for `consumers()`. The last of the ISR may lose its disk, and lead without what readers were
 * shown: to them an unclean election of a replica that has nothing.
 */
function optionsOf({ behaviour, repairs, ephemeral, ...rest }: ConsumersInput): ConsumerOptions {
  const { protocol, hasFollower, uncleanElection } = rest;
  return {
    ...rest,
    hasFollower: hasFollower || ephemeral,
    uncleanElection: uncleanElection || ephemeral,
    rules: repair(rulesOf(behaviour, protocol), repairs),
  };
}

function baseOf(
  consumer: ConsumerDeployment,
  topic: TopicDeployment,
  { behaviour }: Deployment,
): ConsumersBase {
  const { replicationFactor } = topic;
  const readCommitted = consumer.isolationLevel === 'read_committed';
  return {
    commits: consumer.commits,
    processing: consumer.processing,
    reset: consumer.autoOffsetReset,
    readCommitted,
    // Whoever reads uncommitted does not tell transactions from other records.
    transactionalInput: readCommitted,
    protocol: consumer.groupProtocol,
    commitsEpoch: consumer.commitsLeaderEpoch,
    readsFollower: consumer.readsFollower && replicationFactor > 1,
    hasFollower: replicationFactor > 1,
    uncleanElection: topic.uncleanLeaderElection && replicationFactor > 1,
    crashesToUnclean: crashesToUnclean(topic, behaviour),
    behaviour,
    ephemeral: topic.storage === 'ephemeral',
  };
}

/**
 * Crashes after which a replica may lead that lacks what readers were shown. Before 3.7 records were
 * shown that the last in-sync replica alone had. Since then min.insync.replicas have them, but those
 * that fell out of the ISR are preferred to any other only as eligible leader replicas: otherwise the
 * first replica that lives is elected when the last of the ISR crashes (PartitionChangeBuilder.electAnyLeader).
 */
function crashesToUnclean(topic: TopicDeployment, behaviour: Deployment['behaviour']): number {
  const { replicationFactor, effectiveMinInsyncReplicas, eligibleLeaderReplicas } = topic;
  const allHave = effectiveMinInsyncReplicas >= replicationFactor && topic.storage === 'persistent';
  const haveAll = eligibleLeaderReplicas || allHave;
  if (behaviour === '3.5' || !haveAll) return 1;
  return Math.min(effectiveMinInsyncReplicas, replicationFactor);
}

const COMMITTED: Readonly<Record<ConsumersBase['commits'], string>> = {
  auto: 'commits automatically',
  beforeProcessing: 'commits before processing',
  afterProcessing: 'commits after processing',
  inTransaction: 'commits in transactions',
};

function summaryOf(base: ConsumersBase): string {
  return [
    COMMITTED[base.commits],
    base.processing === 'inPoll' ? 'processed in the poll loop' : 'processed by other threads',
    `auto.offset.reset=${base.reset}`,
    base.readCommitted ? 'read_committed' : 'read_uncommitted',
    `${base.protocol} protocol`,
    ...(base.commitsEpoch ? [] : ['commits without leader epoch']),
    ...(base.readsFollower ? ['reads followers'] : []),
    ...(base.uncleanElection ? ['unclean elections'] : []),
    ...(base.ephemeral ? ['ephemeral storage'] : []),
  ].join(', ');
}

/** Settings of the topic that a reader depends on. */
const OF_TOPIC = ['replication.factor', 'default.replication.factor', 'min.insync.replicas'];
const UNCLEAN = 'unclean.leader.election.enable';
const ofTopic = ({ key }: Setting): boolean => OF_TOPIC.includes(key) || key === UNCLEAN;

const small = z.int().min(0).max(99);

export const consumers: Aspect = aspect<ConsumersBase, ConsumersInput>({
  name: 'consumers',
  guarantees,
  requiredByDefault: ['at-least-once-consumption'],
  faults: CONSUMER_FAULTS,
  findings: {
    about: "Kafka's consumers",
    see: 'models/clients/consumers/README.md',
    list: findings,
  },

  subjectsOf: (deployment) =>
    deployment.consumers.flatMap((consumer) =>
      consumer.topics.map((name) => {
        const topic = deployment.topics.find((each) => each.name === name)!;
        const base = baseOf(consumer, topic, deployment);
        const settings = [...consumer.settings, ...topic.settings.filter(ofTopic)];
        return {
          name: `${consumer.group} reading ${name}`,
          summary: summaryOf(base),
          settings,
          base,
        };
      }),
    ),

  changesOf: (readers) => consumersChanges(readers),
  inputOf: (base, { faults, bounds, repairs }) => ({
    input: { ...base, bounds: CONSUMER_BOUNDS[bounds], faults, repairs },
    note: null,
  }),
  refusal: () => null,
  isAsked: () => true,
  system: (input) => consumersOf(optionsOf(input)),
  claims: (input) => {
    const named = new Set(guarantees.flatMap(({ claims }) => claims));
    return consumerClaims(optionsOf(input)).filter(({ name }) => named.has(name));
  },
  situations: (input) => situations(optionsOf(input)),
  narrate,
  evidence,
  summaryOf: (input) => `Kafka ${input.behaviour}: ${summaryOf(input)}`,
  weakSettings: (guarantee, settings) =>
    guarantee === 'at-least-once-consumption'
      ? settings.filter(({ key, value }) => WEAK[key]?.includes(value))
      : [],
  boundsText: (name) => {
    const { records, lags } = CONSUMER_BOUNDS[name];
    return [
      `${records} ${records === 1 ? 'record' : 'records'}`,
      `a follower found lagging ${lags === 1 ? 'once' : `${lags} times`} (not a fault)`,
      'two consumers in the group',
    ].join(', ');
  },
  effort: ({ commits, faults }) =>
    Object.values(faults).reduce((sum, count) => sum + count, commits === 'inTransaction' ? 1 : 0),

  input: z.strictObject({
    commits: z.enum(['auto', 'beforeProcessing', 'afterProcessing', 'inTransaction']),
    processing: z.enum(['inPoll', 'handedOver']),
    reset: z.enum(['earliest', 'latest', 'by_duration', 'none']),
    readCommitted: z.boolean(),
    transactionalInput: z.boolean(),
    protocol: z.enum(['classic', 'consumer']),
    commitsEpoch: z.boolean(),
    readsFollower: z.boolean(),
    hasFollower: z.boolean(),
    uncleanElection: z.boolean(),
    ephemeral: z.boolean(),
    crashesToUnclean: z.int().min(1).max(99),
    behaviour: z.enum(['3.5', '3.9', '4.0', '4.1']),
    bounds: z.strictObject({ records: z.int().min(1).max(99), lags: small }),
    repairs: z.array(z.enum(findings.map(({ id }) => id))),
    faults: z.partialRecord(z.enum(CONSUMER_FAULTS), small) as z.ZodType<Budget>,
  }),
});

/** What makes a consumer lose records, the most telling first. */
const WEAK: Readonly<Record<string, readonly string[]>> = {
  commits: ['beforeProcessing'],
  processing: ['handedOver'],
  'enable.auto.commit': ['true'],
  'auto.offset.reset': ['latest'],
  leaderEpochs: ['false'],
  [UNCLEAN]: ['true'],
};
