/**
 * The rules of stage retry: each decision of the scheduler that a fix in Spark's history changed,
 * as one switch. A version is a set of rules; a known-bad design replaces one.
 */
export interface LineageRules {
  /**
   * What follows a failed fetch. Right: the stage attempt ends and what is missing upstream is
   * computed again. Else only the task is tried again, counted as its failure or not at all.
   */
  onFetchFailure: 'retryStage' | 'failTask' | 'retryTask';
  /** Is a fetch failure reported by a task of an earlier stage attempt ignored? */
  ignoresFetchFailuresOfOldAttempts: boolean;
  /** What of a determinate map stage is computed again when part of it is lost? */
  recomputesDeterminate: 'missing' | 'whole';
  /** What of an indeterminate map stage is computed again when part of it is lost? (SPARK-23243) */
  recomputesIndeterminate: 'whole' | 'missing';
  /**
   * Is the job aborted when an indeterminate map stage must be computed again although a result
   * partition is finished? What an action was given cannot be taken back. (SPARK-23243)
   */
  abortsRatherThanMix: boolean;
  /** Is a result taken that was read from outputs since thrown away? (SPARK-51272) */
  takesResultsOfRolledBackAttempts: boolean;
  /** Is a recomputed map output compared with what it replaces? (SPARK-51756, SPARK-54556) */
  comparesShuffleChecksums: boolean;
  /** Does a decommissioned executor first copy its shuffle blocks to a peer? (SPARK-20629) */
  migratesShuffleBlocks: boolean;
}

/** Spark 4.2 with every protection switched on; `migratesShuffleBlocks` is off by default there. */
export const spark42: LineageRules = {
  onFetchFailure: 'retryStage',
  ignoresFetchFailuresOfOldAttempts: true,
  recomputesDeterminate: 'missing',
  recomputesIndeterminate: 'whole',
  abortsRatherThanMix: true,
  takesResultsOfRolledBackAttempts: false,
  comparesShuffleChecksums: true,
  migratesShuffleBlocks: true,
};
