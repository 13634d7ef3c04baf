/** Settings that decide how long something takes, as files write them. */
import { ConfigError, type Origin, placeText, quoted, type Setting } from '../config/index.ts';
import type { KafkaSetting, SparkSetting } from './setting.ts';

/** A value, and where it is from; null: from no file and no default of the product. */
export interface Taken {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly from: string | null;
}

export const originText = (from: Origin): string =>
  'file' in from ? placeText(from) : `default (${from.default})`;

interface Key {
  readonly key: string;
  /** What is written, as the setting has it; null: it is no such thing. */
  readonly read: (text: string) => number | null;
  /** What is expected. */
  readonly expected: string;
  /** Kafka's or Spark's default; left out: it has none, and the simulator's is taken. */
  readonly unless?: number;
}

type Keys<T> = Partial<Record<keyof T, Key>>;

const whole = (key: string, unless?: number, times = 1): Key => ({
  key,
  read: (text) => (/^\d{1,12}$/.test(text) && Number(text) > 0 ? Number(text) * times : null),
  expected: 'a whole number from 1 on',
  ...(unless !== undefined && { unless }),
});

const SECOND = 1000;
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND,
  m: 60 * SECOND,
  min: 60 * SECOND,
  h: 3600 * SECOND,
  d: 86_400 * SECOND,
};

/** Of Spark: a number with a unit; without one it counts `bare` milliseconds. */
const time = (key: string, unless: number, bare: number): Key => ({
  key,
  read: (text) => {
    const [, count, unit = ''] = /^(\d{1,12})\s*(ms|s|m|min|h|d)?$/.exec(text.toLowerCase()) ?? [];
    if (count === undefined || Number(count) === 0) return null;
    return Number(count) * (unit === '' ? bare : UNITS[unit]!);
  },
  expected: 'a length of time, as 120s',
  unless,
});

export const BROKER: Keys<KafkaSetting> = {
  sessionTimeoutMs: whole('broker.session.timeout.ms', 9_000),
  heartbeatIntervalMs: whole('broker.heartbeat.interval.ms', 2_000),
  replicaLagTimeMaxMs: whole('replica.lag.time.max.ms', 30_000),
  fetchWaitMaxMs: whole('replica.fetch.wait.max.ms', 500),
  imbalanceCheckMs: whole('leader.imbalance.check.interval.seconds', 300_000, SECOND),
};

export const PRODUCER_ONLY: Keys<KafkaSetting> = {
  retryBackoffMs: whole('retry.backoff.ms', 100),
};

export const SPARK: Keys<SparkSetting> = {
  workers: whole('spark.executor.instances'),
  coresPerWorker: whole('spark.executor.cores'),
  deltasPerSnapshot: whole('spark.sql.streaming.stateStore.minDeltasForSnapshot', 10),
  networkTimeoutMs: time('spark.network.timeout', 120_000, SECOND),
  heartbeatIntervalMs: time('spark.executor.heartbeatInterval', 10_000, 1),
  workerTimeoutMs: whole('spark.worker.timeout', 60_000, SECOND),
};

/**
 * What `settings` say of `keys`, or the product's default.
 * @throws ConfigError for a value that is none, and where two files say different things.
 */
export function fromSettings<T>(
  keys: Keys<T>,
  settings: readonly Setting[],
): Partial<Record<keyof T, Taken>> {
  const found = Object.entries<Key | undefined>(keys).flatMap(([field, each]) => {
    const { key, unless } = each!;
    const stated = settings.filter((one) => one.key === key);
    if (stated.length === 0) {
      return unless === undefined ? [] : [[field, { name: key, value: unless, from: 'default' }]];
    }
    const [first, ...others] = stated.map((one) => ({ one, value: valueIn(each!, one) }));
    const other = others.find(({ value }) => value !== first!.value);
    if (other) {
      const says = `${originText(first!.one.origin)} says ${quoted(first!.one.value)}`;
      throw refusal(other.one, `but ${says}; make them equal, or name fewer files`);
    }
    return [[field, { name: key, value: first!.value, from: originText(first!.one.origin) }]];
  });
  return Object.fromEntries(found) as Partial<Record<keyof T, Taken>>;
}

function valueIn({ read, expected }: Key, setting: Setting): number {
  const value = read(setting.value.trim());
  if (value === null) throw refusal(setting, `expected ${expected}; correct it`);
  return value;
}

function refusal({ key, value, origin: from }: Setting, because: string): ConfigError {
  const place = 'file' in from ? from : { file: '(default)' };
  return new ConfigError(place, `${key} is ${quoted(value)}, ${because}`);
}
