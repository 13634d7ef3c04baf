/** What an operator could change about a producer. */
import type { Subject } from './aspect.ts';
import { type Change, deciding } from './change.ts';
import type { IdempotenceBase } from './idempotence.ts';

type Producers = readonly Subject<IdempotenceBase>[];
type ProducerChange = Change<IdempotenceBase>;

/** Integer.MAX_VALUE: as many as delivery.timeout.ms allows. */
const UNLIMITED = '2147483647';

/** Changes worth trying, those that are already so left out. */
export function idempotenceChanges(producers: Producers): ProducerChange[] {
  const { acks, wantsIdempotence, maxInFlight, retries, ...times } = producers[0]!.base;
  const change = (
    key: string,
    to: string,
    price: string,
    apply: ProducerChange['apply'],
  ): ProducerChange => ({
    name: key,
    settings: deciding(producers, key),
    to,
    effort: key === EXPIRATION ? 'restart' : 'client',
    price,
    apply,
  });
  const slowest = 'A write is answered when every in-sync replica has it: the slowest decides.';
  return [
    ...(acks === 'all'
      ? []
      : [change('acks', 'all', slowest, (base) => ({ ...base, acks: 'all' }))]),
    ...(wantsIdempotence
      ? []
      : [
          change(
            'enable.idempotence',
            'true',
            'At most 5 requests are in flight on a connection.',
            (base) => ({ ...base, wantsIdempotence: true }),
          ),
        ]),
    ...(retries === null
      ? []
      : [
          change(
            'retries',
            UNLIMITED,
            'A record is given up only when delivery.timeout.ms is over.',
            (base) => ({ ...base, retries: null }),
          ),
        ]),
    ...[5, 1]
      .filter((count) => count < maxInFlight)
      .map((count) =>
        change(
          'max.in.flight.requests.per.connection',
          String(count),
          count === 1
            ? 'One request a connection: the next one waits for its answer.'
            : 'Fewer requests are on their way at once.',
          (base) => ({ ...base, maxInFlight: count }),
        ),
      ),
    ...(times.retryFitsDelivery
      ? []
      : [
          change(
            'delivery.timeout.ms',
            String(times.secondAttemptMs),
            'A record that cannot be delivered is reported later.',
            (base) => ({ ...base, retryFitsDelivery: true }),
          ),
        ]),
    ...(times.stateExpiresInFlight
      ? [
          change(
            EXPIRATION,
            '86400000',
            'Brokers remember producers that are silent for a day.',
            (base) => ({ ...base, stateExpiresInFlight: false }),
          ),
        ]
      : []),
  ];
}

const EXPIRATION = 'producer.id.expiration.ms';
