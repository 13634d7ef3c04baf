/** Known-bad designs of what a broker remembers of a producer, and of what it makes of it. */
import type { Design } from './design.ts';

const one = { records: 1 };
const truncation = 'KAFKA-6683, KAFKA-5435 (0.11, 1.0): producer state ahead of the log';
/** Leadership goes and comes back, which is enough for Kafka to show IP-2. */
const twoHandOvers = { faults: { controlledShutdown: 2 } };
const openFindings = ['recordsKeepTheirOrder', 'laterSendsGetLaterOffsets', 'everySendIsAnswered'];

export const brokerDesigns: readonly Design[] = [
  {
    id: 'F43',
    does: 'A broker goes on remembering batches that were cut off its log: it acknowledges what nobody has.',
    breaks: 'acknowledgedRecordsAreWithTheLeader',
    history: truncation,
    setting: twoHandOvers,
    rules: { stateFollowsTruncation: false },
    givesUp: openFindings,
    shortest: 12,
  },
  {
    id: 'F43b',
    does: 'A broker goes on remembering batches that were cut off its log: the offset it tells holds another record.',
    breaks: 'acknowledgedOffsetsAreTrue',
    history: truncation,
    setting: twoHandOvers,
    rules: { stateFollowsTruncation: false },
    givesUp: openFindings,
    shortest: 12,
  },
  {
    id: 'F43c',
    does: 'A follower does not remember what it copies: a new leader knows no producer.',
    breaks: 'brokersRememberWhatTheirLogHolds',
    history: 'KIP-98, "Producer state": the state is kept by every replica',
    setting: { faults: { brokerCrash: 1 }, bounds: one },
    rules: { followersKeepState: false },
    shortest: 3,
  },
  {
    id: 'F41c',
    does: 'What a broker remembers of a producer is lost when its process ends.',
    breaks: 'noRecordIsWrittenTwice',
    history: 'KAFKA-5793, Redpanda issue 29623: state lost where the log is not',
    setting: { faults: { brokerCrash: 1 }, replicas: 1, bounds: one },
    rules: { restartRebuildsState: false },
    shortest: 6,
  },
  {
    id: 'F44',
    does: 'A duplicate is acknowledged at once, not when the batch it repeats is committed.',
    breaks: 'acknowledgedRecordsAreWithTheLeader',
    history: 'UnifiedLog.append sets the offsets of the duplicate, on which DelayedProduce waits',
    setting: { faults: { lostMessage: 1, brokerCrash: 1 }, bounds: one },
    rules: { duplicatesWaitForCommit: false },
    shortest: 7,
  },
  {
    id: 'X1',
    does: 'A broker checks sequences but does not know a duplicate: the client takes the refusal for a gap.',
    breaks: 'noRecordIsWrittenTwice',
    history: 'KIP-98; KAFKA-5494 (a window of batches for several requests in flight)',
    setting: { faults: { lostMessage: 1 }, bounds: one },
    rules: { findsDuplicates: false },
    shortest: 9,
  },
  {
    id: 'X2',
    does: 'A broker takes a batch whose sequence does not follow the last one.',
    breaks: 'sequencesRise',
    history: 'KIP-98: out of order sequences are refused',
    setting: { faults: { lostMessage: 1 }, bounds: { records: 3 } },
    rules: { checksSequence: false },
    shortest: 12,
  },
  {
    id: 'X3',
    does: 'A broker takes a batch of an epoch that the producer has left.',
    breaks: 'recordsKeepTheirOrder',
    history: 'KIP-98, KIP-360: epochs fence what was sent before',
    setting: { faults: { lostMessage: 1, deliveryTimeout: 1 } },
    rules: { checksEpoch: false },
    givesUp: ['noRecordIsWrittenTwice'],
    shortest: 7,
  },
];
