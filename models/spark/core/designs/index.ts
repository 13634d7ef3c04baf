/** The known-bad designs, in the catalogue's order. */

import { twinOfTheCheckpointTaskFails } from './B28-twin-of-the-checkpoint-task-fails.ts';
import { lockForgottenAtStageRetry } from './B40-lock-forgotten-at-stage-retry.ts';
import { filesNamedByAttemptNumber } from './B41-files-named-by-attempt-number.ts';
import { failedAttemptMayCommit } from './B42-failed-attempt-may-commit.ts';
import { filesPerAttempt } from './B43-files-per-attempt.ts';
import { rowsOutWhenWritten } from './B48-rows-out-when-written.ts';
import { partialRerunOfIndeterminateStage } from './B58-partial-rerun-of-indeterminate-stage.ts';
import { partialRerunDoublesRows } from './B58b-partial-rerun-doubles-rows.ts';
import { lateResultOfRolledBackAttempt } from './B60-late-result-of-rolled-back-attempt.ts';
import { undeclaredNondeterminism } from './B60b-undeclared-nondeterminism.ts';
import { checkpointOfWhatIsNotKept } from './B66-checkpoint-of-what-is-not-kept.ts';
import { resultKeptAcrossRollback } from './C01-result-kept-across-rollback.ts';
import { fetchFailureCountedAsTaskFailure } from './C02-fetch-failure-counted-as-task-failure.ts';
import { fetchFailureOfOldAttemptCounts } from './C03-fetch-failure-of-old-attempt-counts.ts';
import { decommissionWithoutMigration } from './C04-decommission-without-migration.ts';
import { wholeStageRerun } from './C05-whole-stage-rerun.ts';
import { fetchFailureRetriesTheTask } from './C06-fetch-failure-retries-the-task.ts';
import { commitAlgorithm2 } from './C07-commit-algorithm-2.ts';
import { lockNeverReleased } from './C08-lock-never-released.ts';
import { localCheckpoint } from './C09-local-checkpoint.ts';
import { oneCopyOfWhatCannotBeRepeated } from './C10-one-copy-of-what-cannot-be-repeated.ts';
import type { Design } from './design.ts';

export type { Design } from './design.ts';

export const designs: readonly Design[] = [
  partialRerunOfIndeterminateStage,
  partialRerunDoublesRows,
  resultKeptAcrossRollback,
  lateResultOfRolledBackAttempt,
  undeclaredNondeterminism,
  fetchFailureCountedAsTaskFailure,
  fetchFailureOfOldAttemptCounts,
  decommissionWithoutMigration,
  wholeStageRerun,
  fetchFailureRetriesTheTask,
  lockForgottenAtStageRetry,
  filesNamedByAttemptNumber,
  failedAttemptMayCommit,
  filesPerAttempt,
  rowsOutWhenWritten,
  commitAlgorithm2,
  lockNeverReleased,
  checkpointOfWhatIsNotKept,
  twinOfTheCheckpointTaskFails,
  localCheckpoint,
  oneCopyOfWhatCannotBeRepeated,
];
