/** What must be possible, so that no claim holds for want of anything happening. */
import type {
  Broker,
  Cluster,
  IdempotenceOptions,
  Producer,
} from '../../../models/clients/idempotence/index.ts';
import {
  type Claim,
  type Local,
  sometimes,
  stateName,
  type View,
} from '../../../src/model/index.ts';
import { brokersOf } from './claims.ts';

const producer =
  <T>(look: (me: Producer) => T): View =>
  (local: Local) =>
    look(local.context as Producer) as never;
const broker =
  (look: (me: Broker, state: string) => boolean): View =>
  (local: Local) =>
    look(local.context as Broker, stateName(local.value));

/** Of some broker. */
function atSomeBroker(
  all: IdempotenceOptions,
  name: string,
  means: string,
  look: (me: Broker, state: string) => boolean,
): Claim {
  const reads = Object.fromEntries(brokersOf(all).map((id) => [id, broker(look)]));
  return sometimes(name, means, reads, (views) => Object.values(views).some(Boolean));
}

/** Situations that `all` must bring about. */
export function situations(all: IdempotenceOptions): Claim[] {
  const { acks, faults, inFlight, bounds, enableIdempotence, retries } = all;
  const has = (...kinds: string[]): boolean => kinds.some((kind) => (faults[kind] ?? 0) > 0);
  const breaks = has('lostMessage');
  const fails = has('lostMessage', 'brokerCrash') && acks !== 0;
  const retried = fails && retries !== 0;
  const when = (holds: boolean, ...claims: Claim[]): Claim[] => (holds ? claims : []);
  return [
    sometimes(
      'everyRecordIsAcknowledged',
      'Every record is acknowledged.',
      { producer: producer(({ outcomes }) => outcomes.every((o) => o === 'acknowledged')) },
      (views) => views.producer,
    ),
    ...when(
      acks !== 0 && inFlight > 1 && bounds.records > 1,
      sometimes(
        'severalRequestsAreInFlight',
        'As many requests are in flight as may be, or as there are records.',
        { producer: producer(({ flights }) => flights.length) },
        (views) => views.producer >= Math.min(inFlight, bounds.records),
      ),
    ),
    ...when(
      retried,
      sometimes(
        'aBatchIsSentAgain',
        'A batch is on its way for the second time.',
        { producer: producer(({ flights }) => flights.some(({ batch }) => batch.failures > 0)) },
        (views) => views.producer,
      ),
    ),
    ...when(
      breaks,
      atSomeBroker(
        all,
        'aRequestOutlivesItsConnection',
        'A request of a broken connection is unread.',
        ({ late }) => late.some((requests) => requests.length > 0),
      ),
    ),
    ...when(
      breaks && retried && enableIdempotence,
      atSomeBroker(
        all,
        'aDuplicateWaits',
        'A batch that is in the log already was sent again.',
        (me) => me.inbox.some((batch) => me.log.some(({ record }) => record === batch.record)),
      ),
    ),
    ...when(
      has('brokerCrash'),
      sometimes(
        'aBrokerIsDown',
        'A broker is down.',
        { cluster: (local) => Object.values((local.context as Cluster).brokers).includes('down') },
        (views) => views.cluster,
      ),
    ),
    ...when(
      has('brokerCrash', 'partition', 'slowReplica', 'controlledShutdown') && all.replicas === 2,
      sometimes(
        'leadershipMoves',
        'Another broker leads.',
        { cluster: (local) => (local.context as Cluster).leader === 'b2' },
        (views) => views.cluster,
      ),
    ),
    ...when(
      has('partition', 'slowReplica') && all.replicas === 2,
      atSomeBroker(
        all,
        'aDeposedLeaderAppends',
        'A broker has batches that are not committed and does not lead.',
        ({ log, highWatermark }, state) =>
          state === 'running.following' && log.length > highWatermark,
      ),
    ),
    ...when(
      has('deliveryTimeout') && acks !== 0,
      sometimes(
        'aRecordIsGivenUp',
        'A record ran out of time, and whether it is in the log is not known.',
        { producer: producer(({ outcomes }) => outcomes.includes('unknown')) },
        (views) => views.producer,
      ),
    ),
    ...when(
      has('deliveryTimeout') && fails && enableIdempotence,
      sometimes(
        'theEpochIsRaised',
        'The producer has raised its epoch.',
        { producer: producer(({ epoch }) => epoch) },
        (views) => views.producer > 0,
      ),
    ),
    ...when(
      all.pauses && enableIdempotence,
      atSomeBroker(
        all,
        'aProducerIsForgotten',
        'What was remembered of the producer has expired.',
        ({ expired }) => expired > 0,
      ),
    ),
  ];
}
