/** Designs that take a deletion away before every reader has seen it. */
import type { Design } from './design.ts';

const fast = { readerPace: 'withRoomForAPass' } as const;

/** A tombstone that waited long to be cleaned goes together with the value, or soon after. */
export const horizonFromTheAgeOfTheSegment: Design = {
  id: 'F48',
  does: 'delete.retention.ms is counted from when the tombstone was written, not from its first cleaning.',
  breaks: 'readersSeeDeletions',
  history: 'KAFKA-4545, KAFKA-8522; before 3.1 (KIP-534)',
  setting: fast,
  rules: { horizonCountsFrom: 'append' },
  shortest: 11,
};

/** Within the contract: the reader was told how long it may take. */
export const slowReader: Design = {
  id: 'F49',
  does: 'A reader takes longer than delete.retention.ms from the start to the end.',
  breaks: 'readersSeeDeletions',
  history: 'Kafka documentation, "Log Compaction": the fourth guarantee has this limit',
  setting: { readerPace: 'any' },
  rules: {},
  soundSetting: fast,
  shortest: 16,
};

/** What compaction looks like to somebody who thinks of the final state only. */
export const tombstonesGoAtOnce: Design = {
  id: 'X3',
  does: 'A tombstone goes in the pass that removes what it deletes.',
  breaks: 'readersSeeDeletions',
  history: 'seeded; delete.retention.ms=0 comes close',
  setting: fast,
  rules: { tombstonesWait: false },
  shortest: 10,
};

export const tombstones = [horizonFromTheAgeOfTheSegment, slowReader, tombstonesGoAtOnce];
