import { ConfigError, placeText, quoted } from './error.ts';
import type { TopicSource } from './intake.ts';
import type { Stated } from './properties.ts';

/**
 * One source a topic, in order of appearance. A topic may be described in several files (its
 * KafkaTopic and holdfast.yaml) as long as they do not contradict one another. Throws ConfigError
 * naming both places where they do, and for a name that Kafka would refuse.
 */
export function mergeTopics(topics: readonly TopicSource[]): Map<string, TopicSource> {
  const merged = new Map<string, TopicSource>();
  for (const topic of topics) {
    const place = topic.replicationFactor ?? [...topic.config.values()][0];
    refuseName(topic.name, place);
    const earlier = merged.get(topic.name);
    merged.set(topic.name, earlier === undefined ? topic : merge(earlier, topic));
  }
  return merged;
}

function refuseName(name: string, place: Stated | undefined): void {
  if (/^[\w.-]{1,249}$/.test(name) && name !== '.' && name !== '..') return;
  throw new ConfigError(
    place ?? { file: '(topic)' },
    `the topic is called ${quoted(name)}; Kafka allows 1 to 249 letters, digits, dots, ` +
      'underscores and dashes: correct the name',
  );
}

function merge(a: TopicSource, b: TopicSource): TopicSource {
  const config = new Map(a.config);
  for (const [key, stated] of b.config) config.set(key, same(a.name, key, config.get(key), stated));
  const factor =
    b.replicationFactor &&
    same(a.name, 'the replication factor', a.replicationFactor, b.replicationFactor);
  const replicationFactor = factor ?? a.replicationFactor;
  const count = b.partitions && same(a.name, 'partitions', a.partitions, b.partitions);
  const partitions = count ?? a.partitions;
  const producer = b.producer ?? a.producer;
  const slowestReader = b.slowestReader ?? a.slowestReader;
  const cluster = b.cluster ?? a.cluster;
  return {
    name: a.name,
    config,
    ...(replicationFactor && { replicationFactor }),
    ...(partitions && { partitions }),
    ...(producer && { producer }),
    ...(slowestReader && { slowestReader }),
    ...(cluster && { cluster }),
  };
}

function same(topic: string, key: string, a: Stated | undefined, b: Stated): Stated {
  if (a === undefined || a.value.trim() === b.value.trim()) return a ?? b;
  throw new ConfigError(
    b,
    `${key} of ${topic} is ${quoted(b.value)}, but ${placeText(a)} says ${quoted(a.value)}; ` +
      'make them equal',
  );
}
