/** Deployments that break what Kafka's defaults keep. */
import type { Design } from './design.ts';

const brokenConnection = { lostMessage: 1 };

export const deploymentDesigns: readonly Design[] = [
  {
    id: 'F41a',
    does: 'More requests are in flight than a broker remembers batches.',
    breaks: 'noRecordIsWrittenTwice',
    history: 'KAFKA-5494: at most 5 in flight, for 5 batches are remembered',
    setting: { faults: brokenConnection, inFlight: 3, bounds: { records: 3 } },
    soundSetting: { inFlight: 2 },
    rules: {},
    shortest: 13,
  },
  {
    id: 'F41b',
    does: 'producer.id.expiration.ms is over while a batch is still being sent again.',
    breaks: 'noRecordIsWrittenTwice',
    history: 'KAFKA-5793, KIP-360; Redpanda issue 22670',
    setting: { faults: brokenConnection, stateExpiresInFlight: true, bounds: { records: 1 } },
    soundSetting: { stateExpiresInFlight: false },
    rules: {},
    shortest: 7,
  },
  {
    id: 'X7',
    does: 'Without idempotence a batch is sent again whose answer was lost.',
    breaks: 'noRecordIsWrittenTwice',
    history: 'enable.idempotence=false, the default before 3.0 (KIP-679)',
    setting: { faults: brokenConnection, enableIdempotence: false },
    soundSetting: { enableIdempotence: true },
    rules: {},
    shortest: 6,
  },
  {
    id: 'X8',
    does: 'Without idempotence, of several batches that fail together the last one is sent again first.',
    breaks: 'recordsKeepTheirOrder',
    history: 'max.in.flight.requests.per.connection above 1 with enable.idempotence=false',
    setting: { faults: brokenConnection, enableIdempotence: false },
    soundSetting: { enableIdempotence: true },
    rules: {},
    shortest: 7,
  },
  {
    id: 'X9',
    does: 'With retries=0, which switches idempotence off, a request that is read late comes after its successor.',
    breaks: 'recordsKeepTheirOrder',
    history: 'retries=0; ProducerConfig.postProcessAndValidateIdempotenceConfigs',
    setting: { faults: brokenConnection, enableIdempotence: false, retries: 0 },
    soundSetting: { enableIdempotence: true, retries: null },
    rules: {},
    shortest: 6,
  },
  {
    id: 'X10',
    does: 'delivery.timeout.ms leaves no time for a second attempt: one broken connection is a record given up.',
    breaks: 'noRecordIsWrittenTwice',
    history: 'delivery.timeout.ms below linger.ms + 2 request.timeout.ms, and KAFKA-14034',
    setting: { faults: brokenConnection, retryFitsDelivery: false },
    soundSetting: { retryFitsDelivery: true },
    rules: {},
    shortest: 9,
  },
];
