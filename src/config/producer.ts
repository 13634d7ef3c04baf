import { ConfigError, placeText } from './error.ts';
import type { ClientSource } from './intake.ts';
import type { Config, Stated } from './properties.ts';
import { asWritten, type Resolved, resolved } from './server-settings.ts';
import { acknowledgements, flag, MAX_INT, wholeNumber } from './values.ts';
import { atLeast, type KafkaVersion } from './version.ts';

/** The acknowledgements that a producer waits for. */
export type Acks = '0' | '1' | 'all';

/** Above this, the broker no longer remembers enough sequence numbers (ProducerConfig). */
const MOST_IN_FLIGHT = 5;

/** The default of `acks`: `all` since the client 3.0, `1` before (KIP-679). */
export function defaultAcks(version: KafkaVersion, defaults: string): Resolved<Acks> {
  return resolved('producer', 'acks', atLeast(version, 3, 0) ? 'all' : '1', defaults);
}

/**
 * Settles the acks of a producer as ProducerConfig does, including what it demands of an idempotent
 * producer. Throws ConfigError for what the client would refuse at its start; what it would only
 * switch off silently becomes a note.
 */
export function resolveProducer(
  { config }: ClientSource,
  version: KafkaVersion,
  defaults: string,
  notes: string[],
): Resolved<Acks> {
  const stated = config.get('acks');
  const acks =
    stated === undefined
      ? defaultAcks(version, defaults)
      : asWritten('producer', 'acks', acknowledgements('acks', stated), stated);
  const conflict = idempotenceConflict(config, acks.value);
  const explicit = config.get('enable.idempotence');
  const asked = explicit && flag('enable.idempotence', explicit);
  const idempotent = asked ?? atLeast(version, 3, 0);
  if (idempotent && conflict !== undefined) {
    if (asked === true) refuse(explicit!, 'enable.idempotence is true', conflict);
    if (conflict.key === IN_FLIGHT && atLeast(version, 4, 0)) {
      refuse(conflict.stated!, 'enable.idempotence is on by default', conflict);
    }
    notes.push(
      `${conflict.stated ? `${placeText(conflict.stated)}: ` : ''}${conflict.is} switches ` +
        'enable.idempotence off, which is on by default: a retry may then write a record twice ' +
        'or out of order',
    );
  }
  const transactional = config.get('transactional.id');
  if (transactional !== undefined && (!idempotent || conflict !== undefined)) {
    const reason = conflict?.is ?? 'enable.idempotence is not on';
    throw new ConfigError(
      transactional,
      `transactional.id needs enable.idempotence, but ${reason}; the client would not start: ` +
        'set enable.idempotence=true and acks=all, or remove transactional.id',
    );
  }
  return acks;
}

interface Conflict {
  readonly key: string;
  readonly stated: Stated | undefined;
  readonly is: string;
  readonly remedy: string;
}

const IN_FLIGHT = 'max.in.flight.requests.per.connection';

/** The first setting that an idempotent producer cannot have, in the order the client looks. */
function idempotenceConflict(config: Config, acks: Acks): Conflict | undefined {
  const retries = config.get('retries');
  if (retries !== undefined && wholeNumber(0, MAX_INT)('retries', retries) === 0) {
    return { key: 'retries', stated: retries, is: 'retries=0', remedy: 'remove retries=0' };
  }
  if (acks !== 'all') {
    const stated = config.get('acks');
    return { key: 'acks', stated, is: `acks=${acks}`, remedy: 'set acks=all' };
  }
  const inFlight = config.get(IN_FLIGHT);
  const count = inFlight && wholeNumber(1, MAX_INT)(IN_FLIGHT, inFlight);
  if (count === undefined || count <= MOST_IN_FLIGHT) return undefined;
  const remedy = `set ${IN_FLIGHT} to at most ${MOST_IN_FLIGHT}`;
  return { key: IN_FLIGHT, stated: inFlight, is: `${IN_FLIGHT}=${count}`, remedy };
}

function refuse(place: Stated, because: string, { is, stated, remedy }: Conflict): never {
  const where = stated === undefined || stated === place ? '' : ` (${placeText(stated)})`;
  throw new ConfigError(
    place,
    `${because} together with ${is}${where}; Kafka refuses this with a ConfigException: ` +
      `${remedy}, or set enable.idempotence=false`,
  );
}
