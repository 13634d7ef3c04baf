import type { Setting } from './deployment.ts';
import { ConfigError, placeText } from './error.ts';
import type { ClientSource } from './intake.ts';
import {
  type Acks,
  deliveryTimeout,
  ENABLE_IDEMPOTENCE,
  IN_FLIGHT,
  LINGER,
  REQUEST_TIMEOUT,
  RETRIES,
  settle,
} from './producer-keys.ts';
import type { Config, Stated } from './properties.ts';
import { asWritten, type Resolved, resolved } from './server-settings.ts';
import { acknowledgements, flag, MAX_INT } from './values.ts';
import { atLeast, type KafkaVersion } from './version.ts';

export type { Acks } from './producer-keys.ts';

/** A producer as the client would run it: every value settled. */
export interface ProducerDeployment {
  readonly acks: Acks;
  /** Idempotent unless another setting forbids it: what was asked for, or is the default. */
  readonly wantsIdempotence: boolean;
  /** Above 5 only without idempotence. */
  readonly maxInFlight: number;
  readonly retries: number;
  readonly deliveryTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly lingerMs: number;
  readonly isTransactional: boolean;
  /** Every value used, each with its origin. */
  readonly settings: readonly Setting[];
}

/** Above this, the broker no longer remembers enough sequence numbers (ProducerConfig). */
export const MOST_IN_FLIGHT = 5;

/** What an idempotent producer needs; without it the client switches idempotence off, or refuses. */
export const isIdempotent = ({
  acks,
  wantsIdempotence,
  maxInFlight,
  retries,
}: Pick<ProducerDeployment, 'acks' | 'wantsIdempotence' | 'maxInFlight' | 'retries'>): boolean =>
  wantsIdempotence && acks === 'all' && retries > 0 && maxInFlight <= MOST_IN_FLIGHT;

/**
 * Settles a producer as ProducerConfig and KafkaProducer do, including what they demand of an
 * idempotent one. Throws ConfigError for what the client would refuse at its start; what it would only
 * switch off or raise silently becomes a note.
 */
export function resolveProducer(
  { config }: Pick<ClientSource, 'config'>,
  version: KafkaVersion,
  defaults: string,
  notes: string[],
): ProducerDeployment {
  const acks = acksOf(config, version, defaults);
  const explicit = config.get(ENABLE_IDEMPOTENCE);
  const asked = explicit && flag(ENABLE_IDEMPOTENCE, explicit);
  const wantsIdempotence = asked ?? atLeast(version, 3, 0);
  const inFlight = settle(config, IN_FLIGHT, version, defaults);
  const retries = settle(config, RETRIES, version, defaults);
  const conflict = conflictOf(config, acks.value, retries.value, inFlight.value);
  if (wantsIdempotence && conflict) switchOff(conflict, explicit, version, notes);
  const transactional = config.get('transactional.id');
  if (transactional !== undefined) refuseTransactional(transactional, wantsIdempotence, conflict);
  const linger = settle(config, LINGER, version, defaults);
  const request = settle(config, REQUEST_TIMEOUT, version, defaults);
  const delivery = deliveryTimeout(config, linger, request, { version, defaults, notes });
  const isOn = wantsIdempotence && conflict === undefined;
  const decides = explicit ?? (wantsIdempotence ? conflict?.stated : undefined);
  const idempotence = resolved('producer', ENABLE_IDEMPOTENCE, isOn, decides ?? defaults);
  const used = [acks, idempotence, inFlight, retries, delivery, request, linger];
  return {
    acks: acks.value,
    wantsIdempotence,
    maxInFlight: inFlight.value,
    retries: retries.value,
    deliveryTimeoutMs: delivery.value,
    requestTimeoutMs: request.value,
    lingerMs: linger.value,
    isTransactional: transactional !== undefined,
    settings: used.map(({ setting }) => setting),
  };
}

/** `all` is the default since the client 3.0, `1` before (KIP-679). */
function acksOf(config: Config, version: KafkaVersion, defaults: string): Resolved<Acks> {
  const stated = config.get('acks');
  if (stated !== undefined) {
    return asWritten('producer', 'acks', acknowledgements('acks', stated), stated);
  }
  return resolved('producer', 'acks', atLeast(version, 3, 0) ? 'all' : '1', defaults);
}

interface Conflict {
  readonly key: string;
  readonly stated: Stated | undefined;
  readonly is: string;
  readonly remedy: string;
}

/** The first setting that an idempotent producer cannot have, in the order the client looks. */
function conflictOf(
  config: Config,
  acks: Acks,
  retries: number,
  inFlight: number,
): Conflict | undefined {
  if (config.has(RETRIES.key) && retries === 0) {
    const stated = config.get(RETRIES.key);
    return { key: RETRIES.key, stated, is: 'retries=0', remedy: 'remove retries=0' };
  }
  if (acks !== 'all') {
    const stated = config.get('acks');
    return { key: 'acks', stated, is: `acks=${acks}`, remedy: 'set acks=all' };
  }
  if (inFlight <= MOST_IN_FLIGHT) return undefined;
  const remedy = `set ${IN_FLIGHT.key} to at most ${MOST_IN_FLIGHT}`;
  const stated = config.get(IN_FLIGHT.key);
  return { key: IN_FLIGHT.key, stated, is: `${IN_FLIGHT.key}=${inFlight}`, remedy };
}

/** Refused if idempotence was asked for, and from 4.0 on for too many in flight; else a note. */
function switchOff(
  conflict: Conflict,
  explicit: Stated | undefined,
  version: KafkaVersion,
  notes: string[],
): void {
  if (explicit !== undefined) refuse(explicit, 'enable.idempotence is true', conflict);
  if (conflict.key === IN_FLIGHT.key && atLeast(version, 4, 0)) {
    refuse(conflict.stated!, 'enable.idempotence is on by default', conflict);
  }
  notes.push(
    `${conflict.stated ? `${placeText(conflict.stated)}: ` : ''}${conflict.is} switches ` +
      'enable.idempotence off, which is on by default: a retry may then write a record twice ' +
      'or out of order',
  );
}

function refuseTransactional(
  transactional: Stated,
  wantsIdempotence: boolean,
  conflict: Conflict | undefined,
): void {
  if (wantsIdempotence && conflict === undefined) return;
  const reason = conflict?.is ?? 'enable.idempotence is not on';
  throw new ConfigError(
    transactional,
    `transactional.id needs enable.idempotence, but ${reason}; the client would not start: ` +
      'set enable.idempotence=true and acks=all, or remove transactional.id',
  );
}

function refuse(place: Stated, because: string, { is, stated, remedy }: Conflict): never {
  const where = stated === undefined || stated === place ? '' : ` (${placeText(stated)})`;
  throw new ConfigError(
    place,
    `${because} together with ${is}${where}; Kafka refuses this with a ConfigException: ` +
      `${remedy}, or set enable.idempotence=false`,
  );
}

/** Is there time for a second attempt when the first is never answered? */
export const secondAttemptFits = ({
  deliveryTimeoutMs,
  requestTimeoutMs,
  lingerMs,
}: Pick<ProducerDeployment, 'deliveryTimeoutMs' | 'requestTimeoutMs' | 'lingerMs'>): boolean =>
  deliveryTimeoutMs >= Math.min(lingerMs + 2 * requestTimeoutMs, MAX_INT);
