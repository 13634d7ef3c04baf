/**
 * What a log cleaner must get right: every decision whose removal breaks a claim is a switch here.
 * `kafka` is what Kafka 4.x does; where that breaks a claim by itself, `findings.ts` has the repair.
 */
export interface Rules {
  /** Cleaning ends below the first offset of an open transaction. */
  readonly stopsAtLastStableOffset: boolean;
  /** Cleaning ends below the high watermark. */
  readonly stopsAtHighWatermark: boolean;
  /** The active segment is never cleaned. */
  readonly sparesActiveSegment: boolean;
  /** Records of aborted transactions do not enter the offset map. */
  readonly mapSkipsAborted: boolean;
  /** A record keeps its offset. */
  readonly keepsOffsets: boolean;
  /** A tombstone waits for its delete horizon. */
  readonly tombstonesWait: boolean;
  /** What delete.retention.ms is counted from (KIP-534; before it, the age of the segment). */
  readonly horizonCountsFrom: 'append' | 'passBegin' | 'passEnd';
  /** A tombstone beyond the end of the offset map is stamped as well. */
  readonly stampsBeyondMap: boolean;
  /** A tombstone or marker goes only after every replica has seen its horizon pass. */
  readonly removalWaitsForReplicas: boolean;
  /** A marker stays while records of its transaction do. */
  readonly markersWaitForRecords: boolean;
  /** What is known of transactions is carried from one group of segments to the next. */
  readonly carriesTransactions: boolean;
  /** Rows of the transaction index are collected to the segment's end, not to that of the map. */
  readonly rowsOfWholeSegment: boolean;
  /** A group that is read again is read with what the first reading left behind. */
  readonly rewindKeepsTransactions: boolean;
  /** The checkpoint is written after the last swap. */
  readonly checkpointsLast: boolean;
  /** A restart deletes `.cleaned` files: they may be half written. */
  readonly dropsCleanedFiles: boolean;
  /** A restart completes `.swap` files: what they replace is gone. */
  readonly completesSwapFiles: boolean;
  /** Retention deletes nothing at or above the high watermark. */
  readonly retentionStopsAtHighWatermark: boolean;
}

/** Kafka 4.x. */
export const kafka: Rules = {
  stopsAtLastStableOffset: true,
  stopsAtHighWatermark: true,
  sparesActiveSegment: true,
  mapSkipsAborted: true,
  keepsOffsets: true,
  tombstonesWait: true,
  horizonCountsFrom: 'passBegin',
  stampsBeyondMap: true,
  removalWaitsForReplicas: false,
  markersWaitForRecords: true,
  carriesTransactions: true,
  rowsOfWholeSegment: true,
  rewindKeepsTransactions: false,
  checkpointsLast: true,
  dropsCleanedFiles: true,
  completesSwapFiles: true,
  retentionStopsAtHighWatermark: true,
};
