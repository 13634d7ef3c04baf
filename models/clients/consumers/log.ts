/** The partition's log as its readers need it. Offsets are places in it; ends are exclusive. */

/** What became of the transaction that a record belongs to; `none` if it belongs to none. */
export type Fate = 'none' | 'open' | 'committed' | 'aborted';

/** One record, alone in its batch. */
export type Entry = {
  value: number;
  /** Leader epoch in which it was written. */
  epoch: number;
  fate: Fate;
};

/** Where a reader stands: before `offset`, behind the record that it read or that was committed. */
export type Position = {
  offset: number;
  /** Leader epoch of the record before it; null if nobody said (a reset, an explicit commit). */
  epoch: number | null;
  /** Ghost: the record before it. The protocol knows only the epoch. */
  after: number | null;
};

/** The beginning of the log. */
export const beginning: Position = { offset: 0, epoch: null, after: null };

/** How many records the two logs have in common from the beginning on. */
export function commonLength(a: readonly Entry[], b: readonly Entry[]): number {
  const differs = a.findIndex(
    ({ value, epoch }, offset) => b[offset]?.value !== value || b[offset]?.epoch !== epoch,
  );
  return differs < 0 ? a.length : differs;
}

/** First offset of a transaction that is still open below `highWatermark`: the last stable offset. */
export function lastStableOffset(log: readonly Entry[], highWatermark: number): number {
  const open = log.slice(0, highWatermark).findIndex(({ fate }) => fate === 'open');
  return open < 0 ? highWatermark : open;
}

/**
 * Where `asked` ends in a log: the largest epoch not above it that the log has, and where the next
 * one begins (LeaderEpochFileCache.endOffsetFor). An epoch below all that the log has ends where
 * the first of them begins.
 *
 * @param leaderEpoch the leader's own, in which it goes on writing.
 */
export function endOfEpoch(
  log: readonly Entry[],
  leaderEpoch: number,
  asked: number,
): { epoch: number; endOffset: number } {
  if (asked === leaderEpoch) return { epoch: asked, endOffset: log.length };
  const next = log.findIndex(({ epoch }) => epoch > asked);
  // Without a record of a later epoch the leader's own begins at the log's end.
  const endOffset = next < 0 ? log.length : next;
  return { epoch: log[endOffset - 1]?.epoch ?? asked, endOffset };
}
