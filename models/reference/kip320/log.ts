/**
 * The replicated log: a bounded sequence of records (TLA+ module FiniteReplicatedLog).
 *
 * There a log is an end offset with a function from all offsets to records, padded with a nil
 * record above the end. Here it is the array of its records, which says the same: the end
 * offset is its length, and there is nothing to pad. As in the specification a record is *equal* to
 * another if both its id and its epoch are; an offset is a place in the array, counted from 0.
 */

/** A record: ids are unique over all producers' writes, the epoch is the writing leader's. */
export type LogRecord = { id: number; epoch: number };
export type Log = LogRecord[];

export const endOffset = (log: Log): number => log.length;

/** Is there a record at `offset`? */
export const hasOffset = (log: Log, offset: number): boolean => offset < log.length;

export const latestRecord = (log: Log): LogRecord | undefined => log[log.length - 1];

/** Does `log` have exactly this record at `offset` (HasEntry)? */
export const hasEntry = (log: Log, record: LogRecord, offset: number): boolean =>
  log[offset] !== undefined && isSame(log[offset], record);

export const isSame = (a: LogRecord, b: LogRecord): boolean => a.id === b.id && a.epoch === b.epoch;

export const append = (log: Log, record: LogRecord): Log => [...log, record];

/** The log up to `newEndOffset`, exclusive. Only defined up to the log's own end. */
export const truncateTo = (log: Log, newEndOffset: number): Log => log.slice(0, newEndOffset);
