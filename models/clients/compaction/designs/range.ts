/** Designs that clean where they must not, or read where they should not. */
import type { Design } from './design.ts';

const fast = { readerPace: 'withRoomForAPass' } as const;

/** The value that is superseded goes, and then the transaction that superseded it is aborted. */
export const pastTheLastStableOffset: Design = {
  id: 'F50a',
  does: 'The cleaner goes past the last stable offset, into a transaction that is still open.',
  breaks: 'theLatestValueOfEveryKeyIsKept',
  history: 'KIP-98; KAFKA-5490; LogCleanerManager.cleanableOffsets bounds it',
  setting: { ...fast, transactions: true },
  rules: { stopsAtLastStableOffset: false },
  shortest: 5,
};

/** The new value is cut off after a failover; the old one is compacted away already. */
export const pastTheHighWatermark: Design = {
  id: 'F50b',
  does: 'The cleaner goes past the high watermark, into what may be cut off again.',
  breaks: 'replicasAgree',
  history:
    'before the cleaner was bounded by the high watermark; LogCleanerManager.cleanableOffsets',
  setting: {
    ...fast,
    replicas: 2,
    passes: 'atOnce',
    bounds: { records: 3 },
    faults: { brokerCrash: 1 },
  },
  rules: { stopsAtHighWatermark: false },
  shortest: 6,
};

/** Nothing may be appended to a segment while another is made to take its place. */
export const activeSegmentIsCleaned: Design = {
  id: 'F50c',
  does: 'The cleaner rewrites the segment that is being written.',
  breaks: 'cleaningStaysBelowWhatMayChange',
  history: 'Kafka documentation, "Log Compaction": the active segment is never compacted',
  setting: { ...fast, bounds: { segmentRecords: 2 } },
  rules: { sparesActiveSegment: false },
  shortest: 3,
};

/** An aborted value supersedes a committed one; it is dropped itself, and nothing is left. */
export const abortedRecordsSupersede: Design = {
  id: 'X1',
  does: 'Records of aborted transactions enter the offset map.',
  breaks: 'theLatestValueOfEveryKeyIsKept',
  history: 'seeded; Cleaner.buildOffsetMapForSegment skips them',
  setting: { ...fast, transactions: true },
  rules: { mapSkipsAborted: false },
  shortest: 5,
};

/** Positions that readers have committed then mean other records. */
export const recordsAreRenumbered: Design = {
  id: 'X2',
  does: 'A cleaned segment is numbered anew, without holes.',
  breaks: 'cleaningKeepsOffsetsAndOrder',
  history: 'seeded; Kafka documentation, "Log Compaction": offsets never change',
  setting: { ...fast, bounds: { groupSegments: 4 } },
  rules: { keepsOffsets: false },
  shortest: 5,
};

export const range = [
  pastTheLastStableOffset,
  pastTheHighWatermark,
  activeSegmentIsCleaned,
  abortedRecordsSupersede,
  recordsAreRenumbered,
];
