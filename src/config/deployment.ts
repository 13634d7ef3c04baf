import { basename, dirname } from 'pathe';
import { collect } from './collect.ts';
import { ConfigError } from './error.ts';
import type { Files } from './files.ts';
import { FAULTS, FINDINGS, GUARANTEES, type StreamDeployment } from './holdfast-schema.ts';
import type { Intake, Storage } from './intake.ts';
import { isSecret } from './keys.ts';
import type { ProducerDeployment } from './producer.ts';
import type { Config } from './properties.ts';
import { resolveCluster } from './resolve-cluster.ts';
import { type ConsumerDeployment, resolveConsumers } from './resolve-consumers.ts';
import { resolveTopics } from './resolve-topics.ts';
import { resolveTransactions, type TransactionsDeployment } from './resolve-transactions.ts';
import type { Compaction } from './topic-cleanup.ts';
import type { BehaviourLevel, KafkaVersion } from './version.ts';

/** Where a value comes from: a line of a file, or a default, as `{ default: 'kafka 4.1' }`. */
export type Origin =
  | { readonly file: string; readonly line: number }
  | { readonly default: string };

/** One value with its origin. */
export interface Setting {
  /**
   * Whose it is: `broker`, `controller`, `topic orders`, `producer`, `coordinator`, `cluster`,
   * `stream`, `spark`.
   */
  readonly subject: string;
  readonly key: string;
  readonly value: string;
  readonly origin: Origin;
}

/** A topic as the cluster would run it: every value settled. */
export interface TopicDeployment {
  readonly name: string;
  /** Whether Kafka keeps it for itself: `__consumer_offsets`, `__transaction_state`. */
  readonly internal: boolean;
  readonly replicationFactor: number;
  /** How many, where a file of the topic says it: only simulated runs depend on it. */
  readonly partitions?: Setting;
  readonly minInsyncReplicas: number;
  /** What the leader compares the ISR with: clamped to the replication factor from 3.7 on. */
  readonly effectiveMinInsyncReplicas: number;
  readonly uncleanLeaderElection: boolean;
  /** KIP-966. */
  readonly eligibleLeaderReplicas: boolean;
  /** Whether every record is fsynced before anybody hears of it. */
  readonly flushEveryMessage: boolean;
  /** Of the producer that writes it; the coordinators write the internal topics with `all`. */
  readonly acks: '0' | '1' | 'all';
  /** `ephemeral`: losing a pod or machine loses the disk. */
  readonly storage: Storage;
  /** Brokers in the cluster. */
  readonly brokers: number;
  /** Who writes it, unless the coordinators do. */
  readonly producer?: TopicProducer;
  /** How it is compacted; left out, it is not, or Kafka keeps it for itself. */
  readonly compaction?: Compaction;
  /** Every value used for this topic, each with its origin. */
  readonly settings: readonly Setting[];
}

/** The producer of a topic, and how long the brokers remember it. */
export interface TopicProducer extends ProducerDeployment {
  /** producer.id.expiration.ms of the brokers. */
  readonly producerIdExpirationMs: number;
}

/** What was read, settled: the one input of the checks. */
export interface Deployment {
  readonly name: string;
  /** The files read, in the order of reading. */
  readonly files: readonly string[];
  readonly kafkaVersion: KafkaVersion;
  readonly behaviour: BehaviourLevel;
  /**
   * The described topics, or one row `(broker defaults)`, and after them `__consumer_offsets` and
   * `__transaction_state`; these two are missing, with a note, where their default replication
   * factor is larger than the cluster, because Kafka cannot create them then.
   */
  readonly topics: readonly TopicDeployment[];
  /** Consumers of a group, and what they read. */
  readonly consumers: readonly ConsumerDeployment[];
  /** The topics that transactional producers write. */
  readonly transactions: readonly TransactionsDeployment[];
  /** Everything read and every default used, once each. Values that may be secret are hidden. */
  readonly settings: readonly Setting[];
  /** What holdfast.yaml requires. */
  readonly require?: { readonly guarantees: readonly string[] };
  /** The fault budget of holdfast.yaml: how many faults of each class in one run. */
  readonly survive?: Readonly<Record<string, number>>;
  /** Findings about Kafka itself that holdfast.yaml accepts. */
  readonly accept?: readonly string[];
  /** What holdfast.yaml says of the Spark query. */
  readonly stream?: StreamDeployment;
  /** Assumptions, skipped files, values that Kafka changes silently: one sentence each. */
  readonly notes: readonly string[];
}

/** What a caller may set. */
export interface ReadOptions {
  /** The guarantees that holdfast.yaml may require. Default: GUARANTEES. */
  readonly knownGuarantees?: readonly string[];
  /** The fault classes that holdfast.yaml may budget. Default: FAULTS. */
  readonly knownFaults?: readonly string[];
}

/**
 * Reads configuration files and folders into one resolved deployment. The same files give the same
 * deployment: neither the environment nor the clock is looked at. Throws ConfigError, and nothing
 * else, for configuration that cannot be used.
 */
export function readDeploymentFrom(
  files: Files,
  paths: readonly string[],
  options: ReadOptions = {},
): Deployment {
  if (paths.length === 0) {
    throw new ConfigError(
      { file: '(no path)' },
      'nothing to read; name the files or the folder of a deployment',
    );
  }
  const intake = collect(files, paths, {
    guarantees: options.knownGuarantees ?? GUARANTEES,
    faults: options.knownFaults ?? FAULTS,
  });
  refuseWithoutKafka(paths[0]!, intake);
  const cluster = resolveCluster(intake);
  const topics = resolveTopics(intake, cluster);
  const consumers = resolveConsumers(intake, cluster, topics);
  const transactions = resolveTransactions(intake, cluster, topics, consumers);
  const holdfast = intake.holdfast?.content;
  const producers = topics.flatMap(({ producer }) => (producer ? [producer] : []));
  const compactions = topics.flatMap(({ compaction }) => (compaction ? [compaction] : []));
  const parts = [...topics, ...producers, ...compactions, ...consumers, ...transactions];
  const used = parts.flatMap(({ settings }) => settings);
  return {
    name: nameOf(paths[0]!, intake),
    files: intake.files,
    kafkaVersion: cluster.version,
    behaviour: cluster.behaviour,
    topics,
    consumers,
    transactions,
    settings: allSettings(intake, [
      cluster.versionSetting,
      ...used,
      ...(intake.holdfast?.stream ?? []),
    ]),
    ...(holdfast?.require && { require: holdfast.require }),
    ...(holdfast?.survive && { survive: budgets(holdfast.survive) }),
    ...(holdfast?.accept && {
      accept: holdfast.accept === 'all' ? FINDINGS : holdfast.accept,
    }),
    ...(holdfast?.stream && { stream: holdfast.stream }),
    notes: [...new Set(intake.notes)],
  };
}

function refuseWithoutKafka(path: string, intake: Intake): void {
  const { nodes, topics, producers, consumers, brokerCounts, holdfast } = intake;
  const kafka = nodes.length + topics.length + producers.length + consumers.length;
  if (kafka > 0 || brokerCounts.length > 0 || holdfast !== undefined) {
    if (intake.spark.length > 0 && holdfast?.content.stream === undefined) {
      const files = intake.spark.map(({ file }) => file).join(', ');
      intake.notes.push(
        `${files}: Spark settings are used once holdfast.yaml describes the stream; not used`,
      );
    }
    return;
  }
  throw intake.spark.length > 0
    ? new ConfigError(
        { file: intake.spark[0]!.file },
        'this holds only Spark settings, and these are checked together with a stream; add a ' +
          'holdfast.yaml that describes the stream and names the Kafka files',
      )
    : new ConfigError(
        { file: path },
        'nothing in it describes Kafka; give the files of brokers, topics or clients',
      );
}

function nameOf(path: string, intake: Intake): string {
  const stated = intake.holdfast?.content.name ?? intake.clusters[0]?.value;
  if (stated !== undefined) return stated;
  const absolute = intake.from.absolute(path);
  return basename(intake.files.includes(path) ? dirname(absolute) : absolute) || 'deployment';
}

function budgets(survive: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(survive).flatMap(([fault, count]) =>
      count === undefined ? [] : [[fault, count]],
    ),
  );
}

function allSettings(intake: Intake, used: readonly Setting[]): Setting[] {
  const read = [
    ...intake.nodes.flatMap((node) => listed(node.broker ? 'broker' : 'controller', node.config)),
    ...intake.topics.flatMap((topic) => listed(`topic ${topic.name}`, topic.config)),
    ...intake.producers.flatMap(({ config }) => listed('producer', config)),
    ...intake.consumers.flatMap(({ config }) => listed('consumer', config)),
    ...intake.spark.flatMap(({ config }) => listed('spark', config)),
  ];
  const unique = new Map([...used, ...read].map((setting) => [JSON.stringify(setting), setting]));
  return [...unique.values()];
}

function listed(subject: string, config: Config): Setting[] {
  return [...config].map(([key, { value, file, line }]) => ({
    subject,
    key,
    value: isSecret(key) ? '(hidden)' : value.trim(),
    origin: { file, line },
  }));
}
