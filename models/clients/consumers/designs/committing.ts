/** Designs that commit what is not processed. */
import type { Design } from './design.ts';

const twice = 'noRecordIsProcessedTwice';

/** The next poll says that the records of the last are done; they are in a queue. */
export const autoCommitAheadOfThreads: Design = {
  id: 'F52',
  does: 'Offsets are committed automatically while other threads process the records.',
  breaks: 'committedOffsetsCoverProcessedRecords',
  history: "enable.auto.commit=true with hand-over; Jepsen's auto-commit workload",
  setting: { commits: 'auto', processing: 'handedOver', faults: { consumerCrash: 1 } },
  rules: {},
  soundSetting: { processing: 'inPoll' },
  givesUp: [twice],
  shortest: 5,
};

export const autoCommitAheadLoses: Design = {
  ...autoCommitAheadOfThreads,
  id: 'F52b',
  does: 'A consumer dies whose auto-commits run ahead of its threads.',
  breaks: 'everyRecordIsProcessed',
  shortest: 6,
};

/** The background thread reads the positions after the application thread has moved them. */
export const autoCommitOfThisPoll: Design = {
  id: 'X12',
  does: 'An auto-commit covers records that the same poll is about to return.',
  breaks: 'everyRecordIsProcessed',
  history: 'KAFKA-18641, consumer protocol (AsyncKafkaConsumer) before 4.1',
  setting: { commits: 'auto', protocol: 'consumer', faults: { consumerCrash: 1 } },
  rules: { autoCommitsEarlierPolls: false },
  givesUp: [twice],
  shortest: 6,
};

/** An exception in the middle of the batch, and close() in the finally. */
export const closeCommitsTheFailedBatch: Design = {
  id: 'X13',
  does: 'Processing fails, and close() commits automatically all that the last poll returned.',
  breaks: 'everyRecordIsProcessed',
  history: 'enable.auto.commit=true; ConsumerCoordinator.close',
  setting: { commits: 'auto', faults: { processingError: 1 } },
  rules: {},
  soundSetting: { commits: 'afterProcessing' },
  givesUp: [twice],
  shortest: 5,
};

/** commitSync() without arguments commits the position. */
export const commitsThePosition: Design = {
  id: 'X14',
  does: 'After a record is processed the position is committed, which is behind all that polls returned.',
  breaks: 'committedOffsetsCoverProcessedRecords',
  history: 'commitSync() called inside the loop over the records, or beside a queue',
  setting: { processing: 'handedOver', faults: { consumerCrash: 1 } },
  rules: { commitsProcessed: false },
  givesUp: [twice],
  shortest: 8,
};

/** At most once, by intent. */
export const commitsFirst: Design = {
  id: 'X15',
  does: 'Offsets are committed before the records are processed.',
  breaks: 'everyRecordIsProcessed',
  history: 'Kafka design documentation: at most once',
  setting: { commits: 'beforeProcessing', faults: { consumerCrash: 1 } },
  rules: {},
  soundSetting: { commits: 'afterProcessing' },
  givesUp: [twice],
  shortest: 6,
};

/** At least once, by intent: the other side of the same coin. */
export const commitsLast: Design = {
  id: 'X16',
  does: 'Offsets are committed after the records are processed, and not with them.',
  breaks: twice,
  history: 'Kafka design documentation: at least once',
  setting: { commits: 'afterProcessing', faults: { consumerCrash: 1 } },
  rules: {},
  soundSetting: { commits: 'inTransaction', readCommitted: true },
  shortest: 10,
};

export const committing = [
  autoCommitAheadOfThreads,
  autoCommitAheadLoses,
  autoCommitOfThisPoll,
  closeCommitsTheFailedBatch,
  commitsThePosition,
  commitsFirst,
  commitsLast,
];
