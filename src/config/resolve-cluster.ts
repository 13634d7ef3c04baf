import type { Setting } from './deployment.ts';
import { ConfigError, placeText, quoted } from './error.ts';
import type { Intake, NodeSource, StatedVersion, Storage } from './intake.ts';
import type { Stated } from './properties.ts';
import { agreed, type Resolved, resolved, type ServerKey } from './server-settings.ts';
import {
  atLeast,
  type BehaviourLevel,
  behaviourLevel,
  type KafkaVersion,
  LAST_WITH_ZOOKEEPER,
  LATEST,
  parseVersion,
  versionNote,
} from './version.ts';

/** What holds for all topics of a cluster. */
export interface Cluster {
  readonly version: KafkaVersion;
  readonly versionSetting: Setting;
  readonly behaviour: BehaviourLevel;
  /** The origin of defaults, as `kafka 4.1`, or `kafka 4.1, assumed`. */
  readonly defaults: string;
  /** How many brokers there are, where a file really says so. */
  readonly brokers: Resolved<number> | undefined;
  readonly storage: Resolved<Storage>;
  readonly elr: Resolved<boolean>;
  /** Whether the files of KRaft brokers were given without those of their controllers. */
  readonly controllersMissing: boolean;
  /** The value in the brokers' own files. */
  broker<T>(key: ServerKey<T>): Resolved<T>;
  /** The value in the controllers' files where there are such, else in the brokers'. */
  controller<T>(key: ServerKey<T>): Resolved<T>;
}

/** Settles version, size, storage and features of the cluster; assumptions become notes. */
export function resolveCluster(intake: Intake): Cluster {
  refuseSecondCluster(intake);
  const zookeeper = intake.nodes.find((node) => node.zookeeper !== undefined)?.zookeeper;
  const { version, setting, defaults } = settleVersion(intake, zookeeper);
  const note = versionNote(version);
  if (note !== undefined) intake.notes.push(note);
  const brokers = intake.nodes.filter((node) => node.broker);
  const controllers = intake.nodes.filter((node) => node.controller);
  const deciding = controllers.length > 0 && zookeeper === undefined ? controllers : brokers;
  const subject = deciding.every((node) => node.broker) ? 'broker' : 'controller';
  return {
    version,
    versionSetting: setting,
    behaviour: behaviourLevel(version),
    defaults,
    brokers: settleBrokers(intake),
    storage: settleStorage(intake),
    elr: settleElr(intake, version, defaults),
    controllersMissing: brokers.length > 0 && controllers.length === 0,
    broker: (key) => agreed(brokers, 'broker', key, defaults),
    controller: (key) => agreed(deciding, subject, key, defaults),
  };
}

function refuseSecondCluster(intake: Intake): void {
  const [first] = intake.nodes;
  const other = intake.nodes.find(
    (node) =>
      node.source !== first?.source || (node.source === 'compose' && node.file !== first.file),
  );
  if (first !== undefined && other !== undefined) {
    throw new ConfigError(
      { file: other.file },
      `this describes a second cluster beside ${first.file}; name the files of one cluster, or ` +
        'list them in holdfast.yaml',
    );
  }
  const labels = [...intake.clusters, ...intake.topics.flatMap(({ cluster }) => cluster ?? [])];
  const stranger = labels.find(({ value }) => value !== labels[0]?.value);
  const known = labels[0];
  if (stranger !== undefined && known !== undefined && intake.clusters.length > 0) {
    throw new ConfigError(
      stranger,
      `this belongs to the cluster ${quoted(stranger.value)}, but ${placeText(known)} describes ` +
        `${quoted(known.value)}; name the files of one cluster`,
    );
  }
}

interface SettledVersion {
  readonly version: KafkaVersion;
  readonly setting: Setting;
  readonly defaults: string;
}

const sameRelease = (a: StatedVersion, b: StatedVersion): boolean =>
  a.version.major === b.version.major && a.version.minor === b.version.minor;

function settleVersion(intake: Intake, zookeeper: Stated | undefined): SettledVersion {
  const own = intake.versions.find(({ stated }) => stated.file === intake.holdfast?.file);
  const others = intake.versions.filter((version) => version !== own);
  const chosen = own ?? others[0];
  if (chosen === undefined) return assumedVersion(intake, zookeeper);
  const differs = others.find((other) => !sameRelease(other, chosen));
  // During a rolling upgrade the files disagree; holdfast.yaml may say which of them counts.
  const confirmed = own !== undefined && others.some((other) => sameRelease(other, own));
  if (differs !== undefined && !confirmed) {
    throw new ConfigError(
      differs.stated,
      `this is Kafka ${differs.version.text}, but ${placeText(chosen.stated)} says ` +
        `${chosen.version.text}; make them equal` +
        (own === undefined ? ', or state kafka.version in holdfast.yaml' : ''),
    );
  }
  const { version, stated } = chosen;
  if (zookeeper !== undefined && atLeast(version, 4, 0)) {
    throw new ConfigError(
      zookeeper,
      `this cluster uses ZooKeeper, but ${placeText(stated)} says Kafka ${version.text}, which ` +
        'cannot; correct the version, or set process.roles',
    );
  }
  if (zookeeper !== undefined) intake.notes.push(zookeeperNote(zookeeper));
  if (!stated.value.includes(version.text)) {
    intake.notes.push(`${placeText(stated)}: ${quoted(stated.value)} is Kafka ${version.text}`);
  }
  const { setting } = resolved('cluster', 'kafka version', version.text, stated);
  return { version, setting, defaults: `kafka ${version.text}` };
}

function assumedVersion(intake: Intake, zookeeper: Stated | undefined): SettledVersion {
  const version = zookeeper === undefined ? LATEST : LAST_WITH_ZOOKEEPER;
  const why = zookeeper === undefined ? '' : ', the last version with ZooKeeper';
  intake.notes.push(
    `no file states the Kafka version: ${version.text} is assumed${why}; state kafka.version in ` +
      'holdfast.yaml',
  );
  if (zookeeper !== undefined) intake.notes.push(zookeeperNote(zookeeper));
  const defaults = `kafka ${version.text}, assumed`;
  const { setting } = resolved('cluster', 'kafka version', version.text, 'assumed');
  return { version, setting, defaults };
}

function zookeeperNote(zookeeper: Stated): string {
  return (
    `${placeText(zookeeper)}: this cluster uses ZooKeeper; Holdfast models KRaft, so what is ` +
    `said ` +
    'of the controller and of elections is only as close as KRaft is to it'
  );
}

/** Pools add up, and so do services; a Kafka resource counts only without pools. */
function described<T extends { readonly part: string }>(stated: readonly T[]): T[] {
  const pools = stated.filter(({ part }) => part === 'pool');
  return pools.length > 0 ? pools : stated.filter(({ part }) => part !== 'holdfast');
}

function settleBrokers(intake: Intake): Resolved<number> | undefined {
  const own = intake.brokerCounts.find(({ part }) => part === 'holdfast');
  const parts = described(intake.brokerCounts);
  const sum = parts.reduce((total, { count }) => total + count, 0);
  const first = parts[0]?.stated;
  if (first === undefined) {
    return own && resolved('cluster', 'brokers', own.count, own.stated);
  }
  if (own !== undefined && own.count !== sum) {
    throw new ConfigError(
      own.stated,
      `kafka.brokers is ${own.count}, but ${placeText(first)} and what belongs to it describe ` +
        `${sum}; make them equal`,
    );
  }
  if (sum === 0) throw new ConfigError(first, 'the cluster has no brokers; expected at least 1');
  return resolved('cluster', 'brokers', sum, first);
}

function settleStorage(intake: Intake): Resolved<Storage> {
  const own = intake.storages.find(({ part }) => part === 'holdfast');
  const parts = described(intake.storages);
  const ephemeral = parts.find(({ storage }) => storage === 'ephemeral');
  const persistent = parts.find(({ storage }) => storage === 'persistent');
  if (own === undefined && ephemeral !== undefined && persistent !== undefined) {
    intake.notes.push(
      `${placeText(ephemeral.stated)} is ephemeral and ${placeText(persistent.stated)} is ` +
        'persistent: any broker may lose its disk, so all are taken as ephemeral',
    );
  }
  const chosen = own ?? ephemeral ?? persistent;
  if (chosen !== undefined) return resolved('cluster', 'storage', chosen.storage, chosen.stated);
  intake.notes.push(
    'no file says what storage the brokers have: persistent is assumed; state kafka.storage in ' +
      'holdfast.yaml',
  );
  for (const node of intake.nodes) noteTemporary(node, intake);
  return resolved('cluster', 'storage', 'persistent', 'assumed');
}

function noteTemporary(node: NodeSource, intake: Intake): void {
  const dirs = node.config.get('log.dirs') ?? node.config.get('log.dir');
  if (!node.broker || dirs === undefined || !/(^|,)\s*\/tmp\//.test(dirs.value)) return;
  intake.notes.push(
    `${placeText(dirs)}: the log lies under /tmp, which many systems empty when they start`,
  );
}

/** The feature is a level, 0 or 1. */
function elrFeature(on: boolean, from: Stated | string): Resolved<boolean> {
  const { setting } = resolved('cluster', 'eligible.leader.replicas.version', on ? 1 : 0, from);
  return { value: on, setting };
}

/**
 * Eligible leader replicas (KIP-966): off in 4.0, on from 4.1 for clusters created with that
 * version, which a file cannot tell except by Strimzi's metadataVersion.
 */
function settleElr(intake: Intake, version: KafkaVersion, defaults: string): Resolved<boolean> {
  const stated = intake.holdfast?.elr;
  if (stated !== undefined) {
    const on = stated.value === 'true';
    if (on && !atLeast(version, 4, 0)) {
      throw new ConfigError(
        stated,
        `eligible leader replicas need Kafka 4.0, and this is ${version.text}; remove the line`,
      );
    }
    return elrFeature(on, stated);
  }
  if (!atLeast(version, 4, 1)) return elrFeature(false, defaults);
  const metadata = intake.metadataVersions[0];
  const level = metadata && parseVersion(metadata.value.replace(/-IV\d+$/, ''), metadata);
  if (metadata !== undefined && level !== undefined && !atLeast(level, 4, 1)) {
    return elrFeature(false, metadata);
  }
  intake.notes.push(
    'eligible leader replicas are on, as in every cluster created with Kafka 4.1 or later; if ' +
      'this one was upgraded from an older version, state kafka.eligibleLeaderReplicas: false ' +
      'in holdfast.yaml',
  );
  return elrFeature(true, defaults);
}
