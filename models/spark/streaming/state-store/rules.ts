/** The rules of state stores: each decision that a fix in Spark's history changed, as one switch. */
export interface Rules {
  // ---- query ----
  /** Are the ids of the last commit read at every restart, or only when no batch is in doubt? (SPARK-51682) */
  readsIdsAlways: boolean;
  /** Is it checked before the commit that every store has the next version? (SPARK-52008) */
  validatesCommits: boolean;
  /** Is the number of state partitions that of the first start? (SPARK-19873) */
  pinsWidth: boolean;
  /** Does a first start refuse a state/ that is not empty? (SPARK-53103) */
  refusesLeftovers: boolean;

  // ---- executor ----
  /** Does a task report the id it committed, or whatever its provider holds by then? (SPARK-51573) */
  reportsOwnId: boolean;

  // ---- files ----
  /** What becomes of a delta whose name is taken. `fails`: the rename returns false. (SPARK-19677) */
  overwrite: 'last' | 'first' | 'fails';
  /** Is a file there whole or not at all? (SPARK-23966) */
  atomic: boolean;
  /** Is it checked that a renamed file is there? (SPARK-40826) */
  checksRenamedFile: boolean;
  /** Are a file and its checksum kept in step? (SPARK-54290) */
  checksumsInStep: boolean;
  /** Does cleaning keep the snapshot and deltas from which retained versions are rebuilt? */
  cleansByNeed: boolean;
}

export const sound: Rules = {
  readsIdsAlways: true,
  validatesCommits: true,
  pinsWidth: true,
  refusesLeftovers: true,
  reportsOwnId: true,
  overwrite: 'last',
  atomic: true,
  checksRenamedFile: true,
  checksumsInStep: true,
  cleansByNeed: true,
};

/** Spark 4.1, default settings. */
export const spark41: Rules = { ...sound, checksRenamedFile: false };
