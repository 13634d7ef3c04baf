import { ConfigError, quoted } from './error.ts';
import type { Config } from './properties.ts';
import { closest } from './suggest.ts';

/*
 * The setting names of Apache Kafka that decide what kind a file is, and that a misspelt name is
 * compared with. Sources: ProducerConfig, ConsumerConfig, TopicConfig and CommonClientConfigs of
 * Kafka 3.5 to 4.x. Families (ssl., sasl., ...) are matched by their beginning.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Settings that every client has. */
const CLIENT = words(`
  bootstrap.servers client.dns.lookup metadata.max.age.ms send.buffer.bytes receive.buffer.bytes
  client.id client.rack reconnect.backoff.ms reconnect.backoff.max.ms retry.backoff.ms
  retry.backoff.max.ms enable.metrics.push metric.reporters security.protocol security.providers
  socket.connection.setup.timeout.ms socket.connection.setup.timeout.max.ms
  connections.max.idle.ms request.timeout.ms default.api.timeout.ms interceptor.classes
  metadata.recovery.strategy metadata.recovery.rebootstrap.trigger.ms auto.include.jmx.reporter
`);
/** Settings that only a producer has. */
export const PRODUCER = words(`
  acks batch.size buffer.memory compression.gzip.level compression.lz4.level
  compression.zstd.level delivery.timeout.ms enable.idempotence key.serializer value.serializer
  linger.ms max.block.ms max.in.flight.requests.per.connection max.request.size
  metadata.max.idle.ms partitioner.adaptive.partitioning.enable
  partitioner.availability.timeout.ms partitioner.class partitioner.ignore.keys retries
  transaction.timeout.ms transactional.id transaction.two.phase.commit.enable
`);
/** Settings that only a consumer has. */
export const CONSUMER = words(`
  group.id group.instance.id group.protocol group.remote.assignor max.poll.records
  max.poll.interval.ms session.timeout.ms heartbeat.interval.ms enable.auto.commit
  auto.commit.interval.ms partition.assignment.strategy auto.offset.reset fetch.min.bytes
  fetch.max.bytes fetch.max.wait.ms max.partition.fetch.bytes check.crcs key.deserializer
  value.deserializer exclude.internal.topics isolation.level allow.auto.create.topics
`);
/** Settings that only a topic has. The compression levels of topics are those of producers. */
export const TOPIC = words(`
  cleanup.policy delete.retention.ms file.delete.delay.ms flush.messages flush.ms
  index.interval.bytes local.retention.bytes local.retention.ms max.compaction.lag.ms
  max.message.bytes message.downconversion.enable message.format.version
  message.timestamp.difference.max.ms message.timestamp.before.max.ms
  message.timestamp.after.max.ms message.timestamp.type min.cleanable.dirty.ratio
  min.compaction.lag.ms preallocate remote.log.copy.disable remote.log.delete.on.disable
  remote.storage.enable retention.bytes retention.ms segment.bytes segment.index.bytes
  segment.jitter.ms segment.ms leader.replication.throttled.replicas
  follower.replication.throttled.replicas
`);
/** Settings with the same name in a topic and in a broker. */
const TOPIC_AND_BROKER = words(`
  min.insync.replicas unclean.leader.election.enable compression.type
`);
/** What `kafka-topics --create` takes as options; a topic file may state them as settings. */
export const TOPIC_OPTIONS = words('topic partitions replication.factor');
/** Settings of a broker or controller that Holdfast uses. */
export const BROKER_USED = words(`
  producer.id.expiration.ms transaction.max.timeout.ms
  transaction.partition.verification.enable
  min.insync.replicas unclean.leader.election.enable default.replication.factor
  log.flush.interval.messages offsets.topic.replication.factor offsets.commit.required.acks
  transaction.state.log.replication.factor transaction.state.log.min.isr
`);
/** Settings that prove that a file is a broker's or controller's. */
export const SERVER_IDENTITY = words(`
  process.roles node.id broker.id broker.id.generation.enable zookeeper.connect
  zookeeper.connection.timeout.ms log.dir log.dirs metadata.log.dir listeners
  advertised.listeners listener.security.protocol.map inter.broker.listener.name
  controller.quorum.voters controller.quorum.bootstrap.servers controller.listener.names
`);
const SERVER_FAMILIES =
  /^(log|offsets|transaction\.state\.log|group\.coordinator|num\.(partitions|network|io))\b/;
const CLIENT_FAMILIES = /^(ssl|sasl|metrics|config\.providers|schema\.registry)\b/;

/** Whether the name can only be that of a broker's or controller's setting. */
export function isServerKey(key: string): boolean {
  const shared = TOPIC_AND_BROKER.has(key);
  return !shared && (SERVER_IDENTITY.has(key) || BROKER_USED.has(key) || SERVER_FAMILIES.test(key));
}

const NAMED = [CLIENT, PRODUCER, CONSUMER, TOPIC, TOPIC_AND_BROKER, TOPIC_OPTIONS];
const SERVER_NAMED = [SERVER_IDENTITY, BROKER_USED];
const inAny = (sets: readonly ReadonlySet<string>[], key: string): boolean =>
  sets.some((set) => set.has(key));

const SPELLED: Readonly<Record<'broker' | 'topic' | 'producer' | 'consumer', string[]>> = {
  broker: [...BROKER_USED],
  topic: [...TOPIC, ...TOPIC_AND_BROKER, ...TOPIC_OPTIONS],
  producer: [...CLIENT, ...PRODUCER],
  consumer: [...CLIENT, ...CONSUMER],
};

/**
 * Throws ConfigError for a setting that Kafka does not know and whose name is close to one that it
 * does: Kafka ignores such a line or only warns, and the guarantee is silently missing. Other
 * unknown names (vendors, plugins, newer versions) pass. In a broker's file only the settings that
 * Holdfast uses are compared with.
 */
export function refuseMisspelt(kind: keyof typeof SPELLED, config: Config): void {
  for (const [key, stated] of config) {
    if (inAny(NAMED, key) || inAny(SERVER_NAMED, key)) continue;
    if (kind !== 'broker' && (isServerKey(key) || CLIENT_FAMILIES.test(key))) continue;
    const meant = closest(key, SPELLED[kind]);
    if (meant === undefined) continue;
    throw new ConfigError(
      stated,
      `${quoted(key)} is not a Kafka ${kind} setting; did you mean ${meant}? Correct the name`,
    );
  }
}

/** Whether a value under this name may be a secret, which no output may repeat. */
export function isSecret(key: string): boolean {
  return /password|passwd|secret|credential|token|jaas|basic\.auth|\.key$|api[._]?key/i.test(key);
}
