/**
 * The log of one replica as the cleaner and a reader see it.
 *
 * A batch holds one record. Offsets are dense when written; cleaning leaves holes and never moves a
 * record. Ends of ranges are exclusive. The name of a value is its offset: no two records are alike.
 *
 * Left out: batches of several records, sequence numbers, leader epochs of single records.
 * Sources: MemoryRecords.filterTo, DefaultRecordBatch (delete horizon), TransactionIndex, UnifiedLog
 * (lastStableOffset, collectAbortedTransactions), LogSegments; read in 4.0.
 */

export type Kind = 'put' | 'delete' | 'commit' | 'abort';

export type Entry = {
  offset: number;
  /** A value, a tombstone, or the marker that ends a transaction. */
  kind: Kind;
  /** Null for a marker. */
  key: number | null;
  transactional: boolean;
  /**
   * For an abort marker: the first offset of its transaction, as the transaction index beside its
   * segment has it; null if the index has no row for it.
   */
  aborts: number | null;
  /**
   * The delete horizon in the batch: null until a pass stamps it; 0 once it has passed; else its
   * place among the horizons still to come, the earliest being 1.
   */
  horizon: number | null;
};

/** What a log is, without who leads: see `replica.ts`. */
export type Log = {
  /** What is left of the records, in order of offset. */
  entries: Entry[];
  /** The next offset to be written. */
  endOffset: number;
  /** Records below were deleted by retention. */
  startOffset: number;
  highWatermark: number;
  /** The cleaner's checkpoint: records below are clean. */
  firstDirty: number;
};

export const emptyLog: Log = {
  entries: [],
  endOffset: 0,
  startOffset: 0,
  highWatermark: 0,
  firstDirty: 0,
};

export const isMarker = ({ kind }: Entry): boolean => kind === 'commit' || kind === 'abort';

/** The last segment is the active one; it begins here if a segment holds `size` records. */
export const activeBase = ({ endOffset }: Log, size: number): number =>
  Math.max(0, endOffset - 1 - ((endOffset - 1) % size));

/**
 * Where the transaction begins that no marker below `end` has ended; null if there is none. Brokers
 * keep it in memory and rebuild it from the log when they load it; here it is always what a rebuild
 * gives.
 */
export function openSince(
  entries: readonly Entry[],
  end = Number.POSITIVE_INFINITY,
): number | null {
  const last = entries.findLast((entry) => isMarker(entry) && entry.offset < end)?.offset ?? -1;
  return (
    entries.find(({ offset, transactional }) => transactional && offset > last)?.offset ?? null
  );
}

/**
 * Readers of committed data get no further than here (KIP-98). A marker that is not committed itself
 * has decided nothing yet (ProducerStateManager, unreplicated transactions).
 */
export const lastStableOffset = ({ entries, highWatermark }: Log): number =>
  Math.min(highWatermark, openSince(entries, highWatermark) ?? highWatermark);

/** Is the record, by the transaction index, one of an aborted transaction? */
export const isAborted = (entries: readonly Entry[], { offset, transactional }: Entry): boolean =>
  transactional &&
  entries.some((row) => row.aborts !== null && row.aborts <= offset && offset < row.offset);

/** Does a reader of committed data get to see it? */
export const isVisible = (entries: readonly Entry[], entry: Entry): boolean =>
  !isMarker(entry) && !isAborted(entries, entry);

/** What a reader makes of a log: by key the last record it saw of it, null if none. */
export type Table = readonly (Pick<Entry, 'offset' | 'kind'> | null)[];

/** What reading `log` from its start to its last stable offset gives. */
export function tableOf(log: Log, keys: number): Table {
  const end = lastStableOffset(log);
  return Array.from({ length: keys }, (_, key) => {
    const last = log.entries.findLast(
      (entry) => entry.key === key && entry.offset < end && isVisible(log.entries, entry),
    );
    return last ? { offset: last.offset, kind: last.kind } : null;
  });
}

/** A log with one more entry at its end; a follower copies the horizon that the leader stamped. */
export function append(log: Log, entry: Entry): Log {
  const aborts = entry.kind === 'abort' ? openSince(log.entries) : null;
  return {
    ...log,
    entries: [...log.entries, { ...entry, aborts }],
    endOffset: entry.offset + 1,
  };
}

/**
 * The log cut back to `end`, which is never below the clean point: cleaning stops at the high
 * watermark, and only an unclean election cuts below that (the checkpoint is then cut as well,
 * LogCleanerManager.maybeTruncateCheckpoint).
 */
export const truncate = (log: Log, end: number): Log => ({
  ...log,
  entries: log.entries.filter(({ offset }) => offset < end),
  endOffset: Math.min(log.endOffset, end),
  highWatermark: Math.min(log.highWatermark, end),
});

/** Retention takes the records below `start` (UnifiedLog.deleteOldSegments). */
export const trim = (log: Log, start: number): Log => ({
  ...log,
  entries: log.entries.filter(({ offset }) => offset >= start),
  startOffset: start,
  firstDirty: Math.max(log.firstDirty, start),
});

/** Horizons that are still to come, counted from the earliest. */
export const pending = (entries: readonly Entry[]): number =>
  Math.max(0, ...entries.map(({ horizon }) => horizon ?? 0));

/** delete.retention.ms has passed since the earliest stamp. */
export const pass = (entries: readonly Entry[]): Entry[] =>
  entries.map((entry) =>
    entry.horizon !== null && entry.horizon > 0 ? { ...entry, horizon: entry.horizon - 1 } : entry,
  );
