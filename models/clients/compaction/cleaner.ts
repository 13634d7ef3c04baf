/**
 * One pass of the log cleaner over one log: what it may clean, what it keeps, what a crash in
 * between leaves behind. Pure functions; `replica.ts` says when they run.
 *
 * A pass builds a map of key -> last offset over the dirty records, then rewrites the log from its
 * start, a group of segments at a time: the new segment is written beside the old ones (`.cleaned`),
 * flushed, renamed (`.swap`), and takes their place. The checkpoint is written last.
 *
 * Left out: when the dirty ratio or max.compaction.lag.ms asks for a pass (it may begin whenever
 * there is something dirty); the last batch of an active producer, which is kept, emptied, for its
 * sequence number; records without key.
 * Sources: LogCleaner.scala (Cleaner.doClean, buildOffsetMap, cleanSegments, cleanInto,
 * shouldRetainRecord, CleanedTransactionMetadata), LogCleanerManager.scala (cleanableOffsets,
 * calculateCleanableBytes), MemoryRecords.filterTo, LogLoader.load; read in 4.0.
 */
import { activeBase, type Entry, isMarker, type Log, openSince } from './log.ts';
import type { CompactionOptions } from './options.ts';

/** A pass under way. */
export type Pass = {
  /** The map ends here: what lies beyond is not looked at. */
  to: number;
  /** By key: the last offset in the dirty records; null if there is none. */
  map: (number | null)[];
  /** The next group of segments begins here. */
  at: number;
  /** What a horizon is stamped with that this pass sets. */
  stamp: number;
  /** Since the last marker: were records of an aborted, of a committed transaction seen? */
  sawAborted: boolean;
  sawCommitted: boolean;
};

type Settings = Pick<CompactionOptions, 'rules' | 'bounds' | 'offsetMapFills'>;
type Seen = Pick<Pass, 'sawAborted' | 'sawCommitted'>;

const nothingSeen: Seen = { sawAborted: false, sawCommitted: false };

/**
 * The end of what may be cleaned: below the last stable offset, so that every transaction there is
 * decided and nothing there can be cut off again; below the active segment, which is being written.
 * Whole segments only.
 */
export function firstUncleanable(log: Log, { rules, bounds }: Settings): number {
  const known = rules.stopsAtHighWatermark ? log.highWatermark : log.endOffset;
  const limits = [
    known,
    ...(rules.stopsAtLastStableOffset ? [openSince(log.entries, known) ?? log.endOffset] : []),
    ...(rules.sparesActiveSegment ? [activeBase(log, bounds.segmentRecords)] : []),
  ];
  const end = Math.min(...limits);
  return end - (end % bounds.segmentRecords);
}

/** May a round end at `to`? Elsewhere than at the end of what is cleanable only if the map is full. */
export function mayCleanTo(log: Log, to: number, settings: Settings): boolean {
  const end = firstUncleanable(log, settings);
  return log.firstDirty < to && (settings.offsetMapFills ? to <= end : to === end);
}

/**
 * The index rows of aborted transactions that begin below `end`, as the ranges they cover. A row
 * may stand beside a later segment: that of the marker.
 */
const rowsBelow = (entries: readonly Entry[], end: number): (readonly [number, number])[] =>
  entries.flatMap(({ aborts, offset }) =>
    aborts !== null && aborts < end ? [[aborts, offset] as const] : [],
  );

const covers = (rows: readonly (readonly [number, number])[], { offset, transactional }: Entry) =>
  transactional && rows.some(([first, last]) => first <= offset && offset < last);

/** The pass that begins on `log` and ends at `to`. */
export function beginPass(log: Log, to: number, stamp: number, { rules, bounds }: Settings): Pass {
  const rows = rules.mapSkipsAborted ? rowsBelow(log.entries, to) : [];
  const lastOf = (key: number): number | null =>
    log.entries.findLast(
      (entry) =>
        entry.key === key &&
        log.firstDirty <= entry.offset &&
        entry.offset < to &&
        !covers(rows, entry),
    )?.offset ?? null;
  return {
    to,
    map: Array.from({ length: bounds.keys }, (_, key) => lastOf(key)),
    at: log.startOffset - (log.startOffset % bounds.segmentRecords),
    stamp,
    ...nothingSeen,
  };
}

/** The group that is cleaned next: whole segments, the last of them perhaps beyond the map's end. */
export function nextGroup({ at, to }: Pass, { bounds }: Settings): { from: number; end: number } {
  const size = bounds.segmentRecords;
  return { from: at, end: Math.min(at + size * bounds.groupSegments, Math.ceil(to / size) * size) };
}

export const hasGroupLeft = ({ at, to }: Pass): boolean => at < to;

/**
 * Cleans the next group and swaps it in.
 * @param isSettled has the horizon of every other replica passed for this offset? Kafka does not ask.
 */
export function cleanGroup(
  log: Log,
  pass: Pass,
  settings: Settings,
  isSettled: (offset: number) => boolean,
): { entries: Entry[]; pass: Pass } {
  const { rules } = settings;
  const { from, end } = nextGroup(pass, settings);
  const group = log.entries.filter(({ offset }) => from <= offset && offset < end);
  const filter = new Filter(pass, settings, isSettled);
  if (!rules.carriesTransactions) filter.seen = nothingSeen;
  filter.rows = rowsBelow(log.entries, rules.rowsOfWholeSegment ? end : pass.to);
  let kept = group.flatMap((entry) => filter.retain(entry));
  // Rows are used up by the first reading, and a second one does not collect them again.
  if (rules.rewindKeepsTransactions) {
    filter.rows = [];
    kept = group.flatMap((entry) => filter.retain(entry));
  }
  const moved = rules.keepsOffsets
    ? kept
    : kept.map((entry, i) => ({ ...entry, offset: from + i }));
  const outside = (part: Entry): boolean => part.offset < from || part.offset >= end;
  const entries = [...log.entries.filter(outside), ...moved].sort((a, b) => a.offset - b.offset);
  return { entries, pass: { ...pass, ...filter.seen, at: end } };
}

/** What the cleaner knows while it walks through a group. */
class Filter {
  seen: Seen;
  rows: (readonly [number, number])[] = [];
  private readonly pass: Pass;
  private readonly rules: Settings['rules'];
  private readonly isSettled: (offset: number) => boolean;

  constructor(pass: Pass, { rules }: Settings, isSettled: (offset: number) => boolean) {
    this.pass = pass;
    this.rules = rules;
    this.isSettled = isSettled;
    this.seen = { sawAborted: pass.sawAborted, sawCommitted: pass.sawCommitted };
  }

  /** The entry as it is written again; nothing if it goes. */
  retain(entry: Entry): Entry[] {
    if (isMarker(entry)) return this.retainMarker(entry);
    if (covers(this.rows, entry)) {
      // Nobody may see it, so it goes whatever its key.
      this.seen = { ...this.seen, sawAborted: true };
      return [];
    }
    if (entry.transactional) this.seen = { ...this.seen, sawCommitted: true };
    return this.retainRecord(entry);
  }

  /**
   * A marker must outlive the records it ends, or they would belong to a transaction that never ends.
   * It then waits as a tombstone does, for a follower or a tool that has read the records.
   */
  private retainMarker(entry: Entry): Entry[] {
    const { sawAborted, sawCommitted } = this.seen;
    const hasRecords = entry.kind === 'abort' ? sawAborted : sawCommitted;
    this.seen = nothingSeen;
    if (hasRecords && this.rules.markersWaitForRecords) return [entry];
    // The row goes at once: there is nothing left that it could say of.
    return this.outlived(entry) ? [] : [{ ...this.stamped(entry), aborts: null }];
  }

  private retainRecord(entry: Entry): Entry[] {
    const { map, to } = this.pass;
    if (entry.offset >= to) {
      const stamps = entry.kind === 'delete' && this.rules.stampsBeyondMap;
      return [stamps ? this.stamped(entry) : entry];
    }
    if (entry.offset < (map[entry.key!] ?? 0)) return [];
    if (entry.kind === 'put') return [entry];
    return this.outlived(entry) ? [] : [this.stamped(entry)];
  }

  private outlived({ horizon, offset }: Entry): boolean {
    if (!this.rules.tombstonesWait) return true;
    return horizon === 0 && this.isSettled(offset);
  }

  private stamped(entry: Entry): Entry {
    return { ...entry, horizon: entry.horizon ?? this.pass.stamp };
  }
}

/** A whole pass as one step. */
export function cleanAtOnce(
  log: Log,
  first: Pass,
  settings: Settings,
  isSettled: (offset: number) => boolean,
): Pick<Log, 'entries' | 'firstDirty'> {
  let now = { entries: log.entries, pass: first };
  while (hasGroupLeft(now.pass)) {
    now = cleanGroup({ ...log, entries: now.entries }, now.pass, settings, isSettled);
  }
  return { entries: now.entries, firstDirty: first.to };
}

/**
 * What a broker finds that died during a pass. A `.cleaned` file is deleted; a `.swap` file was
 * complete when it got its name and takes the place of the segments it was made of. So the log is
 * as it was before the group, or as it is after it.
 */
export function afterCrash(log: Log, pass: Pass | null, { rules, bounds }: Settings): Log {
  if (!pass) return log;
  const without = (from: number, end: number): Log => ({
    ...log,
    entries: log.entries.filter(({ offset }) => offset < from || offset >= end),
  });
  const next = nextGroup(pass, { rules, bounds, offsetMapFills: false });
  if (!rules.dropsCleanedFiles && hasGroupLeft(pass)) return without(next.from, next.end);
  const size = bounds.segmentRecords * bounds.groupSegments;
  if (!rules.completesSwapFiles && pass.at > 0) return without(pass.at - size, pass.at);
  return log;
}
