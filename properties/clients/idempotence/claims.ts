/** What must be true of what one producer writes to one partition. */
import type {
  Broker,
  Cluster,
  IdempotenceOptions,
  Producer,
  Stored,
} from '../../../models/clients/idempotence/index.ts';
import { rebuild } from '../../../models/clients/idempotence/index.ts';
import type { Claim, Local, View, Violation } from '../../../src/model/index.ts';

export const brokersOf = ({ replicas }: Pick<IdempotenceOptions, 'replicas'>): string[] =>
  replicas === 1 ? ['b1'] : ['b1', 'b2'];

const brokerOf = (local: Local): Broker => local.context as Broker;
const producerOf = (local: Local): Producer => local.context as Producer;

/** The records below a broker's own high watermark, by offset. */
const committed = (local: Local): number[] => {
  const { log, highWatermark } = brokerOf(local);
  return log.slice(0, highWatermark).map(({ record }) => record);
};
/** All records in a broker's log, by offset. */
export const held = (local: Local): number[] => brokerOf(local).log.map(({ record }) => record);
export const outcomes = (local: Local): string[] => [...producerOf(local).outcomes];
const offsets = (local: Local): (number | null)[] => producerOf(local).offsets;
export const leader = (local: Local): string | null => (local.context as Cluster).leader;

/** The same projection of every broker. */
const ofBrokers = <T>(all: IdempotenceOptions, view: T): Record<string, T> =>
  Object.fromEntries(brokersOf(all).map((id) => [id, view]));

/** The first violation that a broker's view gives rise to. */
function perBroker<T>(
  views: Record<string, unknown>,
  judge: (seen: T, broker: string) => Violation | null,
): Violation | null {
  for (const broker of ['b1', 'b2']) {
    const found = broker in views ? judge(views[broker] as T, broker) : null;
    if (found) return found;
  }
  return null;
}

const list = (records: readonly number[]): string => records.join(', ');

/** I1 */
const noRecordIsWrittenTwice = (all: IdempotenceOptions): Claim => ({
  name: 'noRecordIsWrittenTwice',
  modality: 'always',
  means: 'Readers of the partition are shown no record at two offsets.',
  cites: "KIP-98, idempotent producer guarantees; Jepsen's `duplicate`",
  reads: ofBrokers(all, committed),
  check: (views) =>
    perBroker<number[]>(views, (records, broker) => {
      const record = records.find((one, offset) => records.indexOf(one) !== offset);
      if (record === undefined) return null;
      const at = records.flatMap((one, offset) => (one === record ? [offset] : []));
      return {
        because: `record ${record} is at offsets ${at.join(' and ')} of ${broker}, all committed`,
        witness: { record, broker },
      };
    }),
});

const recordsKeepTheirOrder = (all: IdempotenceOptions): Claim => ({
  name: 'recordsKeepTheirOrder',
  modality: 'always',
  means:
    'Readers first meet the records of a producer in the order in which they were sent. A second copy is another matter.',
  cites:
    "Kafka documentation, Introduction: a partition's events are read in the order they were written; max.in.flight.requests.per.connection",
  reads: ofBrokers(all, committed),
  check: (views) =>
    perBroker<number[]>(views, (records, broker) => {
      const first = [...new Set(records)];
      const at = first.findIndex((record, i) => i > 0 && record < first[i - 1]!);
      return at < 0
        ? null
        : {
            because: `record ${first[at]} comes after record ${first[at - 1]} in the log of ${broker}: ${list(records)}`,
            witness: { record: first[at]!, broker },
          };
    }),
});

/** I2 */
const acknowledgedOffsetsAreTrue = (all: IdempotenceOptions): Claim => ({
  name: 'acknowledgedOffsetsAreTrue',
  modality: 'always',
  means:
    'A record that was acknowledged with an offset is at that offset, wherever that is committed.',
  cites: 'RecordMetadata.offset; KAFKA-6683',
  reads: { ...ofBrokers(all, committed), producer: offsets },
  check: ({ producer, ...views }) =>
    perBroker<number[]>(views, (records, broker) => {
      const told = producer as (number | null)[];
      const record = told.findIndex(
        (offset, one) => offset !== null && offset < records.length && records[offset] !== one,
      );
      return record < 0
        ? null
        : {
            because: `record ${record} was acknowledged at offset ${told[record]}, where ${broker} has record ${records[told[record]!]}`,
            witness: { record, broker },
          };
    }),
});

const acknowledgedRecordsAreWithTheLeader = (all: IdempotenceOptions): Claim => ({
  name: 'acknowledgedRecordsAreWithTheLeader',
  modality: 'always',
  means:
    'Whoever is elected has every record that was acknowledged: an answer about a duplicate included.',
  cites: 'Kafka documentation, Design: a committed message is not lost; acks=all',
  reads: { ...ofBrokers(all, held), producer: outcomes, cluster: leader },
  check: ({ producer, cluster, ...views }) => {
    if (cluster === null) return null;
    const records = views[cluster as string] as number[];
    const record = (producer as string[]).findIndex(
      (outcome, one) => outcome === 'acknowledged' && !records.includes(one),
    );
    return record < 0
      ? null
      : {
          because: `record ${record} was acknowledged, and ${cluster}, who leads, does not have it`,
          witness: { record, broker: cluster },
        };
  },
});

/** I3 */
const sequencesRise = (all: IdempotenceOptions): Claim => ({
  name: 'sequencesRise',
  modality: 'always',
  means:
    'In every log the epochs of a producer do not fall, and within an epoch its sequences rise. What was given up may leave a gap.',
  cites: 'ProducerAppendInfo.checkSequence, checkProducerEpoch',
  reads: ofBrokers(all, (local: Local) =>
    brokerOf(local).log.map(({ epoch, seq }) => [epoch, seq]),
  ),
  check: (views) =>
    perBroker<[number, number][]>(views, (log, broker) => {
      const at = log.findIndex(([epoch, seq], offset) => {
        const [lastEpoch, lastSeq] = log[offset - 1] ?? [-1, -1];
        return epoch === lastEpoch ? seq <= lastSeq : epoch < lastEpoch;
      });
      const [epoch, seq] = log[at] ?? [];
      return at < 0
        ? null
        : {
            because: `at offset ${at} of ${broker}, sequence ${seq} of epoch ${epoch} follows sequence ${log[at - 1]![1]} of epoch ${log[at - 1]![0]}`,
            witness: { broker, offset: at },
          };
    }),
});

/** F43 */
const brokersRememberWhatTheirLogHolds = (all: IdempotenceOptions): Claim => ({
  name: 'brokersRememberWhatTheirLogHolds',
  modality: 'always',
  means: 'What a broker that runs remembers of a producer is what its log says, and nothing else.',
  cites: 'ProducerStateManager.truncateAndReload; KAFKA-5435, KAFKA-6683',
  reads: ofBrokers(all, remembered(all)),
  check: (views) =>
    perBroker<{ said: string; known: string }>(views, ({ said, known }, broker) =>
      said === known
        ? null
        : { because: `${broker} remembers ${known}, its log says ${said}`, witness: { broker } },
    ),
});

const remembered =
  ({ bounds }: IdempotenceOptions): View<{ said: string; known: string }> =>
  (local) => {
    const { log, expired, state } = brokerOf(local);
    const text = (value: typeof state): string =>
      value === null
        ? 'nothing'
        : `epoch ${value.epoch}, ${value.batches.map(({ seq, offset }) => `${seq}@${offset}`).join(' ')}`;
    const known = text(state);
    if (local.value === 'down') return { said: known, known };
    return { said: text(rebuild(log as Stored[], expired, bounds.window)), known };
  };

const laterSendsGetLaterOffsets: Claim = {
  name: 'laterSendsGetLaterOffsets',
  modality: 'always',
  means: 'Of two acknowledged records the one sent later is told the larger offset.',
  cites: "Jepsen's `nonmonotonic-send`",
  reads: { producer: offsets },
  check: ({ producer }) => {
    const told = (producer as (number | null)[]).flatMap((offset, record) =>
      offset === null ? [] : [{ record, offset }],
    );
    const at = told.findIndex(({ offset }, i) => i > 0 && offset <= told[i - 1]!.offset);
    return at < 0
      ? null
      : {
          because: `record ${told[at]!.record} was acknowledged at offset ${told[at]!.offset}, record ${told[at - 1]!.record} before it at ${told[at - 1]!.offset}`,
          witness: { record: told[at]!.record },
        };
  },
};

const failedRecordsAreNotWritten = (all: IdempotenceOptions): Claim => ({
  name: 'failedRecordsAreNotWritten',
  modality: 'always',
  means: 'A record whose send failed for certain is shown to no reader.',
  cites: "KAFKA-13574; Jepsen's `G1a`",
  reads: { ...ofBrokers(all, committed), producer: outcomes },
  check: ({ producer, ...views }) =>
    perBroker<number[]>(views, (records, broker) => {
      const record = records.find((one) => (producer as string[])[one] === 'failed');
      return record === undefined
        ? null
        : {
            because: `the send of record ${record} failed, and ${broker} shows it`,
            witness: { record, broker },
          };
    }),
});

const everySendIsAnswered: Claim = {
  name: 'everySendIsAnswered',
  modality: 'recovers',
  means:
    'Once faults stop, every record that was sent is answered without waiting for delivery.timeout.ms, unless one before it ran out of time.',
  cites: 'KAFKA-5494: batches behind a gap are retried until the gap is closed',
  reads: { producer: outcomes },
  check: ({ producer }) => {
    const record = (producer as string[]).findIndex((outcome) =>
      ['pending', 'failed', 'unknown'].includes(outcome),
    );
    return (producer as string[])[record] === 'pending'
      ? { because: `record ${record} is never answered`, witness: { record } }
      : null;
  },
};

/** All claims about an idempotent producer, as far as they apply: acks below all promise no copy. */
export function idempotenceClaims(all: IdempotenceOptions): Claim[] {
  return [
    noRecordIsWrittenTwice(all),
    recordsKeepTheirOrder(all),
    ...(all.acks === -1
      ? [
          acknowledgedOffsetsAreTrue(all),
          acknowledgedRecordsAreWithTheLeader(all),
          laterSendsGetLaterOffsets,
          failedRecordsAreNotWritten(all),
        ]
      : []),
    everySendIsAnswered,
    ...(all.enableIdempotence ? [sequencesRise(all), brokersRememberWhatTheirLogHolds(all)] : []),
  ];
}
