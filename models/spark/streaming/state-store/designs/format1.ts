/** Designs that give the files of different attempts one name (state checkpoint format 1). */
import { type StateStoreDesign, twoBatches } from './design.ts';

const unequal = { ...twoBatches, deterministic: false, format: 1 } as const;
const named = { provider: 'rocksdbChangelog', format: 2 } as const;

/** The driver has accepted the retry's rows; the file is that of the attempt it had given up. */
export const lateWriter: StateStoreDesign = {
  id: 'B29',
  does: 'An attempt that was given up writes over the version that its successor has saved.',
  breaks: 'committedStateIsThatOfTheAcceptedOutput',
  history: 'format 1; RocksDBCheckpointFailureInjectionSuite; SPARK-49411',
  setting: { ...unequal, provider: 'hdfs', faults: { zombieWrite: 1 } },
  rules: {},
  soundSetting: named,
  shortest: 11,
};

/** The snapshot waits in the executor of an attempt whose result never arrived. */
export const delayedSnapshot: StateStoreDesign = {
  id: 'B31',
  does: 'A queued snapshot of an abandoned attempt is uploaded under the version that another one made.',
  breaks: 'committedStateIsThatOfTheAcceptedOutput',
  history: 'SPARK-47568; format 1 with changelog checkpointing',
  setting: {
    ...unequal,
    provider: 'rocksdbChangelog',
    snapshotEvery: 1,
    faults: { resultLost: 1 },
  },
  rules: {},
  soundSetting: named,
  shortest: 12,
};

/** The version matches, the content does not. */
export const memoryByVersionAlone: StateStoreDesign = {
  id: 'B36',
  does: 'An executor takes a version from its memory without asking which attempt made it.',
  breaks: 'memoryAgreesWithTheFiles',
  history: 'HDFSBackedStateStoreProvider.loadedMaps, RocksDB.load; format 1, every version',
  setting: { ...unequal, provider: 'hdfs', faults: { resultLost: 1 } },
  rules: {},
  soundSetting: named,
  shortest: 11,
};

/** The batch after that computes on it. */
export const nextBatchOnAbandonedState: StateStoreDesign = {
  id: 'X14',
  does: 'A batch computes on the state of an attempt whose output was never accepted.',
  breaks: 'attemptsStartFromTheAcceptedState',
  history: 'the consequence of B36',
  setting: { ...unequal, provider: 'rocksdb', faults: { resultLost: 1 } },
  rules: {},
  soundSetting: named,
  shortest: 14,
};

export const format1 = [
  lateWriter,
  delayedSnapshot,
  memoryByVersionAlone,
  nextBatchOnAbandonedState,
];
