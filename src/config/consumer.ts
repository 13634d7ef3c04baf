import { ConfigError, placeText, quoted } from './error.ts';
import type { Config, Stated } from './properties.ts';
import { asWritten, type Resolved, resolved } from './server-settings.ts';
import { flag, type Parser, wholeNumber } from './values.ts';
import { atLeast, type KafkaVersion } from './version.ts';

/** Where a consumer goes on without a usable offset. */
export type OffsetReset = 'earliest' | 'latest' | 'none' | 'by_duration';

/** What a consumer's own settings come to. */
export interface ConsumerSettings {
  /** Undefined: it belongs to no group, and commits nothing. */
  readonly group: Resolved<string> | undefined;
  readonly autoCommit: Resolved<boolean>;
  readonly reset: Resolved<OffsetReset>;
  readonly readCommitted: Resolved<boolean>;
  readonly protocol: Resolved<'classic' | 'consumer'>;
  readonly rack: Resolved<string> | undefined;
  /** Settings that are shown and decide nothing in the model: how soon things happen. */
  readonly timings: readonly Resolved<unknown>[];
}

const SUBJECT = 'consumer';

/** `group.protocol=consumer` leaves these to the brokers, and refuses them (4.0). */
const CLASSIC_ONLY = [
  'session.timeout.ms',
  'heartbeat.interval.ms',
  'partition.assignment.strategy',
];

/**
 * Settles the settings of a consumer as ConsumerConfig does. Throws ConfigError for what the client
 * would refuse at its start.
 *
 * @param named its group where that is stated outside of its settings, which then wins.
 */
export function resolveConsumer(
  config: Config,
  named: Stated | undefined,
  version: KafkaVersion,
  defaults: string,
): ConsumerSettings {
  const read = <T>(key: string, parse: Parser<T>, fallback: T, text?: string): Resolved<T> => {
    const stated = config.get(key);
    if (stated !== undefined) return asWritten(SUBJECT, key, parse(key, stated), stated);
    const { setting } = resolved(SUBJECT, key, text ?? fallback, defaults);
    return { value: fallback, setting };
  };
  const given = (key: string): Resolved<string> | undefined => {
    const stated = config.get(key);
    return stated && asWritten(SUBJECT, key, nonEmpty(key, stated), stated);
  };
  const protocol = groupProtocol(config, version, defaults);
  refuseClassicOnly(config, protocol, version);
  const group = named ? asWritten(SUBJECT, 'group.id', named.value, named) : given('group.id');
  refuseAutoCommitWithoutGroup(config, group);
  const { heartbeat, session } = sessions(read, version);
  if (protocol.value === 'classic') refuseSlowHeartbeat(heartbeat, session);
  const instance = given('group.instance.id');
  return {
    group,
    // Without a group nothing is committed unless somebody says so (maybeOverrideEnableAutoCommit).
    autoCommit: read('enable.auto.commit', flag, group !== undefined),
    reset: read<OffsetReset>('auto.offset.reset', resetPolicy(version), 'latest'),
    readCommitted: read('isolation.level', isolation, false, 'read_uncommitted'),
    protocol,
    rack: given('client.rack'),
    timings: [
      read('auto.commit.interval.ms', wholeNumber(0), 5000),
      read('max.poll.interval.ms', wholeNumber(1), 300_000),
      ...(protocol.value === 'classic' ? [session, heartbeat] : []),
      ...(instance ? [instance] : []),
    ],
  };
}

type Read = <T>(key: string, parse: Parser<T>, fallback: T, text?: string) => Resolved<T>;

/** session.timeout.ms is 45 s since 3.0 (KIP-735), and was 10 s before. */
const sessions = (read: Read, version: KafkaVersion) => ({
  session: read('session.timeout.ms', wholeNumber(1), atLeast(version, 3, 0) ? 45_000 : 10_000),
  heartbeat: read('heartbeat.interval.ms', wholeNumber(1), 3000),
});

function groupProtocol(
  config: Config,
  version: KafkaVersion,
  defaults: string,
): Resolved<'classic' | 'consumer'> {
  const key = 'group.protocol';
  const stated = config.get(key);
  if (stated === undefined) return resolved(SUBJECT, key, 'classic', defaults);
  if (!atLeast(version, 3, 7)) {
    throw new ConfigError(
      stated,
      `group.protocol needs Kafka 3.7, and this is ${version.text}; remove the line`,
    );
  }
  const value = stated.value.trim().toLowerCase();
  if (value !== 'classic' && value !== 'consumer') {
    throw oneOf(key, stated, ['classic', 'consumer']);
  }
  return asWritten(SUBJECT, key, value, stated);
}

function resetPolicy(version: KafkaVersion): Parser<OffsetReset> {
  return (key, stated) => {
    const value = stated.value.trim();
    if (value === 'earliest' || value === 'latest' || value === 'none') return value;
    const hasDuration = atLeast(version, 4, 0);
    // An ISO-8601 duration; ConsumerConfig refuses a negative one.
    const duration = /^by_duration:P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/i;
    if (hasDuration && duration.test(value)) return 'by_duration';
    const known = ['earliest', 'latest', 'none'];
    throw oneOf(key, stated, hasDuration ? [...known, 'by_duration:P1D'] : known);
  };
}

const isolation: Parser<boolean> = (key, stated) => {
  const value = stated.value.trim();
  if (value === 'read_committed' || value === 'read_uncommitted') return value === 'read_committed';
  throw oneOf(key, stated, ['read_uncommitted', 'read_committed']);
};

function nonEmpty(key: string, stated: Stated): string {
  const value = stated.value.trim();
  if (value !== '') return value;
  throw new ConfigError(stated, `${key} is empty; write a name, or remove the line`);
}

function oneOf(key: string, stated: Stated, known: readonly string[]): ConfigError {
  const expected = `${known.slice(0, -1).join(', ')} or ${known.at(-1)}`;
  return new ConfigError(
    stated,
    `${key} is ${quoted(stated.value)}; expected ${expected}: write for example ${known[0]}`,
  );
}

function refuseClassicOnly(
  config: Config,
  protocol: Resolved<'classic' | 'consumer'>,
  version: KafkaVersion,
): void {
  if (protocol.value === 'classic') {
    const assignor = config.get('group.remote.assignor');
    if (assignor === undefined) return;
    throw new ConfigError(
      assignor,
      'group.remote.assignor cannot be set with group.protocol=classic; Kafka refuses this with ' +
        'a ConfigException: set group.protocol=consumer, or remove the line',
    );
  }
  if (!atLeast(version, 4, 0)) return;
  for (const key of CLASSIC_ONLY) {
    const stated = config.get(key);
    if (stated === undefined) continue;
    throw new ConfigError(
      stated,
      `${key} cannot be set with group.protocol=consumer; Kafka refuses this with a ` +
        'ConfigException: remove the line, the brokers decide it',
    );
  }
}

function refuseAutoCommitWithoutGroup(config: Config, group: Resolved<string> | undefined): void {
  const stated = config.get('enable.auto.commit');
  if (group !== undefined || stated === undefined) return;
  if (!flag('enable.auto.commit', stated)) return;
  throw new ConfigError(
    stated,
    'enable.auto.commit is true and there is no group.id; Kafka refuses this with an ' +
      'InvalidConfigurationException: set group.id, or enable.auto.commit=false',
  );
}

function refuseSlowHeartbeat(heartbeat: Resolved<number>, session: Resolved<number>): void {
  if (heartbeat.value < session.value) return;
  const [stated, other] =
    'file' in heartbeat.setting.origin ? [heartbeat, session] : [session, heartbeat];
  const { origin } = stated.setting;
  const where = 'file' in other.setting.origin ? ` (${placeText(other.setting.origin)})` : '';
  throw new ConfigError(
    'file' in origin ? origin : { file: '(defaults)' },
    `heartbeat.interval.ms ${heartbeat.value} is not lower than session.timeout.ms ` +
      `${session.value}${where}; Kafka refuses this with an IllegalArgumentException: make the ` +
      'heartbeat a third of the session',
  );
}
