import { placeText } from './error.ts';
import type { Intake, TopicSource } from './intake.ts';
import type { Acks } from './producer.ts';
import type { Cluster } from './resolve-cluster.ts';
import { asWritten, type Resolved, resolved, type ServerKey } from './server-settings.ts';
import { acknowledgements, flag, type Parser, wholeNumber } from './values.ts';
import { atLeast } from './version.ts';

/** Kafka's SHORT settings end here. */
const MAX_SHORT = 32_767;

/** A replication factor in a broker's file; -1 has no meaning there. */
export function brokerFactor(key: string, fallback: number): ServerKey<number> {
  return { key, parse: wholeNumber(1, MAX_SHORT), fallback };
}

/** The acknowledgements an offset commit waits for (removed in Kafka 4.0). */
export const coordinatorAcks: ServerKey<Acks> = {
  key: 'offsets.commit.required.acks',
  parse: acknowledgements,
  fallback: 'all',
};

const MIN_ISR: ServerKey<number> = {
  key: 'min.insync.replicas',
  parse: wholeNumber(1),
  fallback: 1,
};
const TRANSACTION_MIN_ISR: ServerKey<number> = {
  key: 'transaction.state.log.min.isr',
  parse: wholeNumber(1),
  fallback: 2,
};

/** A topic's own setting, if it has one. */
export function ofTopic<T>(
  topic: TopicSource,
  key: string,
  parse: Parser<T>,
): Resolved<T> | undefined {
  const stated = topic.config.get(key);
  return stated && asWritten(`topic ${topic.name}`, key, parse(key, stated), stated);
}

/**
 * min.insync.replicas: the topic's, else the servers'. With eligible leader replicas the controller
 * writes the value of *its* file as the cluster-wide setting when the feature is switched on
 * (ConfigurationControlManager.maybeGenerateElrSafetyRecords), and that wins over what the brokers'
 * files say; `noteControllersDecide` says so where it makes a difference.
 */
export function minInsync(
  topic: TopicSource,
  cluster: Cluster,
  transactions: boolean,
): Resolved<number> {
  const own = ofTopic(topic, MIN_ISR.key, MIN_ISR.parse);
  if (own !== undefined) return own;
  if (transactions) return cluster.broker(TRANSACTION_MIN_ISR);
  return cluster.elr.value ? cluster.controller(MIN_ISR) : cluster.broker(MIN_ISR);
}

/**
 * unclean.leader.election.enable: the topic's, else the controllers', who elect. The topic of
 * transaction states is created with `false` whatever the servers say (TransactionStateManager).
 * Before 0.11 the default was true (KIP-106).
 */
export function uncleanElection(
  topic: TopicSource,
  cluster: Cluster,
  transactions: boolean,
): Resolved<boolean> {
  const key = UNCLEAN(cluster);
  const own = ofTopic(topic, key.key, flag);
  if (own !== undefined) return own;
  if (transactions) return resolved(`topic ${topic.name}`, key.key, false, cluster.defaults);
  return cluster.controller(key);
}

const UNCLEAN = (cluster: Cluster): ServerKey<boolean> => ({
  key: 'unclean.leader.election.enable',
  parse: flag,
  fallback: !atLeast(cluster.version, 0, 11),
});

/** Java's Long.MAX_VALUE, "never", which as a JavaScript number is only nearly that. */
const NEVER = '9223372036854775807';
const FLUSH: ServerKey<number> = {
  key: 'log.flush.interval.messages',
  parse: wholeNumber(1, Number(NEVER)),
  fallback: Number(NEVER),
  fallbackText: NEVER,
};

/** Whether the log is flushed at every record: flush.messages of the topic, else of the broker. */
export function flushEvery(topic: TopicSource, cluster: Cluster): Resolved<boolean> {
  const interval = ofTopic(topic, 'flush.messages', FLUSH.parse) ?? cluster.broker(FLUSH);
  return { value: interval.value === 1, setting: interval.setting };
}

/** Notes where brokers and controllers answer differently and the controllers' word counts. */
export function noteControllersDecide(intake: Intake, cluster: Cluster): void {
  const keys: ServerKey<unknown>[] = [
    UNCLEAN(cluster),
    brokerFactor('default.replication.factor', 1),
  ];
  if (cluster.elr.value) keys.push(MIN_ISR);
  for (const key of keys) {
    const broker = cluster.broker(key);
    if (cluster.controllersMissing && 'file' in broker.setting.origin) {
      intake.notes.push(
        `${placeText(broker.setting.origin)}: ${key.key} is decided by the controllers' own ` +
          "file, which was not given; the brokers' value is taken",
      );
    }
    const controller = cluster.controller(key);
    if (broker.value === controller.value) continue;
    intake.notes.push(
      `${key.key} is ${broker.value} for the brokers and ${controller.value} for the ` +
        `controllers, ` +
        'whose own file decides; set it there too',
    );
  }
}
