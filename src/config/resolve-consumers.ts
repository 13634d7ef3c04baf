import { dirname, join } from 'pathe';
import { type ConsumerSettings, type OffsetReset, resolveConsumer } from './consumer.ts';
import type { Setting, TopicDeployment } from './deployment.ts';
import { ConfigError, placeText, quoted } from './error.ts';
import type { HoldfastFile } from './holdfast-schema.ts';
import type { ClientSource, ConsumerStatement, Intake } from './intake.ts';
import type { Stated } from './properties.ts';
import type { Cluster } from './resolve-cluster.ts';
import { asWritten, type Resolved, resolved, type ServerKey } from './server-settings.ts';
import { wholeNumber } from './values.ts';

/** When a consumer's offsets are committed: see `consumers[].commits` of holdfast.yaml. */
export type CommitStyle = 'auto' | 'beforeProcessing' | 'afterProcessing' | 'inTransaction';

/** A consumer of a group and what it reads, every value settled. */
export interface ConsumerDeployment {
  readonly group: string;
  /** The described topics that it reads. */
  readonly topics: readonly string[];
  readonly commits: CommitStyle;
  /** Whether records are processed in the poll loop, or by other threads. */
  readonly processing: 'inPoll' | 'handedOver';
  /** Whether commits name the leader epoch (KIP-320). */
  readonly commitsLeaderEpoch: boolean;
  readonly autoOffsetReset: OffsetReset;
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  readonly groupProtocol: 'classic' | 'consumer';
  /** Whether brokers send it to a follower in its rack (KIP-392). */
  readonly readsFollower: boolean;
  /** Every value used for it, each with its origin. */
  readonly settings: readonly Setting[];
}

type Statement = NonNullable<HoldfastFile['consumers']>[number];

/** What holdfast.yaml says of one consumer, with the places of what it says. */
interface Entry {
  readonly content: Statement;
  readonly stated: ConsumerStatement;
}

/**
 * Settles every consumer: the files read, each with what holdfast.yaml says of it, and what
 * holdfast.yaml describes without a file. A file without group.id that is not mentioned commits
 * nothing; a note says so.
 */
export function resolveConsumers(
  intake: Intake,
  cluster: Cluster,
  topics: readonly TopicDeployment[],
): ConsumerDeployment[] {
  const contents = intake.holdfast?.content.consumers ?? [];
  const entries = contents.map(
    (content, i): Entry => ({
      content,
      stated: intake.consumerStatements[i]!,
    }),
  );
  const taken = new Map(entries.map((entry) => [entry, sourceOf(entry, intake)]));
  const rest = intake.consumers.filter((source) => ![...taken.values()].includes(source));
  const all: (readonly [Entry | undefined, ClientSource | undefined])[] = [
    ...taken,
    ...rest.map((source) => [undefined, source] as const),
  ];
  return all.flatMap(([entry, source]) => {
    const config = source?.config ?? new Map();
    const { version, defaults } = cluster;
    const settled = resolveConsumer(config, entry?.stated.group, version, defaults);
    const { group } = settled;
    if (group === undefined) {
      if (entry) throw withoutGroup(entry);
      intake.notes.push(
        `${source!.file}: it has no group.id, so nothing is known of its offsets; state its group ` +
          'under consumers in holdfast.yaml to have it judged',
      );
      return [];
    }
    const about = { group, entry, source, settled };
    return [deployed(about, cluster, topicsOf(about, topics), intake)];
  });
}

interface About {
  readonly group: Resolved<string>;
  readonly entry: Entry | undefined;
  readonly source: ClientSource | undefined;
  readonly settled: ConsumerSettings;
}

function sourceOf({ stated }: Entry, intake: Intake): ClientSource | undefined {
  if (stated.file === undefined) return undefined;
  const file = join(dirname(stated.file.file), stated.file.value);
  const found = intake.consumers.find((source) => source.file === file);
  if (found !== undefined) return found;
  const known = intake.consumers.map((source) => source.file).join(', ') || 'none';
  throw new ConfigError(
    stated.file,
    `the consumer's file is ${quoted(file)}, which is not among the consumer files read (${known}); ` +
      'list it under files',
  );
}

function withoutGroup({ stated }: Entry): ConfigError {
  return new ConfigError(
    stated.place,
    'this consumer has no group: neither group here, nor group.id in its file; state one of them',
  );
}

function topicsOf({ entry }: About, topics: readonly TopicDeployment[]): string[] {
  const own = topics.filter(({ internal }) => !internal).map(({ name }) => name);
  const named = entry?.content.topics;
  if (named === undefined) return own;
  const unknown = named.find((name) => !own.includes(name));
  if (unknown === undefined) return [...named];
  throw new ConfigError(
    entry!.stated.place,
    `it reads the topic ${quoted(unknown)}, which nothing describes (known are ` +
      `${own.join(', ')}); describe it under topics, or correct the name`,
  );
}

function deployed(
  about: About,
  cluster: Cluster,
  topics: readonly string[],
  intake: Intake,
): ConsumerDeployment {
  const { group, settled } = about;
  const commits = commitsOf(about, intake);
  const processing = said(about, 'processing', 'inPoll', intake);
  const epochs = said(about, 'leaderEpochs', 'true', intake);
  const selector = cluster.broker(REPLICA_SELECTOR);
  const retention = cluster.broker(OFFSETS_RETENTION);
  const { autoCommit, reset, readCommitted, protocol, rack, timings } = settled;
  const used = [
    group,
    // Without a file nothing is known of it but what the entry says.
    ...(about.source || !about.entry?.stated.commits ? [autoCommit] : []),
    commits,
    processing,
    epochs,
    reset,
    readCommitted,
    protocol,
    ...timings,
    ...(rack ? [rack, selector] : []),
    retention,
  ];
  return {
    group: group.value,
    topics,
    commits: commits.value,
    processing: processing.value as ConsumerDeployment['processing'],
    commitsLeaderEpoch: epochs.value === 'true',
    autoOffsetReset: reset.value,
    isolationLevel: readCommitted.value ? 'read_committed' : 'read_uncommitted',
    groupProtocol: protocol.value,
    readsFollower: rack !== undefined && /RackAwareReplicaSelector$/.test(selector.value),
    settings: used.map(({ setting }) => setting),
  };
}

/** Of the plug-ins only Kafka's own rack-aware one is known; without one consumers read leaders. */
const REPLICA_SELECTOR: ServerKey<string> = {
  key: 'replica.selector.class',
  parse: (_, stated) => stated.value.trim(),
  fallback: '',
  fallbackText: '(none)',
};
const OFFSETS_RETENTION: ServerKey<number> = {
  key: 'offsets.retention.minutes',
  parse: wholeNumber(1),
  fallback: 10_080,
};

/** How it commits: as holdfast.yaml says; the file alone only tells whether the client does it. */
function commitsOf(about: About, intake: Intake): Resolved<CommitStyle> {
  const { entry, settled, source } = about;
  const { autoCommit } = settled;
  const own = entry?.stated.commits;
  if (own === undefined) {
    if (autoCommit.value) return resolved('consumer', 'commits', 'auto', originOf(autoCommit));
    return assumed(about, 'commits', 'afterProcessing', intake);
  }
  const value = entry!.content.commits!;
  if (source && (value === 'auto') !== autoCommit.value) throw contradiction(own, autoCommit);
  return asWritten('consumer', 'commits', value, own);
}

/** A consumer that commits itself, and one whose client does, are two consumers. */
function contradiction(own: Stated, { value, setting }: Resolved<boolean>): ConfigError {
  const { origin } = setting;
  const where = 'file' in origin ? placeText(origin) : `${origin.default}, by default`;
  return new ConfigError(
    own,
    `commits is ${own.value}, but enable.auto.commit is ${value} (${where}): ` +
      (value
        ? 'the client commits as well, whatever was processed; set enable.auto.commit=false, or ' +
          'state commits: auto'
        : 'the client commits nothing by itself; state who commits and when'),
  );
}

const originOf = ({ setting: { origin } }: Resolved<unknown>): Stated | string =>
  'file' in origin ? { ...origin, value: '' } : origin.default;

/** What holdfast.yaml says under `key`, or what is assumed. */
function said(
  about: About,
  key: 'processing' | 'leaderEpochs',
  fallback: string,
  intake: Intake,
): Resolved<string> {
  const stated = about.entry?.stated[key];
  if (stated === undefined) return assumed(about, key, fallback, intake);
  return asWritten('consumer', key, stated.value, stated);
}

function assumed<T extends string>(
  { group, entry }: About,
  key: string,
  value: T,
  intake: Intake,
): Resolved<T> {
  intake.notes.push(
    `group ${group.value}: no file says ${SAYS[key]}; ${key}: ${value} is assumed, state it under ` +
      `consumers${entry ? '' : ` (file or group, ${key})`} in holdfast.yaml`,
  );
  return resolved('consumer', key, value, 'assumed');
}

const SAYS: Readonly<Record<string, string>> = {
  commits: 'when its application commits',
  processing: 'whether records are processed in the poll loop',
  leaderEpochs: 'whether its commits name the leader epoch',
};
