/** What a replica holds, and where it stands. */
import type { Pass } from './cleaner.ts';
import { emptyLog, type Kind, type Log, pending } from './log.ts';
import type * as m from './messages.ts';
import type { CompactionOptions } from './options.ts';

export type Replica = Log & {
  /** The pass of the cleaner that is under way. */
  pass: Pass | null;
  /** Leader only: how far the follower is that counts for the high watermark; null if none does. */
  followerEnd: number | null;
  /**
   * How many of the horizons to come may pass before the reader is at the end; null for any. Not a
   * fact that a broker knows: it is what the reader's pace says about time.
   */
  passable: number | null;
  /** What lies below has seen its horizon pass on the other replica; 0 unless the rules ask. */
  peerSettled: number;
  [key: string]: unknown;
};

/** The options and the name of the other replica; null if there is none. */
export interface Place {
  readonly options: CompactionOptions;
  readonly peer: string | null;
}

export type Append = { type: 'APPEND'; kind: Kind; key: number | null; transactional: boolean };
export type BeginPass = { type: 'BEGIN_PASS'; upTo: number };
export type Events =
  | Append
  | BeginPass
  | { type: 'CLEAN_GROUP' | 'FINISH_PASS' | 'DELETE_RETENTION_PASSES' | 'RETENTION_PASSES' }
  | { type: 'FETCH' }
  | m.Lead
  | m.IsrChanged
  | m.Order
  | m.Fetch
  | m.Fetched
  | m.BelowStart
  | m.Read
  | m.ReaderIsHere
  | m.Settled;

export const firstState = ({ peer }: Place, leads: boolean): Replica => ({
  ...emptyLog,
  pass: null,
  followerEnd: leads && peer !== null ? 0 : null,
  passable: null,
  peerSettled: 0,
});

/** How many horizons may pass while the reader is on its way, if it begins or is at the end now. */
export function passableNow({ entries, pass }: Replica, { options }: Place): number {
  if (!pass) return pending(entries);
  // A pass that began before the reader did stamps with a time before the reader began.
  const { readerPace, rules } = options;
  const counts = readerPace === 'withinRetention' && rules.horizonCountsFrom === 'passBegin';
  return counts ? pass.stamp : pass.stamp - 1;
}

/** The horizon of what is stamped now: after all that are still to come. */
export const nextStamp = ({ entries, passable }: Replica): number =>
  Math.max(pending(entries), passable ?? 0) + 1;

/** Horizons counted anew, where the last record that waited for one is gone. */
export function withoutGaps(log: Replica): Replica {
  const waiting = log.entries.flatMap(({ horizon }) => (horizon ? [horizon] : []));
  const places = [...new Set(waiting)].sort((a, b) => a - b);
  const { passable } = log;
  return {
    ...log,
    entries: log.entries.map((entry) =>
      entry.horizon ? { ...entry, horizon: places.indexOf(entry.horizon) + 1 } : entry,
    ),
    passable: passable === null ? null : places.filter((place) => place <= passable).length,
  };
}
