/**
 * A replica's log and its leader epoch cache, as values.
 *
 * Offsets count records from 0; ends of ranges are exclusive: the end offset is the offset of the
 * next record. One record is one batch, which is enough for replication (batches matter for
 * idempotence and compaction only).
 *
 * Sources: storage/.../internals/log/UnifiedLog.java, internals/epoch/LeaderEpochFileCache.java.
 */

/** A record: the leader epoch stamped on its batch, and which record it is. */
export type Entry = {
  epoch: number;
  value: number;
};

/** The cache's line "epoch `epoch` begins at offset `start`". */
export type EpochStart = {
  epoch: number;
  start: number;
};

/** The part of a replica that lives on its disk. */
export type Log = {
  entries: Entry[];
  /** In ascending order, of epochs and of starts. */
  epochs: EpochStart[];
};

/** "No epoch": of an empty cache. */
export const NO_EPOCH = -1;

export const emptyLog: Log = { entries: [], epochs: [] };

export const endOffset = (log: Log): number => log.entries.length;

/** The newest epoch the cache knows, whether or not a record carries it. */
export const latestEpoch = (log: Log): number => log.epochs.at(-1)?.epoch ?? NO_EPOCH;

/**
 * Notes that `epoch` begins at `start`. Entries that the new one contradicts are dropped, so that
 * the cache stays ascending (LeaderEpochFileCache.assign).
 */
export function assignEpoch(log: Log, epoch: number, start: number): Log {
  if (latestEpoch(log) === epoch) return log;
  const before = log.epochs.filter((known) => known.epoch < epoch && known.start < start);
  return { ...log, epochs: [...before, { epoch, start }] };
}

/** Appends records, with the epochs they carry. */
export function append(log: Log, entries: readonly Entry[]): Log {
  let grown = log;
  for (const entry of entries) {
    const longer = { ...grown, entries: [...grown.entries, entry] };
    grown = assignEpoch(longer, entry.epoch, endOffset(grown));
  }
  return grown;
}

/**
 * Cuts the log to end at `offset`. The cache is trimmed even where the log is already that short:
 * it may end with an epoch that began there and was never written (KAFKA-10706 forgot this).
 */
export function truncateTo(log: Log, offset: number): Log {
  return {
    entries: log.entries.slice(0, offset),
    epochs: log.epochs.filter(({ start }) => start < offset),
  };
}

/** The end of an epoch, as a leader or follower knows it. */
export type EpochEnd = {
  epoch: number;
  endOffset: number;
};

/**
 * Where the largest epoch not above `epoch` ends (LeaderEpochFileCache.endOffsetFor).
 * @returns null if `epoch` is above all that is known.
 */
export function endOffsetFor(log: Log, epoch: number): EpochEnd | null {
  if (epoch === latestEpoch(log)) return { epoch, endOffset: endOffset(log) };
  const higher = log.epochs.find((known) => known.epoch > epoch);
  if (!higher) return null;
  const floor = log.epochs.findLast((known) => known.epoch <= epoch);
  return { epoch: floor?.epoch ?? epoch, endOffset: higher.start };
}
