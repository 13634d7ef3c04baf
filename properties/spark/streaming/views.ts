/**
 * What the claims about a streaming query read of each component: projections as small as the claims
 * allow, shared between claims so that each is computed once per local state.
 */
import {
  type CheckpointState,
  type Driver,
  driversOf,
  type Files,
  type Ledger,
  newest,
  type OffsetEntry,
  type Offsets,
  recordOf,
  type Sink,
  type Source,
  type StateFiles,
  type StreamingOptions,
  timeOf,
} from '../../../models/spark/streaming/index.ts';
import type { Claim, Local, Violation } from '../../../src/model/index.ts';

/** What a claim is about: the system's options, and the names of its drivers. */
export interface Subject extends StreamingOptions {
  drivers: string[];
}

export const subjectOf = (options: StreamingOptions): Subject => ({
  ...options,
  drivers: driversOf(options),
});

/** Has the fault budget any of these classes? */
export const suffers = ({ faults }: Subject, ...classes: string[]): boolean =>
  classes.some((kind) => (faults[kind] ?? 0) > 0);

const checkpointOf = (local: Local): CheckpointState => local.context as CheckpointState;

export type Logs = { offsets: Files<OffsetEntry>; lc: number; query: number };
/** The offset log, the newest commit, and whose they are. */
export const logs = (local: Local): Logs => {
  const { offsets, commits, query } = checkpointOf(local);
  return { offsets, lc: newest(commits), query };
};

/** The same, and where the query began; null before its first start. */
export const logsFromStart = (local: Local): Logs & { initial: Offsets | null } => ({
  ...logs(local),
  initial: checkpointOf(local).initial,
});

export type Shape = { offsets: number[]; commits: number[]; torn: string[] };
/** Which batch ids have entries, and which of the files are torn. */
export const shape = (local: Local): Shape => {
  const { offsets, commits } = checkpointOf(local);
  const ids = (files: Files<unknown>): number[] =>
    files.flatMap((file, id) => (file === null ? [] : [id]));
  const torn = (name: string, files: Files<unknown>): string[] =>
    files.flatMap((file, id) => (file === 'torn' ? [`${name}/${id}`] : []));
  return {
    offsets: ids(offsets),
    commits: ids(commits),
    torn: [...torn('offsets', offsets), ...torn('commits', commits)],
  };
};

/** The same, and which query they belong to. */
export const logsAndShape = (local: Local): Shape & { query: number } => ({
  ...shape(local),
  query: checkpointOf(local).query,
});

export type Topic = Pick<Source, 'logs' | 'logStart' | 'cuts'>;
export const topic = (local: Local): Topic => {
  const { logs: all, logStart, cuts } = local.context as Source;
  return { logs: all, logStart, cuts };
};
export const ends = (local: Local): Offsets =>
  (local.context as Source).logs.map((log) => log.length);

export const seen = (local: Local): number[] => (local.context as Sink).seen;
export type Reached = { jobs: Record<string, number>; touched: Record<string, number> };
/** By query, how far the sink was committed and reached at all. */
export const reached = (local: Local): Reached => {
  const { jobs, touched } = local.context as Sink;
  return { jobs, touched };
};

export const versions = (local: Local): (number[] | null)[][] =>
  (local.context as StateFiles).versions;

export type Doing = {
  state: string;
  batch: number;
  start: Offsets | null;
  end: Offsets | null;
  nextWatermark: number;
  frozen: Offsets | null;
  error: string | null;
};
/** What a driver is at. */
export const doing = (local: Local): Doing => {
  const { batch, start, end, nextWatermark, frozen, error } = local.context as Driver;
  return { state: String(local.value), batch, start, end, nextWatermark, frozen, error };
};

export type Noted = Pick<Ledger, 'otherRange' | 'otherRows' | 'acceptedTwice' | 'lossReported'>;
export const noted = (local: Local): Noted => {
  const { otherRange, otherRows, acceptedTwice, lossReported } = local.context as Ledger;
  return { otherRange, otherRows, acceptedTwice, lossReported };
};
/** Log entries that some driver was told are written: `log:query:batch`. */
export const accepted = (local: Local): string[] =>
  Object.keys((local.context as Ledger).accepted).sort();

/** The end of a batch: what lies below is what the batches up to it have read. */
export function endOfBatch({ offsets }: Logs, batch: number): Offsets | null {
  for (let id = Math.min(batch, offsets.length - 1); id >= 0; id--) {
    const entry = offsets[id];
    if (entry != null && entry !== 'torn') return entry.end;
  }
  return null;
}

/** The records below `end`, with their place. */
export function recordsBelow(
  { logs: all }: Topic,
  end: Offsets | null,
): { record: number; partition: number; offset: number }[] {
  if (end === null) return [];
  return all.flatMap((log, partition) =>
    log
      .slice(0, Math.max(0, end[partition]!))
      .map((record, offset) => ({ record, partition, offset })),
  );
}

export const isVisible = (subject: Subject, record: number): boolean =>
  subject.isolation === 'read_uncommitted' || !subject.aborted.includes(record);

/** In which Kafka partition a record is. */
export const partitionOf = (subject: Subject, record: number): number => {
  const all = Array.from({ length: subject.partitions }, (_, partition) => partition);
  return all.findLast((partition) => recordOf(subject, partition, 0) <= record)!;
};

/** Did a record come after its window had closed for the batch that read it? */
export function isLate(
  subject: Subject,
  { offsets }: Logs,
  partition: number,
  offset: number,
): (record: number) => boolean {
  const batch = offsets.findIndex(
    (entry) => entry != null && entry !== 'torn' && entry.end[partition]! > offset,
  );
  const before = offsets[batch - 1];
  const watermark = before != null && before !== 'torn' ? before.watermark : 0;
  return (record) => timeOf(subject, record) <= watermark;
}

/** The same projection of every driver. */
export const ofDrivers = <T>({ drivers }: Subject, view: T): Record<string, T> =>
  Object.fromEntries(drivers.map((name) => [name, view]));

/** A claim's check, over views of known types. */
export const over =
  <V>(check: (views: V) => Violation | null): Claim['check'] =>
  (views) =>
    check(views as V);
