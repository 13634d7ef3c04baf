/** Designs whose query asks the stores for the wrong thing, or does not ask. */
import { hdfs, type StateStoreDesign, twoBatches } from './design.ts';

/** The batch in doubt needs the ids of the batch before it. */
export const idsOnlyWithoutDoubt: StateStoreDesign = {
  id: 'B12',
  does: 'The ids of the last commit are read only if no batch is in doubt.',
  breaks: 'theQueryGoesOn',
  history: 'SPARK-51682, 4.0 release candidates',
  setting: { ...twoBatches, faults: { driverCrash: 1 } },
  rules: { readsIdsAlways: false },
  shortest: 9,
};

/** Keys are looked up in a store that has never seen them. */
export const widthMayChange: StateStoreDesign = {
  id: 'B13',
  does: 'The number of state partitions is that of the session, not of the first start.',
  breaks: 'attemptsStartFromTheAcceptedState',
  history: 'SPARK-19873, before 2.2 (spark.sql.shuffle.partitions)',
  setting: { ...hdfs, width: 2, faults: { driverCrash: 1, widthChanged: 1 } },
  rules: { pinsWidth: false },
  shortest: 26,
};

/** The next batch finds no file to load, and no restart brings one. */
export const partOfTheBatch: StateStoreDesign = {
  id: 'B35',
  does: 'A batch is committed although the function of foreachBatch has looked at a part of it.',
  breaks: 'everyStoreHasTheCommittedVersion',
  history: 'SPARK-52008, before 4.1 (show(), limit, isEmpty); SPARK-23827 has the same effect',
  setting: { ...hdfs, ...twoBatches, width: 2, faults: { partialConsumption: 1 } },
  rules: { validatesCommits: false },
  shortest: 8,
};

/** Versions of another life: a snapshot is newer than anything this run has made. */
export const leftoversAreMixed: StateStoreDesign = {
  id: 'B20',
  does: 'A query starts at batch 0 on a state/ that another run has left.',
  breaks: 'attemptsStartFromTheAcceptedState',
  history: 'SPARK-53103, before 4.1',
  setting: { ...hdfs, inherits: 'anotherRun' },
  rules: { refusesLeftovers: false },
  shortest: 16,
};

/** By the time of the report the provider may hold what another attempt has committed. */
export const reportsWhatTheProviderHolds: StateStoreDesign = {
  id: 'B30',
  does: "A task reports the id that its provider holds, not the one of the task's own commit.",
  breaks: 'committedStateIsThatOfTheAcceptedOutput',
  history: 'SPARK-51573, 4.0 before release',
  setting: { ...twoBatches, faults: { zombieWrite: 1 } },
  rules: { reportsOwnId: false },
  shortest: 11,
};

export const query = [
  idsOnlyWithoutDoubt,
  widthMayChange,
  partOfTheBatch,
  leftoversAreMixed,
  reportsWhatTheProviderHolds,
];
