/** Known-bad designs of the client. */
import type { Design } from './design.ts';

const one = { records: 1 };

export const clientDesigns: readonly Design[] = [
  {
    id: 'F42',
    does: 'After an attempt of unknown outcome the client raises its epoch and numbers the batch anew.',
    breaks: 'noRecordIsWrittenTwice',
    history: 'KAFKA-14034, librdkafka issue 4953, Redpanda issue 3039',
    setting: { faults: { lostMessage: 1 }, bounds: one },
    rules: { retriesKeepTheirSequence: false },
    shortest: 6,
  },
  {
    id: 'F45',
    does: 'The client takes NOT_LEADER_OR_FOLLOWER to mean that the batch was not written.',
    breaks: 'failedRecordsAreNotWritten',
    history: 'KAFKA-13574',
    setting: { faults: { partition: 2 }, retries: 0, bounds: one },
    rules: { notLeaderIsDefinite: true },
    shortest: 8,
  },
  {
    id: 'X4',
    does: 'Batches that failed together are sent again the last one first.',
    breaks: 'everySendIsAnswered',
    history: 'KAFKA-5494: RecordAccumulator.insertInSequenceOrder',
    setting: { faults: { brokerCrash: 1 } },
    rules: { retriesInSequence: false },
    shortest: 3,
  },
  {
    id: 'X5',
    does: 'Any refused sequence is taken for a gap that will not close: the client raises its epoch.',
    breaks: 'recordsKeepTheirOrder',
    history: 'KAFKA-5494: TransactionManager.canRetry; librdkafka issue 4953',
    setting: { faults: { controlledShutdown: 1 } },
    rules: { retriesLaterBatches: false },
    givesUp: ['everySendIsAnswered'],
    shortest: 15,
  },
  {
    id: 'X6',
    does: 'Any refused sequence is taken for a gap: a record sent later is acknowledged at the smaller offset.',
    breaks: 'laterSendsGetLaterOffsets',
    history: 'KAFKA-5494: TransactionManager.canRetry; librdkafka issue 4953',
    setting: { faults: { controlledShutdown: 1 } },
    rules: { retriesLaterBatches: false },
    givesUp: ['everySendIsAnswered'],
    shortest: 16,
  },
];
