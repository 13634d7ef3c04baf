import { ConfigError } from './error.ts';
import type { Config } from './properties.ts';
import { asWritten, type Resolved, resolved } from './server-settings.ts';
import { MAX_INT, type Parser, wholeNumber } from './values.ts';
import { atLeast, type KafkaVersion } from './version.ts';

/** The acknowledgements that a producer waits for. */
export type Acks = '0' | '1' | 'all';

/** A number that a producer is set to, and what ProducerConfig takes where it is missing. */
interface ProducerKey {
  readonly key: string;
  readonly parse: Parser<number>;
  readonly fallback: (version: KafkaVersion) => number;
}

export const ENABLE_IDEMPOTENCE = 'enable.idempotence';

export const IN_FLIGHT: ProducerKey = {
  key: 'max.in.flight.requests.per.connection',
  parse: wholeNumber(1),
  fallback: () => 5,
};
/** As many as delivery.timeout.ms allows since 2.1 (KIP-91), none before. */
export const RETRIES: ProducerKey = {
  key: 'retries',
  parse: wholeNumber(0),
  fallback: (version) => (atLeast(version, 2, 1) ? MAX_INT : 0),
};
const DELIVERY_TIMEOUT: ProducerKey = {
  key: 'delivery.timeout.ms',
  parse: wholeNumber(0),
  fallback: () => 120_000,
};
export const REQUEST_TIMEOUT: ProducerKey = {
  key: 'request.timeout.ms',
  parse: wholeNumber(0),
  fallback: () => 30_000,
};
/** 5 since 4.0 (KIP-1030). A LONG in Kafka; above an INT it counts as one (KafkaProducer.lingerMs). */
export const LINGER: ProducerKey = {
  key: 'linger.ms',
  parse: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  fallback: (version) => (atLeast(version, 4, 0) ? 5 : 0),
};

/** What a producer's file says, or the default of its version. */
export function settle(
  config: Config,
  { key, parse, fallback }: ProducerKey,
  version: KafkaVersion,
  defaults: string,
): Resolved<number> {
  const stated = config.get(key);
  if (stated === undefined) return resolved('producer', key, fallback(version), defaults);
  return asWritten('producer', key, parse(key, stated), stated);
}

/**
 * delivery.timeout.ms must allow for linger.ms and one attempt: stated smaller it is refused, and
 * where it is not stated it is raised (KafkaProducer.configureDeliveryTimeout).
 */
export function deliveryTimeout(
  config: Config,
  linger: Resolved<number>,
  request: Resolved<number>,
  { version, defaults, notes }: { version: KafkaVersion; defaults: string; notes: string[] },
): Resolved<number> {
  const { key } = DELIVERY_TIMEOUT;
  const settled = settle(config, DELIVERY_TIMEOUT, version, defaults);
  const least = Math.min(Math.min(linger.value, MAX_INT) + request.value, MAX_INT);
  if (settled.value >= least) return settled;
  const sum = `linger.ms (${linger.value}) and request.timeout.ms (${request.value}) together`;
  const stated = config.get(key);
  if (stated !== undefined) {
    throw new ConfigError(
      stated,
      `${key} is ${settled.value}, less than ${sum}; Kafka refuses this with a ConfigException: ` +
        `set it to at least ${least}`,
    );
  }
  notes.push(`${key} is raised to ${least}: its default, ${settled.value}, is less than ${sum}`);
  return resolved('producer', key, least, defaults);
}
