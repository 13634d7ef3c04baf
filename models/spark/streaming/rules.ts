/**
 * The rules of Structured Streaming: each decision that a fix in Spark's history changed, or that is
 * still open to a known hazard, as one named switch.
 *
 * `sound` states what the documented guarantees need. `spark41` states what Spark 4.1 does; where the
 * two differ is a finding (see the README). A known-bad design replaces one rule of `sound`.
 */
export interface Rules {
  // ---- the order of a batch (MicroBatchExecution.scala) ----
  /** Is the offset log written before the batch runs? (write-ahead) */
  logsOffsetsFirst: boolean;
  /** Is the sink committed before the commit log says so? */
  commitsSinkFirst: boolean;

  // ---- recovery (populateStartOffsets) ----
  /** Offsets run ahead of commits by more than one batch (H1): Spark warns and goes on. */
  gapInCommits: 'refuses' | 'warns';
  /** Commits run ahead of offsets (H2): Spark has no branch for it and reruns the last offsets. */
  commitsAhead: 'refuses' | 'reruns';
  /** An offset log that starts empty must find no commits and no state. (SPARK-53103) */
  refusesLeftovers: boolean;

  // ---- watermark ----
  /** Does the commit log carry the next watermark? (SPARK-24699) */
  persistsNextWatermark: boolean;
  /** Does the offset log carry the batch's watermark? (SPARK-18513) */
  logsWatermark: boolean;
  /** Whose watermark filters late records: that of the batch before, or this batch's. (SPARK-40925) */
  lateFilter: 'previousBatch' | 'thisBatch';
  /** Does a batch that the sink skips still run its plan, for watermark and state? (B67) */
  skippedBatchRuns: boolean;

  // ---- Kafka source (KafkaMicroBatchStream.scala, KafkaDataConsumer.scala) ----
  /** An end offset below the start (H3): Spark asks three times more, then logs what it got. */
  regressedEnd: 'keepsStart' | 'logged';
  /** Is an answer without partitions ignored? (SPARK-41375) */
  ignoresEmptyOffsets: boolean;
  /**
   * What is made of a hole in the offsets above the log's start: records that readers do not see, or
   * a loss. A source that took each hole for a loss raised false alarms. (SPARK-25005)
   */
  holes: 'invisible' | 'loss';
  /** Is a log that was cut below what was read noticed, even if it has grown again? (H6: no epoch check) */
  noticesTruncation: boolean;

  // ---- storage (CheckpointFileManager.scala) ----
  /** Is a failure to close the file told to the caller? (H4) */
  rethrowsCloseErrors: boolean;
  /** Is it checked that a renamed file is there? (SPARK-40826, off by default) */
  checksRenamedFile: boolean;

  // ---- sinks ----
  /** Do readers of a file sink go by its manifest? Otherwise they list files. (SPARK-25331) */
  readersUseManifest: boolean;
}

/** What a right Structured Streaming does. */
export const sound: Rules = {
  logsOffsetsFirst: true,
  commitsSinkFirst: true,
  gapInCommits: 'refuses',
  commitsAhead: 'refuses',
  refusesLeftovers: true,
  persistsNextWatermark: true,
  logsWatermark: true,
  lateFilter: 'previousBatch',
  skippedBatchRuns: true,
  regressedEnd: 'keepsStart',
  ignoresEmptyOffsets: true,
  holes: 'invisible',
  noticesTruncation: true,
  rethrowsCloseErrors: true,
  checksRenamedFile: true,
  readersUseManifest: true,
};

/** What Spark 4.1 does, with default settings. */
export const spark41: Rules = {
  ...sound,
  gapInCommits: 'warns',
  commitsAhead: 'reruns',
  skippedBatchRuns: false,
  regressedEnd: 'logged',
  noticesTruncation: false,
  rethrowsCloseErrors: false,
  checksRenamedFile: false,
};

/** Spark 3.5, as far as it differs in what is modelled. */
export const spark35: Rules = { ...spark41, refusesLeftovers: false };
