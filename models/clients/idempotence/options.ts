/** What a run of the idempotence model depends on: the deployment's settings, bounds and faults. */
import type { Budget } from '../../../src/model/index.ts';
import type { Acks } from './messages.ts';
import { kafka, type Rules } from './rules.ts';

/** How far the model follows: every one of these bounds stands in the verdict's scope. */
export type Bounds = {
  /** Records the application sends; one record is one batch. */
  records: number;
  /**
   * Batches of a producer that a broker remembers (ProducerStateEntry.NUM_BATCHES_TO_RETAIN, in Kafka
   * 5). Requests in flight are scaled with it: at most as many, or one more where Kafka allows more.
   */
  window: number;
  /** Highest producer epoch. */
  producerEpochs: number;
};

export interface IdempotenceOptions {
  enableIdempotence: boolean;
  acks: Acks;
  /** max.in.flight.requests.per.connection, scaled to the window. */
  inFlight: number;
  /** Attempts after the first; null: as many as delivery.timeout.ms allows. */
  retries: number | null;
  /**
   * Is delivery.timeout.ms long enough for a second attempt when the first is never answered
   * (linger.ms + 2 request.timeout.ms)? If not, a batch may run out of time without another fault.
   */
  retryFitsDelivery: boolean;
  /**
   * May the state of a producer expire while a batch of it is still on its way? Only if
   * producer.id.expiration.ms is not longer than delivery.timeout.ms.
   */
  stateExpiresInFlight: boolean;
  /** May the application write nothing for longer than producer.id.expiration.ms, and then go on? */
  pauses: boolean;
  /** 1: one broker alone. 2: a leader and a follower, which stand for any leader and its successor. */
  replicas: 1 | 2;
  /**
   * May a client that lost its connection send by metadata it read before? Left out unless told: it
   * asks anew at once (`Metadata.requestUpdate`), long before a dead broker is back.
   */
  staleMetadata: boolean;
  rules: Rules;
  bounds: Bounds;
  /** brokerCrash, lostMessage, partition, slowReplica, controlledShutdown, deliveryTimeout. */
  faults: Budget;
}

/** Kafka 4.1 with its defaults. */
export const defaults: IdempotenceOptions = {
  enableIdempotence: true,
  acks: -1,
  inFlight: 2,
  retries: null,
  retryFitsDelivery: true,
  stateExpiresInFlight: false,
  pauses: true,
  replicas: 2,
  staleMetadata: false,
  rules: kafka,
  bounds: { records: 2, window: 2, producerEpochs: 3 },
  faults: {},
};

/** What is given of the options; the rest is as in `defaults`. */
export type IdempotenceSetting = Partial<Omit<IdempotenceOptions, 'bounds'>> & {
  bounds?: Partial<Bounds>;
};

/** All options, those not given as in `defaults`. */
export const idempotenceOptions = (given: IdempotenceSetting = {}): IdempotenceOptions => ({
  ...defaults,
  ...given,
  bounds: { ...defaults.bounds, ...given.bounds },
});
