/**
 * A partition's log as its leader and its readers know it: one reliable log (losing replicas is the
 * business of models/kafka).
 *
 * Markers are no entries here. What a marker does to the records before it is kept with them: it
 * decides the open ones of its producer id. What it does to the producer is in `Producer`.
 */

export type Fate = 'open' | 'committed' | 'aborted';

export type Entry = {
  /** The application's transaction. */
  txn: number;
  pid: number;
  value: number;
  fate: Fate;
};

/** ProducerStateEntry: what a leader knows of a producer id. */
export type ProducerState = {
  epoch: number;
  /** Leader epoch of the __transaction_state partition whose marker came last; -1 for none. */
  coordinatorEpoch: number;
};

/** Has the producer id an open transaction here? (currentTxnFirstOffset) */
export const isOpen = (log: readonly Entry[], pid: number): boolean =>
  log.some((entry) => entry.pid === pid && entry.fate === 'open');

/** A marker decides the open records of its producer id. */
export const decide = (log: readonly Entry[], pid: number, fate: Fate): Entry[] =>
  log.map((entry) => (entry.pid === pid && entry.fate === 'open' ? { ...entry, fate } : entry));

/** The last stable offset: the first open record, or the log's end. */
export function lastStableOffset(log: readonly Entry[]): number {
  const first = log.findIndex(({ fate }) => fate === 'open');
  return first < 0 ? log.length : first;
}

/**
 * What a reader that has read to the end was shown. A log only grows, and what lies below the last
 * stable offset is decided for good: a reader that comes earlier sees less, and nothing else.
 */
export function visible(
  log: readonly Entry[],
  isolation: 'read_committed' | 'read_uncommitted',
  readsToLastStable: boolean,
): Entry[] {
  if (isolation === 'read_uncommitted') return [...log];
  const shown = readsToLastStable ? log.slice(0, lastStableOffset(log)) : [...log];
  return shown.filter(({ fate }) => fate !== 'aborted');
}
