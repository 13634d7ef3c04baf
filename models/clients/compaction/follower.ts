/** What a follower does: fetch, take a record over as the leader has it, cut its log. */
import type { Effect } from '../../../src/model/index.ts';
import * as logs from './log.ts';
import type * as m from './messages.ts';
import { nextStamp, type Place, type Replica, withoutGaps } from './state.ts';

export const ask = ({ peer }: Place, { endOffset }: Replica): Effect<Replica> => ({
  send: [{ type: 'FETCH_RECORDS', to: peer!, offset: endOffset } as m.Fetch],
});

export function take(place: Place, log: Replica, fetched: m.Fetched): Effect<Replica> {
  const { entry, highWatermark } = fetched;
  // An answer to an earlier fetch than the last brings nothing.
  const isNews = entry !== null && entry.offset >= log.endOffset;
  const now = isNews ? withEntry(place, log, fetched) : log;
  const known = Math.min(highWatermark, now.endOffset);
  return { set: { ...now, highWatermark: known } };
}

/** The horizon is part of the batch: a follower copies what the leader stamped. */
function withEntry({ options }: Place, log: Replica, { entry, isFresh }: m.Fetched): Replica {
  const { horizon } = entry!;
  const own = (place: number | null): Replica => ({
    ...log,
    ...logs.append(log, { ...entry!, horizon: place }),
  });
  if (horizon === null || options.rules.removalWaitsForReplicas) return own(null);
  if (horizon === 0) return own(0);
  // Stamped since the reader began, it comes after all others that may pass; else before them.
  if (isFresh) return own(nextStamp(log));
  const entries = log.entries.map((one) =>
    one.horizon !== null && one.horizon > 0 ? { ...one, horizon: one.horizon + 1 } : one,
  );
  const passable = log.passable === null ? null : log.passable + 1;
  return { ...log, ...logs.append({ ...log, entries }, { ...entry!, horizon: 1 }), passable };
}

/**
 * A leader that is replaced gives up at once what nobody has committed. In Kafka it keeps it until its
 * successor tells it where to cut, and what the successor has of it, it sends again; until then
 * nobody reads it, and the cleaner stays below. A leader's own high watermark is the true one, so
 * nothing committed goes. Cutting a log first ends the pass that is at work on it
 * (LogCleaner.abortAndPauseCleaning).
 */
export function giveUpTail(log: Replica): Replica {
  if (log.highWatermark === log.endOffset) return log;
  return withoutGaps({ ...log, ...logs.truncate(log, log.highWatermark), pass: null });
}

/** Retention took what the follower would need next: it begins anew (truncateFullyAndStartAt). */
export const startOver = ({ startOffset }: m.BelowStart): Effect<Replica> => ({
  set: {
    entries: [],
    endOffset: startOffset,
    startOffset,
    highWatermark: startOffset,
    firstDirty: startOffset,
    pass: null,
  },
});
