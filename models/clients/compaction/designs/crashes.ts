/** Designs that do not survive a crash in the middle of a pass. */
import type { Design } from './design.ts';

const crash = { readerPace: 'withRoomForAPass', faults: { brokerCrash: 1 } } as const;

/** What the pass did not get to counts as clean: a tombstone there may go before its value does. */
export const checkpointFirst: Design = {
  id: 'X5',
  does: 'The checkpoint is written before the cleaned segments take their place.',
  breaks: 'deletedKeysStayDeleted',
  history: 'seeded; LogCleanerManager.doneCleaning comes last',
  setting: { faults: { brokerCrash: 1 }, bounds: { records: 5, groupSegments: 5 } },
  givesUp: ['readersSeeDeletions'],
  rules: { checkpointsLast: false },
  shortest: 14,
};

/** It may be half written: only the rename says that it is whole and flushed. */
export const cleanedFilesAreTaken: Design = {
  id: 'X6',
  does: 'A restart takes a .cleaned file for the segment it was to replace.',
  breaks: 'theLatestValueOfEveryKeyIsKept',
  history: 'seeded; LogLoader.removeTempFilesAndCollectSwapFiles deletes them',
  setting: crash,
  rules: { dropsCleanedFiles: false },
  shortest: 5,
};

/** The segments it replaces are gone already. */
export const swapFilesAreDropped: Design = {
  id: 'X7',
  does: 'A restart deletes .swap files together with .cleaned ones.',
  breaks: 'theLatestValueOfEveryKeyIsKept',
  history: 'seeded; LogLoader completes the swap; KAFKA-12520 (swap files cleaned away wrongly)',
  setting: crash,
  rules: { completesSwapFiles: false },
  shortest: 6,
};

export const crashes = [checkpointFirst, cleanedFilesAreTaken, swapFilesAreDropped];
