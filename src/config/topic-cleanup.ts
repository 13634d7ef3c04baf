/** How a topic is cleaned: compaction, tombstones, retention. Source: LogConfig, CleanerConfig. */
import type { Setting } from './deployment.ts';
import { ConfigError, quoted } from './error.ts';
import type { Intake, TopicSource } from './intake.ts';
import type { Cluster } from './resolve-cluster.ts';
import { type Resolved, resolved, type ServerKey } from './server-settings.ts';
import { ofTopic } from './topic-settings.ts';
import { duration, flag, type Parser, wholeNumber } from './values.ts';

/** A topic with cleanup.policy compact, or compact and delete. */
export interface Compaction {
  /** Whether records go by age or size too: cleanup.policy has delete, and a limit is set. */
  readonly retains: boolean;
  /** Whether the brokers clean at all (log.cleaner.enable). */
  readonly cleans: boolean;
  readonly deleteRetentionMs: number;
  /** How long the slowest reader takes from the start to the end; null: nobody says. */
  readonly slowestReaderMs: number | null;
  /** Every value used for it, each with its origin. */
  readonly settings: readonly Setting[];
}

const LONG = Number('9223372036854775807');
const DAY = 86_400_000;

const policies: Parser<readonly string[]> = (key, stated) => {
  const named = stated.value.split(',').map((policy) => policy.trim());
  if (named.every((policy) => policy === 'compact' || policy === 'delete')) return named;
  throw new ConfigError(
    stated,
    `${key} is ${quoted(stated.value)}; expected compact, delete or compact,delete: write for ` +
      'example compact',
  );
};
const ratio: Parser<number> = (key, stated) => {
  const value = Number(stated.value.trim());
  if (stated.value.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new ConfigError(
    stated,
    `${key} is ${quoted(stated.value)}; expected a number from 0 to 1: write for example 0.5`,
  );
};
const long = (min: number): Parser<number> => wholeNumber(min, LONG);

/** A topic's setting, and the one of the brokers that stands in for it. */
interface Pair<T> {
  readonly topic: string;
  readonly broker: ServerKey<T>;
}
const pair = <T>(topic: string, key: string, parse: Parser<T>, fallback: T): Pair<T> => ({
  topic,
  broker: { key, parse, fallback },
});

const POLICY = pair('cleanup.policy', 'log.cleanup.policy', policies, ['delete'] as const);
const DELETE_RETENTION = pair(
  'delete.retention.ms',
  'log.cleaner.delete.retention.ms',
  long(0),
  DAY,
);
const DIRTY = pair('min.cleanable.dirty.ratio', 'log.cleaner.min.cleanable.ratio', ratio, 0.5);
const MIN_LAG = pair('min.compaction.lag.ms', 'log.cleaner.min.compaction.lag.ms', long(0), 0);
const MAX_LAG: Pair<number> = {
  topic: 'max.compaction.lag.ms',
  broker: {
    key: 'log.cleaner.max.compaction.lag.ms',
    parse: long(1),
    fallback: LONG,
    fallbackText: '9223372036854775807',
  },
};
const RETENTION_BYTES = pair('retention.bytes', 'log.retention.bytes', long(-1), -1);
const CLEANER: ServerKey<boolean> = { key: 'log.cleaner.enable', parse: flag, fallback: true };

/** log.retention.ms, else .minutes, else .hours: KafkaConfig.getLogRetentionTimeMillis. */
const UNSET = -2;
const RETENTION: readonly (readonly [string, number])[] = [
  ['log.retention.ms', 1],
  ['log.retention.minutes', 60_000],
];

/** What the topic says of itself, else the brokers, else Kafka. */
const either = <T>(topic: TopicSource, cluster: Cluster, { topic: key, broker }: Pair<T>) =>
  ofTopic(topic, key, broker.parse) ?? cluster.broker(broker);

function retention(topic: TopicSource, cluster: Cluster): Resolved<number> {
  const own = ofTopic(topic, 'retention.ms', long(-1));
  if (own !== undefined) return own;
  for (const [key, unit] of RETENTION) {
    const { value, setting } = cluster.broker({ key, parse: long(-1), fallback: UNSET });
    if (value !== UNSET) return { value: value < 0 ? -1 : value * unit, setting };
  }
  const hours = cluster.broker({
    key: 'log.retention.hours',
    parse: wholeNumber(-1),
    fallback: 168,
  });
  return { ...hours, value: hours.value < 0 ? -1 : hours.value * 3_600_000 };
}

/**
 * How a topic is compacted; undefined if it is not. Throws ConfigError for values that Kafka refuses.
 */
export function compactionOf(
  topic: TopicSource,
  cluster: Cluster,
  intake: Intake,
): Compaction | undefined {
  const policy = either(topic, cluster, POLICY);
  const minLag = either(topic, cluster, MIN_LAG);
  const maxLag = either(topic, cluster, MAX_LAG);
  refuseLags(topic, minLag, maxLag);
  const reader = topic.slowestReader;
  if (!policy.value.includes('compact')) {
    if (reader === undefined) return undefined;
    throw new ConfigError(
      reader,
      `slowestReader is about compaction, and ${topic.name} has cleanup.policy ` +
        `${policy.value.join(',')}; set cleanup.policy to compact, or remove slowestReader`,
    );
  }
  const [deletes, dirty, cleans, ms, bytes] = [
    either(topic, cluster, DELETE_RETENTION),
    either(topic, cluster, DIRTY),
    cluster.broker(CLEANER),
    retention(topic, cluster),
    either(topic, cluster, RETENTION_BYTES),
  ];
  const isTrimmed = policy.value.includes('delete');
  const slowest = reader && {
    value: duration('slowestReader', reader),
    setting: resolved(`topic ${topic.name}`, 'slowestReader', reader.value.trim(), reader).setting,
  };
  note(topic, { cleans, dirty, maxLag, slowest, deletes }, intake);
  const used = [policy, deletes, cleans, ...(isTrimmed ? [ms, bytes] : [])];
  return {
    retains: isTrimmed && (ms.value >= 0 || bytes.value >= 0),
    cleans: cleans.value,
    deleteRetentionMs: deletes.value,
    slowestReaderMs: slowest?.value ?? null,
    settings: [...used, ...(slowest ? [slowest] : [])].map(({ setting }) => setting),
  };
}

/** LogConfig.validateValues. */
function refuseLags(topic: TopicSource, min: Resolved<number>, max: Resolved<number>): void {
  if (min.value <= max.value) return;
  const place = [max, min].find(({ setting }) => 'file' in setting.origin)!.setting.origin;
  if (!('file' in place)) return;
  throw new ConfigError(
    place,
    `${min.setting.key} (${min.setting.value}) is greater than ${max.setting.key} ` +
      `(${max.setting.value}), which Kafka refuses for ${topic.name}; lower the one or raise the other`,
  );
}

/** What follows that no verdict says. */
function note(
  { name }: TopicSource,
  known: {
    readonly cleans: Resolved<boolean>;
    readonly dirty: Resolved<number>;
    readonly maxLag: Resolved<number>;
    readonly slowest: Resolved<number> | undefined;
    readonly deletes: Resolved<number>;
  },
  { notes }: Intake,
): void {
  const { cleans, dirty, maxLag, slowest, deletes } = known;
  if (!cleans.value) {
    notes.push(`${name} is to be compacted, but log.cleaner.enable is false: it grows for ever`);
    return;
  }
  if (dirty.value === 1 && maxLag.value === LONG) {
    notes.push(
      `${name} has ${dirty.setting.key} 1 and no max.compaction.lag.ms: the dirty ratio is never ` +
        'above 1, so nothing is ever compacted',
    );
  }
  if (slowest === undefined) {
    notes.push(
      `nobody says how long the slowest reader of ${name} takes from its start to its end: it is ` +
        'judged for a reader that takes as long as it likes; state topics[].slowestReader',
    );
  } else if (slowest.value < deletes.value) {
    notes.push(
      `${name} is judged counting on this: no pass of the log cleaner takes longer than what ` +
        `${deletes.setting.key} (${deletes.setting.value}) leaves beside slowestReader ` +
        `(${slowest.setting.value})`,
    );
  }
}
