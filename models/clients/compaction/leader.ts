/** What a leader does: append, serve the follower and the reader, move the high watermark. */
import type { Effect, Message } from '../../../src/model/index.ts';
import * as logs from './log.ts';
import type * as m from './messages.ts';
import { type Append, nextStamp, type Place, type Replica } from './state.ts';

/**
 * One transactional producer; a marker ends the transaction that is open. There is always room left
 * for the marker: a transaction that only the bounds keep open would say nothing about Kafka. What
 * is not there is not deleted: such a tombstone is no more than a record of another key.
 */
export function mayAppend(
  log: Replica,
  { kind, key, transactional }: Append,
  { options }: Place,
): boolean {
  const { entries, endOffset } = log;
  const isOpen = logs.openSince(entries) !== null;
  if (key === null) return isOpen && endOffset < options.bounds.records;
  const isThere = entries.findLast((entry) => entry.key === key)?.kind === 'put';
  const staysOpen = isOpen || transactional;
  const fits = endOffset + (staysOpen ? 2 : 1) <= options.bounds.records;
  return fits && (kind !== 'delete' || isThere);
}

export function append(
  { options }: Place,
  log: Replica,
  { kind, key, transactional }: Append,
): Effect<Replica> {
  const atOnce = options.rules.horizonCountsFrom === 'append' && kind !== 'put';
  const horizon = atOnce ? nextStamp(log) : null;
  const entry = { offset: log.endOffset, kind, key, transactional, aborts: null, horizon };
  const appended: m.Appended = { type: 'APPENDED', to: 'ledger', entry };
  const { set = {}, send = [] } = advance(log, { ...log, ...logs.append(log, entry) });
  return { set, send: [appended, ...send] };
}

/** A follower that counts is asked for, one that does not is out of the ISR; neither lowers it. */
function advance(was: Replica, now: Replica): Effect<Replica> {
  const reached = Math.min(now.endOffset, now.followerEnd ?? now.endOffset);
  const highWatermark = Math.max(now.highWatermark, reached);
  const committed: m.Committed = { type: 'COMMITTED', to: 'ledger', highWatermark };
  return {
    set: { ...now, highWatermark },
    send: highWatermark > was.highWatermark ? [committed] : [],
  };
}

/** Answers with the next record there is: a hole that cleaning left is passed over. */
export function serveFetch({ peer }: Place, log: Replica, { offset }: m.Fetch): Effect<Replica> {
  const to = peer!;
  const { startOffset } = log;
  if (offset < startOffset)
    return { send: [{ type: 'BELOW_START', to, startOffset } as m.BelowStart] };
  const counts = log.followerEnd !== null;
  const { set = {}, send = [] } = advance(log, { ...log, followerEnd: counts ? offset : null });
  const highWatermark = set.highWatermark ?? log.highWatermark;
  const entry = log.entries.find((next) => next.offset >= offset) ?? null;
  const isFresh = log.passable !== null && (entry?.horizon ?? 0) > log.passable;
  const reply: m.Fetched = { type: 'FETCHED', to, entry, isFresh, highWatermark };
  const joins: Message[] =
    !counts && offset >= highWatermark ? [{ type: 'JOIN_ISR', to: 'partition' }] : [];
  return { set, send: [...send, reply, ...joins] };
}

/** Committed data only: up to the last stable offset, and nothing that the index calls aborted. */
export function serveReader(log: Replica, { offset }: m.Read): Effect<Replica> {
  const { startOffset, entries } = log;
  if (offset < startOffset) {
    return { send: [{ type: 'OFFSET_OUT_OF_RANGE', to: 'reader', startOffset } as m.OutOfRange] };
  }
  const end = logs.lastStableOffset(log);
  const next = entries.find(
    (entry) => entry.offset >= offset && entry.offset < end && logs.isVisible(entries, entry),
  );
  const reply: m.Record | m.AtEnd = next
    ? { type: 'RECORD', to: 'reader', offset: next.offset, key: next.key! }
    : { type: 'AT_END', to: 'reader', offset: Math.max(offset, end) };
  return { send: [reply] };
}

/** Until its next fetch a follower that counts is taken to be where the high watermark is. */
export const countFollower = (
  log: Replica,
  { followerInSync }: m.Lead | m.IsrChanged,
): Effect<Replica> =>
  advance(log, { ...log, followerEnd: followerInSync ? log.highWatermark : null });
