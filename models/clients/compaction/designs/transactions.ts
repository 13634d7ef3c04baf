/** Designs that lose track of transactions while they clean. */
import type { Design } from './design.ts';

const fast = { readerPace: 'withRoomForAPass', transactions: true } as const;

/** The marker's group knows of no records, so the marker goes; the records stand in another group. */
export const everyGroupForItself: Design = {
  id: 'F46',
  does: 'What is known of transactions is forgotten between two groups of segments.',
  breaks: 'markersOutliveTheirRecords',
  history: 'KAFKA-8351, before 2.2.1 and 2.3',
  setting: fast,
  rules: { carriesTransactions: false },
  shortest: 12,
};

/** The records beyond the map are copied as they are, and the index row that disowned them is not. */
export const rowsToTheEndOfTheMap: Design = {
  id: 'F47',
  does: 'A segment that is cleaned in part gets only the index rows of the cleaned part.',
  breaks: 'noAbortedRecordIsRead',
  history: 'KAFKA-13727, before 3.2',
  setting: {
    ...fast,
    offsetMapFills: true,
    bounds: { segmentRecords: 3 },
  },
  rules: { rowsOfWholeSegment: false },
  shortest: 9,
};

/** At the second reading the rows are used up: aborted records count as committed. */
export const rewindWithOldState: Design = {
  id: 'F59',
  does: 'A group that outgrows its segment is read again from its start, with what the first reading knew of transactions.',
  breaks: 'noAbortedRecordIsRead',
  history: 'KAFKA-20036 (2026), reverted',
  setting: { ...fast, bounds: { groupSegments: 4 } },
  rules: { rewindKeepsTransactions: true },
  shortest: 7,
};

/** Once the log is loaded anew the transaction is open, and no marker will come. */
export const markersAreTombstones: Design = {
  id: 'X4',
  does: 'A marker goes like a tombstone, whether records of its transaction are left or not.',
  breaks: 'readersReachTheEnd',
  history: 'seeded; CleanedTransactionMetadata.onControlBatchRead asks',
  setting: fast,
  rules: { markersWaitForRecords: false },
  shortest: 12,
};

export const transactions = [
  everyGroupForItself,
  rowsToTheEndOfTheMap,
  rewindWithOldState,
  markersAreTombstones,
];
