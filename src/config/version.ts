import { ConfigError, type Place, quoted } from './error.ts';

/** A Kafka version as somebody stated it. */
export interface KafkaVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch?: number;
  /** As printed: `4.1` or `4.1.0`. */
  readonly text: string;
}

/**
 * The versions at which the modelled protocol changes. `3.5` stands for everything before 3.7,
 * where the high watermark may advance below the minimum ISR and min.insync.replicas is not clamped
 * to the replication factor; `3.9` for 3.7 to 3.9, with that gate (KAFKA-15583); `4.0` is KRaft
 * only, with eligible leader replicas off by default; `4.1` and later have them on for new clusters
 * (KIP-966).
 */
export type BehaviourLevel = '3.5' | '3.9' | '4.0' | '4.1';

/** What is assumed when nobody states a version: the newest behaviour Holdfast models. */
export const LATEST: KafkaVersion = { major: 4, minor: 1, text: '4.1' };
/** What is assumed of a cluster that names a ZooKeeper: the last version that could use one. */
export const LAST_WITH_ZOOKEEPER: KafkaVersion = { major: 3, minor: 9, text: '3.9' };
/** The newest Kafka whose source was read for the models. */
const NEWEST_READ = [4, 2] as const;

/** Whether `version` is `major.minor` or later. */
export function atLeast(version: KafkaVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

/** The protocol behaviour that a version has. */
export function behaviourLevel(version: KafkaVersion): BehaviourLevel {
  if (atLeast(version, 4, 1)) return '4.1';
  if (atLeast(version, 4, 0)) return '4.0';
  return atLeast(version, 3, 7) ? '3.9' : '3.5';
}

/** A remark where the stated version lies outside what the models were written from. */
export function versionNote(version: KafkaVersion): string | undefined {
  if (!atLeast(version, 3, 5)) {
    return (
      `Kafka ${version.text} is older than the oldest modelled behaviour: its own defaults are ` +
      'used, its protocol is checked as that of Kafka 3.5'
    );
  }
  if (atLeast(version, NEWEST_READ[0], NEWEST_READ[1] + 1)) {
    return (
      `Kafka ${version.text} is newer than Holdfast knows (${NEWEST_READ.join('.')}): its ` +
      'protocol and defaults are taken as those of Kafka 4.1'
    );
  }
  return undefined;
}

/** Reads `4.1` or `4.1.0`. Throws ConfigError at `place` for anything else or before 0.8. */
export function parseVersion(text: string, place: Place): KafkaVersion {
  const match = /^(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?$/.exec(text.trim());
  const version = match === null ? undefined : make(match);
  if (version === undefined || !atLeast(version, 0, 8)) {
    throw new ConfigError(
      place,
      `the Kafka version is ${quoted(text)}; expected major.minor or major.minor.patch from 0.8 ` +
        'on: write for example "4.1"',
    );
  }
  return version;
}

function make(match: RegExpExecArray): KafkaVersion {
  const [text, major, minor, patch] = match;
  const version = { major: Number(major), minor: Number(minor), text: text.trim() };
  return patch === undefined ? version : { ...version, patch: Number(patch) };
}

/**
 * The Kafka version in a container image's tag, or undefined where the tag does not say (`latest`,
 * a digest, a variable). Confluent Platform numbers itself: 8.x is Kafka 4.x, 7.x is 3.x, 6.x is
 * 2.(x+6), 5.x is 2.x (Confluent's table of supported versions); older images of the community
 * put the Scala version first (`2.13-2.8.1`).
 */
export function imageVersion(image: string): KafkaVersion | undefined {
  const [, name, tag] = /^(.*?)(?::([\w.-]+))?(?:@.*)?$/.exec(image) ?? [];
  const withoutScala = (tag ?? '').replace(/^2\.1[0-9]-/, '');
  const match = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{1,2}))?(?![\d])/.exec(withoutScala);
  if (name === undefined || match === null) return undefined;
  if (!/(^|\/)confluentinc\//.test(name)) return make(match);
  const platform = { major: Number(match[1]), minor: Number(match[2]) };
  const kafka = confluentToKafka(platform);
  return kafka && { ...kafka, text: `${kafka.major}.${kafka.minor}` };
}

function confluentToKafka(platform: { major: number; minor: number }) {
  const { major, minor } = platform;
  if (major >= 7) return { major: major - 4, minor };
  if (major === 6) return { major: 2, minor: minor + 6 };
  if (major === 5) return { major: 2, minor };
  return major === 4 ? { major: 1, minor } : undefined;
}
