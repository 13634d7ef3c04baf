/** What the claims read of the components, and what the uncleaned log says. */
import {
  activeBase,
  type CompactionOptions,
  type Ledger,
  lastStableOffset,
  type Reader,
  type Replica,
  type Table,
  tableOf,
  type Written,
} from '../../../models/clients/compaction/index.ts';
import type { Claim, Local, Plain, View } from '../../../src/model/index.ts';

const replicaOf = (local: Local): Replica => local.context as Replica;
export const isLeading = ({ value }: Local): boolean =>
  typeof value === 'object' && JSON.stringify(value) === '{"up":"leading"}';

/** The committed records as they were written. */
export const truth: View = ({ context }) => {
  const { written, committed } = context as Ledger;
  return written.slice(0, committed) as unknown as Plain;
};

/** A log as somebody reads it who begins at its start. */
export type Reading = { table: Table; end: number; leads: boolean };
export const reading =
  (keys: number): View =>
  (local) => {
    const log = replicaOf(local);
    const view: Reading = {
      table: tableOf(log, keys),
      end: lastStableOffset(log),
      leads: isLeading(local),
    };
    return view as unknown as Plain;
  };

/** Where the pass under way ends, and where it must; a log that was cut ends with cleaned records. */
export type Cleaned = { to: number; stable: number; active: number };
export const cleaned =
  ({ bounds }: Pick<CompactionOptions, 'bounds'>): View =>
  (local) => {
    const log = replicaOf(local);
    return {
      to: log.pass?.to ?? 0,
      stable: lastStableOffset(log),
      active: activeBase(log, bounds.segmentRecords),
    };
  };

/** What a replica holds, record by record, of what is committed. */
export type Held = { entries: Replica['entries']; end: number; start: number; committed: number };
export const held: View = (local) => {
  const { entries, endOffset, startOffset, highWatermark } = replicaOf(local);
  const bare = entries.map((entry) => ({ ...entry, horizon: null }));
  return { entries: bare, end: endOffset, start: startOffset, committed: highWatermark };
};

/** The reader's table, and whether it is at the end. */
export type Reads = Reader & { atEnd: boolean };
export const reads: View = ({ value, context }) => {
  const { position, table } = context as Reader;
  return { position, table, atEnd: value === 'atEnd' };
};

/** Offsets of committed records that no transaction has taken back, below `end`. */
export function valid(written: readonly Written[], end: number): boolean[] {
  const out = written.slice(0, end).map(({ transactional }) => !transactional);
  let open: number[] = [];
  written.slice(0, end).forEach(({ kind, transactional }, offset) => {
    if (kind === 'commit') for (const each of open) out[each] = true;
    if (kind === 'commit' || kind === 'abort') open = [];
    else if (transactional) open.push(offset);
  });
  return out;
}

/** What reading the uncleaned log up to `end` gives. */
export function trueTable(written: readonly Written[], end: number, keys: number): Table {
  const counts = valid(written, end);
  return Array.from({ length: keys }, (_, key) => {
    const offset = written.slice(0, end).findLastIndex((one, at) => one.key === key && counts[at]);
    return offset < 0 ? null : { offset, kind: written[offset]!.kind };
  });
}

/** `reads` of a claim about one replica after the other, and the ledger. */
export const eachReplica = (names: readonly string[], view: View): Claim['reads'] =>
  Object.fromEntries(names.map((name) => [name, view]));

export const keyName = (key: number): string => `key ${key}`;
/** Does the table have a value of the key? */
export const isLive = (table: Table, key: number): boolean => table[key]?.kind === 'put';
