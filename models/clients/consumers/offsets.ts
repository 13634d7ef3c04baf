/**
 * The group's committed offset, and those that wait for the end of a transaction.
 *
 * The last commit wins, whatever its offset. What is committed in a transaction waits until the
 * transaction is over (OffsetMetadataManager.replayEndTransactionMarker); by then it may be decided
 * and the marker still be on its way.
 *
 * Left out: the loss of `__consumer_offsets`, which is a topic like any other (see replication).
 *
 * Source: group-coordinator/.../OffsetMetadataManager.java (commitOffset, commitTransactionalOffset,
 * fetchOffsets, cleanupExpiredOffsets).
 */
import type { Effect, Message } from '../../../src/model/index.ts';
import type { Position } from './log.ts';
import type * as m from './messages.ts';
import type { Rules } from './rules.ts';

/** Offsets in a transaction whose end has not reached the group. */
export type PendingTxn = {
  from: string;
  position: Position;
  /** Is it decided that the transaction commits? */
  decided: boolean;
  /** Ghost: records whose results are in the transaction. */
  results: number[];
};

export type Offsets = {
  /** Null if nothing is committed. */
  committed: Position | null;
  pending: PendingTxn[];
  /** Ghost: somebody committed who is not, or no longer, of the group's generation. */
  strayCommit: string | null;
  [key: string]: unknown;
};

const fenced = (to: string): Message => ({ type: 'FENCED', to }) as m.Fenced;

/**
 * OffsetCommit.
 * @param isCurrent is it from a member of the group, in its generation?
 */
export function commit(rules: Rules, event: m.Commit, isCurrent: boolean): Effect<Offsets> {
  const { from, position } = event;
  if (rules.fencesCommits && !isCurrent) return { send: [fenced(from)] };
  return {
    set: { committed: position, ...(!isCurrent && { strayCommit: from }) },
    send: [{ type: 'COMMITTED', to: from, position } as m.Committed],
  };
}

/**
 * TxnOffsetCommit: the offsets wait beside the results of the transaction. While the markers of the
 * member's last one are on their way it is told to come again (CONCURRENT_TRANSACTIONS).
 */
export function commitInTxn(
  rules: Rules,
  { pending }: Offsets,
  event: m.TxnCommit,
  isCurrent: boolean,
): Effect<Offsets> {
  const { from, position, results } = event;
  if (rules.fencesTransactionalCommits && !isCurrent) return { send: [fenced(from)] };
  const isEnding = pending.some((txn) => txn.from === from && txn.decided);
  if (isEnding && rules.awaitsMarkers) return {};
  const others = pending.filter((txn) => txn.from !== from);
  const stray = !isCurrent && { strayCommit: from };
  const answer = { type: 'TXN_OFFSETS_PENDING', to: from } as m.TxnPending;
  if (!rules.installsOffsetsOnCommit) {
    const mine = { from, position, decided: false, results };
    return { set: { committed: position, pending: [...others, mine], ...stray }, send: [answer] };
  }
  return {
    set: { pending: [...others, { from, position, decided: false, results }], ...stray },
    send: [answer],
  };
}

/** EndTxn with commit: from now on the results count. A transaction that was aborted fences. */
export function decide({ pending }: Offsets, { from }: m.EndTxn): Effect<Offsets> {
  const at = pending.findIndex((txn) => txn.from === from && !txn.decided);
  if (at < 0) return { send: [fenced(from)] };
  const txn = pending[at]!;
  return {
    set: { pending: pending.with(at, { ...txn, decided: true, results: [] }) },
    send: [
      { type: 'PROCESSED', to: 'history', values: txn.results } as m.Processed,
      { type: 'COMMITTED', to: from, position: null } as m.Committed,
    ],
  };
}

/** The application gives its transaction up, or begins anew (InitProducerId): it is aborted. */
export function abort({ pending }: Offsets, { from }: m.AbortTxn): Effect<Offsets> {
  return { set: { pending: pending.filter((txn) => txn.from !== from || txn.decided) } };
}

/** The marker reaches `__consumer_offsets`. */
export function install({ pending }: Offsets): Effect<Offsets> {
  const decided = pending.findIndex((txn) => txn.decided);
  return { set: { committed: pending[decided]!.position, pending: pending.toSpliced(decided, 1) } };
}

/** transaction.timeout.ms is over for whoever died or left in the middle of a transaction. */
export function abortAbandoned({ pending }: Offsets, members: readonly string[]): Effect<Offsets> {
  return {
    set: { pending: pending.filter(({ from, decided }) => decided || members.includes(from)) },
  };
}

/** OffsetFetch: UNSTABLE_OFFSET_COMMIT is answered by asking again, so it is no answer here. */
export function fetchOffset(rules: Rules, me: Offsets, from: string): Effect<Offsets> {
  if (rules.awaitsStableOffsets && me.pending.length > 0) return {};
  return {
    send: [{ type: 'FETCHED_OFFSET', to: from, position: me.committed } as m.FetchedOffset],
  };
}
