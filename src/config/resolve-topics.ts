import type { Setting, TopicDeployment, TopicProducer } from './deployment.ts';
import { ConfigError, placeText } from './error.ts';
import type { Intake, TopicSource } from './intake.ts';
import { mergeTopics } from './merge-topics.ts';
import type { Acks, ProducerDeployment } from './producer.ts';
import type { Stated } from './properties.ts';
import type { Cluster } from './resolve-cluster.ts';
import { producersOf } from './resolve-producers.ts';
import { asWritten, type Resolved, resolved, type ServerKey } from './server-settings.ts';
import { type Compaction, compactionOf } from './topic-cleanup.ts';
import {
  brokerFactor,
  coordinatorAcks,
  flushEvery,
  minInsync,
  noteControllersDecide,
  uncleanElection,
} from './topic-settings.ts';
import { replicationFactor, wholeNumber } from './values.ts';
import { atLeast } from './version.ts';

/** The row for a topic that nobody describes: as the brokers would create it. */
export const BROKER_DEFAULTS = '(broker defaults)';
/** The topic of committed offsets. */
export const OFFSETS = '__consumer_offsets';
/** The topic of transaction states. */
export const TRANSACTIONS = '__transaction_state';
const INTERNAL = [OFFSETS, TRANSACTIONS];

/** A topic with everything settled but the number of brokers. */
interface Draft {
  readonly name: string;
  readonly factor: Resolved<number>;
  readonly minIsr: Resolved<number>;
  readonly unclean: Resolved<boolean>;
  readonly flush: Resolved<boolean>;
  readonly acks: Resolved<Acks>;
  readonly partitions?: Setting;
  /** Who writes it; not said of topics that coordinators write. */
  readonly producer?: TopicProducer;
  readonly compaction?: Compaction | undefined;
}

/** Settles every topic of the deployment; see `Deployment.topics` for the order. */
export function resolveTopics(intake: Intake, cluster: Cluster): TopicDeployment[] {
  const described = mergeTopics(intake.topics);
  for (const topic of streamTopics(intake)) {
    if (described.has(topic)) continue;
    described.set(topic, { name: topic, config: new Map() });
    intake.notes.push(`no file describes the topic ${topic}: it has the brokers' defaults`);
  }
  const own = [...described.values()].filter(({ name }) => !INTERNAL.includes(name));
  const rows = own.length > 0 ? own : [defaultRow(intake)];
  const producerOf = producersOf(intake, cluster);
  const drafts = [
    ...rows.map((topic) => ({
      ...writtenBy(topic, cluster, producerOf(topic)),
      compaction: compactionOf(topic, cluster, intake),
    })),
    ...INTERNAL.map((name) =>
      draft(
        described.get(name) ?? { name, config: new Map() },
        cluster,
        internalAcks(name, cluster),
      ),
    ),
  ];
  noteControllersDecide(intake, cluster);
  const brokers = cluster.brokers ?? guessBrokers(intake, drafts);
  return drafts.flatMap((row) => {
    if (!fits(row, brokers, cluster, intake)) return [];
    return deployed(row, brokers, cluster, intake);
  });
}

function streamTopics(intake: Intake): string[] {
  const stream = intake.holdfast?.content.stream;
  if (stream === undefined) return [];
  return stream.sink.topic === undefined
    ? [stream.source.topic]
    : [stream.source.topic, stream.sink.topic];
}

function defaultRow(intake: Intake): TopicSource {
  intake.notes.push(
    `no file describes a topic: the row ${BROKER_DEFAULTS} is a topic created with what the ` +
      'brokers set, or with the defaults of Kafka',
  );
  return { name: BROKER_DEFAULTS, config: new Map() };
}

function internalAcks(name: string, cluster: Cluster): Resolved<Acks> {
  // Until 3.9 the acknowledgements of an offset commit could be configured; 4.0 removed that.
  if (name === OFFSETS && !atLeast(cluster.version, 4, 0)) return cluster.broker(coordinatorAcks);
  return resolved('coordinator', 'acks', 'all', cluster.defaults);
}

/** How long brokers remember a producer that is silent; a setting of its own since 3.4 (KIP-854). */
const EXPIRATION = (cluster: Cluster): ServerKey<number> => ({
  key: 'producer.id.expiration.ms',
  parse: wholeNumber(1),
  fallback: atLeast(cluster.version, 3, 4) ? 86_400_000 : 604_800_000,
});

function writtenBy(topic: TopicSource, cluster: Cluster, producer: ProducerDeployment): Draft {
  const expiration = cluster.broker(EXPIRATION(cluster));
  const setting = producer.settings.find(({ key }) => key === 'acks')!;
  return {
    ...draft(topic, cluster, { value: producer.acks, setting }),
    producer: {
      ...producer,
      producerIdExpirationMs: expiration.value,
      settings: [...producer.settings, expiration.setting],
    },
  };
}

function draft(topic: TopicSource, cluster: Cluster, acks: Resolved<Acks>): Draft {
  const { name } = topic;
  return {
    name,
    factor: factorOf(topic, cluster),
    minIsr: minInsync(topic, cluster, name === TRANSACTIONS),
    unclean: uncleanElection(topic, cluster, name === TRANSACTIONS),
    flush: flushEvery(topic, cluster),
    acks,
    ...(topic.partitions && { partitions: partitionsOf(name, topic.partitions) }),
  };
}

const partitionsOf = (name: string, stated: Stated): Setting =>
  asWritten(`topic ${name}`, 'partitions', wholeNumber(1)('partitions', stated), stated).setting;

function factorOf(topic: TopicSource, cluster: Cluster): Resolved<number> {
  const { name, replicationFactor: stated } = topic;
  const value = stated && replicationFactor('the replication factor', stated);
  if (stated !== undefined && value !== undefined && value > 0) {
    return asWritten(`topic ${name}`, 'replication.factor', value, stated);
  }
  if (name === OFFSETS) return cluster.broker(brokerFactor('offsets.topic.replication.factor', 3));
  if (name === TRANSACTIONS) {
    return cluster.broker(brokerFactor('transaction.state.log.replication.factor', 3));
  }
  const key = brokerFactor('default.replication.factor', 1);
  // An existing topic was created through the controller; one that a client's write creates gets
  // the default of the broker that it asked (AutoTopicCreationManager).
  return name === BROKER_DEFAULTS ? cluster.broker(key) : cluster.controller(key);
}

/** Properties files do not say how many brokers there are: the least number that fits. */
function guessBrokers(intake: Intake, drafts: readonly Draft[]): Resolved<number> {
  const ids = intake.nodes
    .filter((node) => node.broker)
    .map((node) => (node.config.get('node.id') ?? node.config.get('broker.id'))?.value ?? 'any');
  const largest = Math.max(...drafts.map(({ factor }) => factor.value));
  const count = Math.max(new Set(ids).size, largest);
  const files = new Set(ids).size;
  const why =
    count > largest ? `the ${files} broker files` : `the largest replication factor (${largest})`;
  intake.notes.push(
    `no file says how many brokers there are: ${count} ${count === 1 ? 'is' : 'are'} assumed, ` +
      `from ${why}; state ` +
      'kafka.brokers in holdfast.yaml',
  );
  return resolved('cluster', 'brokers', count, 'assumed');
}

/** Whether Kafka can create the topic. What somebody wrote is an error; a default is a note. */
function fits(row: Draft, brokers: Resolved<number>, cluster: Cluster, intake: Intake): boolean {
  if (row.factor.value <= brokers.value) return true;
  const { origin } = row.factor.setting;
  const counted = brokers.setting.origin;
  const place = 'file' in counted ? ` (${placeText(counted)})` : '';
  const cluster_ = `the cluster has ${plural(brokers.value)}${place}`;
  if ('file' in origin) {
    throw new ConfigError(
      origin,
      `${row.name} has the replication factor ${row.factor.value}, but ${cluster_}; Kafka ` +
        `refuses ` +
        'to create it: lower the factor or add brokers',
    );
  }
  intake.notes.push(
    `${row.name} is left out: its replication factor is ${row.factor.value} by default ` +
      `(${cluster.defaults}), but ${cluster_}, so that Kafka cannot create it; set ` +
      `${row.factor.setting.key}`,
  );
  return false;
}

const plural = (brokers: number): string => (brokers === 1 ? '1 broker' : `${brokers} brokers`);

function deployed(
  row: Draft,
  brokers: Resolved<number>,
  cluster: Cluster,
  intake: Intake,
): TopicDeployment {
  const { name, factor, minIsr, unclean, flush, acks } = row;
  const { elr, storage } = cluster;
  const clamps = atLeast(cluster.version, 3, 7);
  if (minIsr.value > factor.value) {
    intake.notes.push(
      `${name}: min.insync.replicas ${minIsr.value} is greater than the replication factor ` +
        `${factor.value}: ` +
        (clamps
          ? `Kafka clamps it to ${factor.value}`
          : `Kafka before 3.7 does not clamp it, and refuses every write with acks=all`),
    );
  }
  const used = [factor, minIsr, unclean, elr, flush, acks, storage, brokers];
  return {
    name,
    internal: INTERNAL.includes(name),
    replicationFactor: factor.value,
    minInsyncReplicas: minIsr.value,
    effectiveMinInsyncReplicas: clamps ? Math.min(minIsr.value, factor.value) : minIsr.value,
    uncleanLeaderElection: unclean.value,
    eligibleLeaderReplicas: elr.value,
    flushEveryMessage: flush.value,
    acks: acks.value,
    storage: storage.value,
    brokers: brokers.value,
    ...(row.partitions && { partitions: row.partitions }),
    ...(row.producer && { producer: row.producer }),
    ...(row.compaction && { compaction: row.compaction }),
    settings: used.map(({ setting }): Setting => setting),
  };
}
