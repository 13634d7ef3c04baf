/** The catalogue of known-bad designs of continuous processing and real-time mode. */
import type { Design } from '../../../../src/model/index.ts';
import type { EpochOptions } from './options.ts';

export type EpochDesign = Design<Partial<EpochOptions>, EpochOptions['rules']>;

const two = { bounds: { records: 2, epochs: 2 } };

/** A restart finds no commit, and begins from the beginning. */
const purgesFromCurrent: EpochDesign = {
  id: 'B03',
  does: 'Old log entries are purged by the epoch that runs, however far the commits are behind.',
  breaks: 'theNewestCommitIsKept',
  history: 'SPARK-24351, 2.3.0',
  setting: { ...two, retain: 0 },
  rules: { purgesFrom: 'current' },
  shortest: 6,
};

/** The log says that both epochs are done, and the rows of the first went with the run. */
const commitsOutOfOrder: EpochDesign = {
  id: 'B04',
  does: 'An epoch is committed as soon as it is complete, though the one before is not.',
  breaks: 'committedRecordsReachTheSink',
  history: 'SPARK-23503, before 2.4',
  setting: { ...two, visible: 'commit', faults: { driverCrash: 1 } },
  rules: { commitsInOrder: false },
  shortest: 9,
};

/**
 * The first run logs where an epoch ends and dies before it is flushed. The second run ends the same
 * epoch earlier, and commits it; the third begins where the first one's epoch had ended.
 */
const offsetsOfAnotherRun: EpochDesign = {
  id: 'X17',
  does: 'An epoch is committed with the offsets that an earlier run has logged for it.',
  breaks: 'committedRecordsReachTheSink',
  history:
    'ContinuousExecution.getStartOffsets, addOffset: the result of offsetLog.add is not looked at',
  setting: { ...two, faults: { driverCrash: 1 } },
  rules: { dropsUncommitted: false, heedsExistingOffsets: false },
  shortest: 10,
};

/** The epoch's name is taken, at every start. */
const uncommittedOffsetsStay: EpochDesign = {
  id: 'X18',
  does: 'A restart keeps the offsets of epochs that were not committed.',
  breaks: 'theQueryGoesOn',
  history: 'design; OffsetSeqLog.purgeAfter at the start of a run',
  setting: { ...two, faults: { driverCrash: 1 } },
  rules: { dropsUncommitted: false },
  shortest: 3,
};

/** What a run has written stays, and the next one begins before it. */
const effectsBeforeTheLog: EpochDesign = {
  id: 'X19',
  does: 'Rows are seen before the offsets are logged that say where they came from.',
  breaks: 'noRecordIsInTheSinkTwice',
  history: 'continuous processing and real-time mode, by design: at-least-once',
  setting: { ...two, mode: 'realTime', faults: { driverCrash: 1 } },
  rules: {},
  soundSetting: { faults: {} },
  shortest: 9,
};

export const epochDesigns = [
  purgesFromCurrent,
  commitsOutOfOrder,
  offsetsOfAnotherRun,
  uncommittedOffsetsStay,
  effectsBeforeTheLog,
];
