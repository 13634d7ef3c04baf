import type { Setting, TopicDeployment } from './deployment.ts';
import { ConfigError, placeText } from './error.ts';
import type { ClientSource, Intake } from './intake.ts';
import type { Cluster } from './resolve-cluster.ts';
import type { ConsumerDeployment } from './resolve-consumers.ts';
import { asWritten, type Resolved, resolved, type ServerKey } from './server-settings.ts';
import { flag, wholeNumber } from './values.ts';
import { atLeast, parseVersion } from './version.ts';

/** The feature `transaction.version`; 2 is KIP-890's second part. */
export type TransactionVersion = 0 | 1 | 2;

/** A topic that a transactional producer writes, every value settled. */
export interface TransactionsDeployment {
  readonly topic: string;
  readonly transactionVersion: TransactionVersion;
  /** Whether leaders ask the coordinator before a transaction opens a partition. */
  readonly partitionVerification: boolean;
  /** What its readers set: `read_uncommitted` if one of them does, or if none is described. */
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  /** Whether a consumer commits its offsets in the transactions of a producer. */
  readonly transforms: boolean;
  /** Every value used for it, each with its origin. */
  readonly settings: readonly Setting[];
}

const FEATURE = 'transaction.version';
const TIMEOUT = 'transaction.timeout.ms';
const ISOLATION = 'isolation.level';
const MAX_TIMEOUT: ServerKey<number> = {
  key: 'transaction.max.timeout.ms',
  parse: wholeNumber(1),
  fallback: 900_000,
};
const VERIFICATION: ServerKey<boolean> = {
  key: 'transaction.partition.verification.enable',
  parse: flag,
  fallback: true,
};

/** Settles transactions for each topic that a transactional producer writes. */
export function resolveTransactions(
  intake: Intake,
  cluster: Cluster,
  topics: readonly TopicDeployment[],
  consumers: readonly ConsumerDeployment[],
): TransactionsDeployment[] {
  const written = topics.filter(({ producer }) => producer?.isTransactional);
  if (written.length === 0) return [];
  const timeouts = timeoutsOf(intake, cluster);
  const version = transactionVersion(intake, cluster);
  const verification = partitionVerification(cluster);
  const inTransaction = consumers.find(({ commits }) => commits === 'inTransaction');
  return written.map(({ name }) => {
    const isolation = streamOf(intake, name) ?? isolationOf(name, consumers, cluster);
    return {
      topic: name,
      transactionVersion: version.value,
      partitionVerification: verification.value,
      isolationLevel: isolation.value,
      transforms: inTransaction !== undefined,
      settings: [
        ...timeouts,
        version.setting,
        verification.setting,
        isolation.setting,
        ...(inTransaction?.settings.filter(({ key }) => key === 'commits') ?? []),
      ],
    };
  });
}

/** The feature as stated, as the metadata version implies, or as new clusters have it. */
function transactionVersion(intake: Intake, cluster: Cluster): Resolved<TransactionVersion> {
  const { version, defaults } = cluster;
  const stated = intake.holdfast?.transactionVersion;
  if (stated !== undefined) {
    const value = Number(stated.value) as TransactionVersion;
    if (value === 2 && !atLeast(version, 4, 0)) {
      throw new ConfigError(
        stated,
        `transaction.version 2 needs Kafka 4.0, and this is ${version.text}; remove the line`,
      );
    }
    return asWritten('cluster', FEATURE, value, stated);
  }
  if (!atLeast(version, 4, 0)) return resolved('cluster', FEATURE, 0, defaults);
  const metadata = intake.metadataVersions[0];
  const level = metadata && parseVersion(metadata.value.replace(/-IV\d+$/, ''), metadata);
  if (metadata !== undefined && level !== undefined && !atLeast(level, 4, 0)) {
    return resolved('cluster', FEATURE, 0, metadata);
  }
  intake.notes.push(
    'transaction.version is 2, as in every cluster created with Kafka 4.0 or later; if this one ' +
      'was upgraded from an older version, or its producers are clients older than 4.0, state ' +
      'kafka.transactionVersion: 0 in holdfast.yaml',
  );
  return resolved('cluster', FEATURE, 2, defaults);
}

/** Brokers verify since 3.6 (KIP-890), and know no such setting before. */
function partitionVerification(cluster: Cluster): Resolved<boolean> {
  if (atLeast(cluster.version, 3, 6)) return cluster.broker(VERIFICATION);
  return resolved('broker', VERIFICATION.key, false, `${cluster.defaults}, which has none`);
}

/** A Spark query that reads the topic and is shown what is not committed; undefined if there is none. */
function streamOf(
  { holdfast }: Intake,
  topic: string,
): Resolved<TransactionsDeployment['isolationLevel']> | undefined {
  const source = holdfast?.content.stream?.source;
  if (source?.topic !== topic || source.isolationLevel === 'read_committed') return undefined;
  const from = source.isolationLevel ? 'stream.source of holdfast.yaml' : 'Spark';
  return resolved('stream', `kafka.${ISOLATION}`, 'read_uncommitted', from);
}

/** The reader that is shown the most; without any, the default of every consumer. */
function isolationOf(
  topic: string,
  consumers: readonly ConsumerDeployment[],
  cluster: Cluster,
): Resolved<TransactionsDeployment['isolationLevel']> {
  const readers = consumers.filter(({ topics }) => topics.includes(topic));
  const least = readers.find(({ isolationLevel }) => isolationLevel === 'read_uncommitted');
  const reader = least ?? readers[0];
  const setting = reader?.settings.find(({ key }) => key === ISOLATION);
  if (reader && setting) return { value: reader.isolationLevel, setting };
  const assumed = `${cluster.defaults}: no consumer of it is described`;
  return resolved('consumer', ISOLATION, 'read_uncommitted', assumed);
}

/** The timeouts of transactional producers; the coordinator refuses one above the brokers' most. */
function timeoutsOf(intake: Intake, cluster: Cluster): Setting[] {
  const most = cluster.broker(MAX_TIMEOUT);
  const own = intake.producers
    .filter(({ config }) => config.has('transactional.id'))
    .map((source) => timeoutOf(source, most, cluster));
  return [...own, most.setting];
}

function timeoutOf({ config }: ClientSource, most: Resolved<number>, cluster: Cluster): Setting {
  const stated = config.get(TIMEOUT);
  const value = stated === undefined ? 60_000 : wholeNumber(1)(TIMEOUT, stated);
  if (value > most.value) {
    const { origin } = most.setting;
    const where = 'file' in origin ? placeText(origin) : `${origin.default}, by default`;
    throw new ConfigError(
      stated ?? config.get('transactional.id')!,
      `${TIMEOUT} is ${value}, more than ${MAX_TIMEOUT.key} (${most.value}, ${where}); the ` +
        'coordinator refuses it with INVALID_TRANSACTION_TIMEOUT: set it to at most ' +
        `${most.value}, or raise the brokers' setting`,
    );
  }
  const { setting } = stated
    ? asWritten('producer', TIMEOUT, value, stated)
    : resolved('producer', TIMEOUT, value, cluster.defaults);
  return setting;
}
