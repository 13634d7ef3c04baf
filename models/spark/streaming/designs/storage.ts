/** Designs whose checkpoint storage promises less than the protocol needs. */
import { type Design, small } from './design.ts';

const keyed = { sink: 'foreachBatchByQueryAndBatchId' } as const;

/** The rename does nothing and says it did: the entry is missed when the query is started again. */
export const renameIsTrusted: Design = {
  id: 'X12',
  does: 'It is not checked that a renamed file is there.',
  breaks: 'acceptedEntriesAreOnDisk',
  history: 'SPARK-40826, checkpoint.renamedFileCheck.enabled=false',
  setting: { ...small(1, 2), ...keyed, storage: 'fsRename', faults: { lostWrite: 1 } },
  rules: { checksRenamedFile: false },
  shortest: 4,
};

/** H4. An upload that fails on close is logged as a warning; the query goes on and dies at a restart. */
export const closeErrorsAreSwallowed: Design = {
  id: 'B25',
  does: 'An error on closing a checkpoint file is not told to the caller.',
  breaks: 'theQueryCatchesUpAgain',
  history: 'AbortableStreamBasedCheckpointFileManager, 3.3 to 4.1',
  setting: {
    ...small(2, 3),
    ...keyed,
    storage: 's3abort',
    faults: { lostWrite: 1, driverCrash: 1 },
  },
  rules: { rethrowsCloseErrors: false },
  shortest: 13,
};

/** H4 again: the loser of a race for an entry is told that it won. */
export const raceIsSwallowed: Design = {
  id: 'X04',
  does: 'That the file is there already, found on closing it, is not told to the caller.',
  breaks: 'oneDriverWinsEachLogEntry',
  history: 'AbortableStreamBasedCheckpointFileManager, 3.3 to 4.1',
  setting: { ...small(2, 2), ...keyed, storage: 's3abort', faults: { secondDriver: 1 } },
  rules: { rethrowsCloseErrors: false },
  shortest: 9,
};

/** Both look, neither sees the other, both rename: two drivers own one batch id. */
export const lookThenRename: Design = {
  id: 'B26',
  does: 'A log entry is created by looking whether it is there and then renaming over it.',
  breaks: 'oneDriverWinsEachLogEntry',
  history: 's3a with the default file manager (FileSystemBasedCheckpointFileManager)',
  setting: { ...small(2, 2), ...keyed, storage: 'fsRename', faults: { secondDriver: 1 } },
  rules: {},
  soundSetting: { storage: 'hdfs' },
  shortest: 9,
};

/** The same for a stateful query: what one driver saved, the other one writes over. */
export const lookThenRenameState: Design = {
  id: 'X05',
  does: 'Two drivers that both own a batch id save their states under the same version.',
  breaks: 'stateIsTheFoldOfItsBatches',
  history: 's3a with the default file manager (FileSystemBasedCheckpointFileManager)',
  setting: { ...lookThenRename.setting, operator: 'dedup' },
  rules: {},
  soundSetting: { storage: 'hdfs' },
  shortest: 19,
};

/** A file that is there and not whole stops every restart until somebody deletes it. */
export const tornLogFile: Design = {
  id: 'X01',
  does: 'A log entry is written in place, so that a crash can leave half of it.',
  breaks: 'logFilesAreWhole',
  history: 'HDFSMetadataLog, "Incomplete log file"',
  setting: {
    ...small(1, 2),
    ...keyed,
    storage: 'fsRename',
    faults: { driverCrash: 1, tornFile: 1 },
  },
  rules: {},
  soundSetting: { storage: 'hdfs' },
  shortest: 5,
};

export const storage = [
  renameIsTrusted,
  closeErrorsAreSwallowed,
  raceIsSwallowed,
  lookThenRename,
  lookThenRenameState,
  tornLogFile,
];
