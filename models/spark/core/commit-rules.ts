/** The rules of output commit that fixes in Spark's history changed, one switch each. */
export interface CommitRules {
  /** Does the coordinator keep its locks when the stage is tried again? (SPARK-24589) */
  locksOutliveStageAttempts: boolean;
  /** Is a task attempt that the driver counts as failed refused the commit? (SPARK-19631) */
  refusesFailedAttempts: boolean;
  /**
   * What tells the files of one attempt from another's: an id unique in the application, or the
   * attempt number, which begins at 0 again when the stage is tried again? (SPARK-24552)
   */
  namesFilesBy: 'uniqueId' | 'attemptNumber';
  /** Is the lock of an authorized attempt that failed given to the next? (SPARK-4879) */
  releasesLockOfFailedAttempt: boolean;
}

/** Spark 2.4 and later. */
export const spark24Commit: CommitRules = {
  locksOutliveStageAttempts: true,
  refusesFailedAttempts: true,
  namesFilesBy: 'uniqueId',
  releasesLockOfFailedAttempt: true,
};
