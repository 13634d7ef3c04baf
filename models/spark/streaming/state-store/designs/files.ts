/** Designs whose state files are torn, missing, or in the way. */
import { hdfs, type StateStoreDesign, twoBatches } from './design.ts';

/** A crash in the middle leaves a delta that nobody can read. */
export const deltaInPlace: StateStoreDesign = {
  id: 'B22',
  does: 'A delta can be seen before it is whole.',
  breaks: 'stateFilesAreWhole',
  history: 'SPARK-23966, before 2.4 (FileSystem.rename)',
  setting: { ...hdfs, ...twoBatches, faults: { tornFile: 1 } },
  rules: { atomic: false },
  shortest: 5,
};

/** Every rerun of a batch whose state was saved fails. */
export const renameOntoExistingFails: StateStoreDesign = {
  id: 'B23',
  does: 'A delta whose name is taken cannot be saved.',
  breaks: 'theQueryGoesOn',
  history: 'SPARK-19677, HDFS before 2.2',
  setting: { ...hdfs, ...twoBatches, faults: { driverCrash: 1 } },
  rules: { overwrite: 'fails' },
  shortest: 6,
};

/** The batch is committed; that its state is not there shows one batch later. */
export const renameIsTrusted: StateStoreDesign = {
  id: 'B24',
  does: 'It is not checked that a renamed state file is there.',
  breaks: 'everyStoreHasTheCommittedVersion',
  history: 'SPARK-40826, checkpoint.renamedFileCheck.enabled=false',
  setting: { ...hdfs, ...twoBatches, faults: { lostWrite: 1 } },
  rules: { checksRenamedFile: false },
  shortest: 7,
};

/** The old file with the new checksum is as good as no file. */
export const checksumOfTheOther: StateStoreDesign = {
  id: 'B27',
  does: 'A rerun keeps the old file and replaces its checksum.',
  breaks: 'theQueryGoesOn',
  history: 'SPARK-54290, 4.1 before the fix (fileChecksum.enabled)',
  setting: { ...hdfs, ...twoBatches, faults: { driverCrash: 1 } },
  rules: { overwrite: 'first', checksumsInStep: false },
  shortest: 14,
};

/** What a retained version is rebuilt from is older than it. */
export const cleansByVersion: StateStoreDesign = {
  id: 'X15',
  does: 'Cleaning deletes all versions older than the retained ones, deltas and snapshots alike.',
  breaks: 'everyStoreHasTheCommittedVersion',
  history: 'design; HDFSBackedStateStoreProvider.cleanup keeps what is needed',
  setting: { ...hdfs, snapshotEvery: 9 },
  rules: { cleansByNeed: false },
  shortest: 18,
};

/** The newest version on disk may be that of a batch in doubt, whose rerun needs the one before. */
export const retainsOneVersion: StateStoreDesign = {
  id: 'X16',
  does: 'Only the newest state version on disk is retained.',
  breaks: 'everyStoreHasTheCommittedVersion',
  history:
    'design; cleanup keeps the newest version less minBatchesToRetain (100), and all after it',
  setting: { ...hdfs, ...twoBatches, retain: 1, snapshotEvery: 1 },
  rules: {},
  soundSetting: { retain: 2 },
  shortest: 13,
};

export const files = [
  deltaInPlace,
  renameOntoExistingFails,
  renameIsTrusted,
  checksumOfTheOther,
  cleansByVersion,
  retainsOneVersion,
];
