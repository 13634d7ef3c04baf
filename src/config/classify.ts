import { basename } from 'pathe';
import { ConfigError } from './error.ts';
import { CONSUMER, isServerKey, PRODUCER, SERVER_IDENTITY, TOPIC, TOPIC_OPTIONS } from './keys.ts';
import type { Config } from './properties.ts';

/** What a file of Java properties can be. */
export const PROPERTY_KINDS = [
  'broker',
  'controller',
  'topic',
  'producer',
  'consumer',
  'spark',
] as const;
/** See PROPERTY_KINDS. */
export type PropertyKind = (typeof PROPERTY_KINDS)[number];

/** Files of a Kafka installation that say nothing about replication, by the start of their name. */
const OTHER_FILES: readonly (readonly [RegExp, string])[] = [
  [/^(.*-)?(log4j|logback|logging)/, 'logging'],
  [/^connect-/, 'Kafka Connect'],
  [/^zookeeper/, 'ZooKeeper'],
  [/^(mm2|mirror|connect-mirror)/, 'MirrorMaker'],
  [/^trogdor/, 'the Trogdor test driver'],
];

/** What else a file of a Kafka installation configures, or undefined if it may concern us. */
export function otherProperties(file: string): string | undefined {
  const name = basename(file).toLowerCase();
  return OTHER_FILES.find(([pattern]) => pattern.test(name))?.[1];
}

/**
 * The kind of a properties file, decided in this order:
 *
 * 1. a key that only a server has (`process.roles`, `node.id`, `listeners`, `log.dirs`, ...): a
 *    broker, or a controller if `process.roles` is exactly `controller`; keys `spark.*`: Spark;
 * 2. the file's name, cut at `-`, `_` and `.`: the word producer, consumer, topic(s), server or
 *    broker, controller;
 * 3. keys that only one kind has (`acks`: producer, `group.id`: consumer, `retention.ms`: topic,
 *    `offsets.topic.replication.factor`: broker).
 *
 * Throws ConfigError if this leaves no kind or several.
 */
export function classifyProperties(file: string, config: Config): PropertyKind {
  const keys = [...config.keys()];
  const roles = config.get('process.roles')?.value;
  if (roles !== undefined) return rolesOf(roles).includes('broker') ? 'broker' : 'controller';
  if (keys.some((key) => SERVER_IDENTITY.has(key))) return 'broker';
  if (keys.length > 0 && keys.every((key) => key.startsWith('spark.'))) return 'spark';
  const named = kindOfName(file);
  if (named !== undefined) return named;
  const kinds = (['producer', 'consumer', 'topic', 'broker'] as const).filter((kind) =>
    keys.some((key) => BELONGS[kind](key)),
  );
  if (kinds.length === 1) return kinds[0]!;
  const found =
    kinds.length === 0
      ? 'no key in it belongs to one kind alone'
      : `it holds keys of a ${kinds.join(' and of a ')}`;
  throw new ConfigError(
    { file },
    `cannot tell whether this is the configuration of a broker, topic, producer or consumer: ` +
      `${found}; put that word into the file's name, or list the file with its kind in ` +
      'holdfast.yaml',
  );
}

/** The roles in a `process.roles` value. */
export function rolesOf(value: string): string[] {
  return value.split(',').map((role) => role.trim());
}

const BELONGS = {
  producer: (key: string) => PRODUCER.has(key) && !key.startsWith('compression.'),
  consumer: (key: string) => CONSUMER.has(key),
  topic: (key: string) => TOPIC.has(key) || TOPIC_OPTIONS.has(key),
  broker: (key: string) => isServerKey(key),
};

const WORDS: Readonly<Record<string, PropertyKind>> = {
  producer: 'producer',
  consumer: 'consumer',
  topic: 'topic',
  topics: 'topic',
  server: 'broker',
  broker: 'broker',
  controller: 'controller',
};

function kindOfName(file: string): PropertyKind | undefined {
  for (const word of nameWords(file)) {
    // "broker1" and "server2" are usual names for the files of several brokers.
    const kind = WORDS[word.replace(/\d+$/, '')];
    if (kind !== undefined) return kind;
  }
  return undefined;
}

const nameWords = (file: string): string[] =>
  basename(file)
    .toLowerCase()
    .split(/[-_.\s]+/);

/**
 * The topic that a properties file describes: its `topic` key, else its name without the word topic
 * and the ending (`orders.topic.properties`, `topic-orders.properties` and `orders.properties` are
 * all `orders`); `topic.properties` leaves undefined.
 */
export function topicOfFile(file: string, config: Config): string | undefined {
  const stated = config.get('topic')?.value.trim();
  if (stated) return stated;
  const name = basename(file)
    .replace(/\.[^.]*$/, '')
    .replace(/(^|[-_.])topics?([-_.]|$)/i, (_, before: string, after: string) =>
      before && after ? before : '',
    );
  return name === '' ? undefined : name;
}
