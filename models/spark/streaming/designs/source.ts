/** Designs that take Kafka's offsets for more than they are. */
import { type Design, small } from './design.ts';

const keyed = { sink: 'foreachBatchByQueryAndBatchId' } as const;

/** A log that was merely behind is read twice. */
export const smallerEndIsLogged: Design = {
  id: 'B49',
  does: 'An end offset below the start is logged as the end of a batch.',
  breaks: 'noRecordIsInTheSinkTwice',
  history: 'SPARK-26267, KAFKA-7703; since 3.0 only after three more questions',
  setting: {
    ...small(1, 3),
    ...keyed,
    failOnDataLoss: false,
    faults: { staleEndOffsets: 1 },
  },
  rules: { regressedEnd: 'logged' },
  shortest: 29,
};

/** H3. The range is on disk, and planning it throws at every start, even when Kafka is well again. */
export const smallerEndIsPinned: Design = {
  id: 'X08',
  does: 'An end offset below the start is logged before it is found to be data loss.',
  breaks: 'theQueryCatchesUpAgain',
  history: 'KafkaOffsetReaderAdmin, every version to 4.1',
  setting: { ...small(1, 3), ...keyed, faults: { staleEndOffsets: 1 } },
  rules: { regressedEnd: 'logged' },
  shortest: 13,
};

/** The same, seen in the log. */
export const offsetsGoBack: Design = {
  id: 'X09',
  does: 'A batch may end below the batch before it.',
  breaks: 'offsetsNeverGoBack',
  history: 'isNewDataAvailable compares for inequality, every version to 4.1',
  setting: { ...small(1, 3), ...keyed, faults: { staleEndOffsets: 1 } },
  rules: { regressedEnd: 'logged' },
  shortest: 14,
};

/** All partitions look new to the next batch, and new partitions are read from their beginning. */
export const emptyMetadataIsLogged: Design = {
  id: 'B50',
  does: 'An answer without partitions is logged as the end of a batch.',
  breaks: 'noRecordIsInTheSinkTwice',
  history: 'SPARK-41375, before 3.4',
  setting: { ...small(1, 3), ...keyed, failOnDataLoss: false, faults: { emptyMetadata: 1 } },
  rules: { ignoresEmptyOffsets: false },
  shortest: 29,
};

/** An aborted transaction leaves a hole that no retention and no election has made. */
export const holesAreLosses: Design = {
  id: 'B52',
  does: 'Every hole in the offsets is taken for lost records.',
  breaks: 'theQueryCatchesUpAgain',
  history: 'SPARK-25005, SPARK-23685, before 2.4',
  setting: { ...small(2, 2), ...keyed, isolation: 'read_committed', aborted: [0] },
  rules: { holes: 'loss' },
  shortest: 1,
};

/** H6. What replaced the old records below the position is never read, and no error is raised. */
export const regrownLogIsTrusted: Design = {
  id: 'B56',
  does: 'A log that was cut and has grown again past the position is read on as if nothing had been.',
  breaks: 'recordsLostInKafkaAreReported',
  history: 'KafkaDataConsumer, every version; KAFKA-20507 (seek drops the epoch)',
  setting: { ...small(3, 2), ...keyed, faults: { sourceTruncated: 1 } },
  rules: { noticesTruncation: false },
  shortest: 24,
};

/** The range is on disk; what retention took of it can never be read again. */
export const retentionShorterThanDowntime: Design = {
  id: 'B57',
  does: 'Retention takes records that a logged batch has yet to read.',
  breaks: 'theQueryCatchesUpAgain',
  history: 'downtime longer than retention.ms, failOnDataLoss=true',
  setting: { ...small(1, 2), ...keyed, faults: { driverCrash: 1, retentionPassed: 1 } },
  rules: {},
  soundSetting: { faults: { driverCrash: 1 } },
  shortest: 4,
};

/** With failOnDataLoss=false the second attempt reads less than the first. */
export const rerunReadsLess: Design = {
  id: 'X10',
  does: 'What is gone is passed over, so that a retried task reads less than its first attempt.',
  breaks: 'aRerunGivesTheSameRows',
  history: 'failOnDataLoss=false; KafkaDataConsumer.getEarliestAvailableOffsetBetween',
  setting: {
    ...small(1, 2),
    ...keyed,
    failOnDataLoss: false,
    faults: { executorLoss: 1, retentionPassed: 1 },
  },
  rules: {},
  soundSetting: { faults: { executorLoss: 1 } },
  shortest: 10,
};

/** The default of the Kafka client, and so of Spark. */
export const abortedRecordsAreRead: Design = {
  id: 'X11',
  does: 'Records of aborted transactions are read (kafka.isolation.level=read_uncommitted).',
  breaks: 'nothingAbortedReachesTheSink',
  history: 'Kafka integration guide: the default',
  setting: { ...small(2, 2), ...keyed, isolation: 'read_uncommitted', aborted: [0] },
  rules: {},
  soundSetting: { isolation: 'read_committed' },
  shortest: 9,
};

export const source = [
  smallerEndIsLogged,
  smallerEndIsPinned,
  offsetsGoBack,
  emptyMetadataIsLogged,
  holesAreLosses,
  regrownLogIsTrusted,
  retentionShorterThanDowntime,
  rerunReadsLess,
  abortedRecordsAreRead,
];
