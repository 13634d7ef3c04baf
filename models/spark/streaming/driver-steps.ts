/** The driver's steps: pure functions from its data and an event to what changes and what is sent. */
import type { Effect, Message } from '../../../src/model/index.ts';
import { type Issue, writerOf } from './log-writer.ts';
import type * as m from './messages.ts';
import { NO_PARTITION } from './messages.ts';
import type { StreamingOptions } from './options.ts';
import { type Decision, recover } from './recovery.ts';
import { taskName } from './task.ts';

/** What a driver holds in memory while it runs. */
type Memory = {
  /** The id in the checkpoint's metadata, as read at the start. */
  query: number;
  /** Id of the batch that runs or runs next. */
  batch: number;
  /** Range of the batch. Null: not resolved yet. When idle both are the same. */
  start: m.Offsets | null;
  end: m.Offsets | null;
  /** Watermark of the batch, and of the batch before. */
  watermark: number;
  previousWatermark: number;
  /** The tracker's watermark: what the next batch runs with. */
  nextWatermark: number;
  /** Has this run executed a batch? Only then may a batch without data follow. */
  hasExecuted: boolean;
  /** Has the sink said that it has this batch? */
  skipped: boolean;
  /** By task: the rows it reported for this batch. */
  reports: (number[] | null)[];
  /** Largest event time that was reported for this batch. */
  maxEventTime: number;
  /** Is O[N] on disk or on its way there? (not before the batch in a design that logs late) */
  logged: boolean;
  /** Has this run issued an offset entry? (asynchronous logs: the first is always issued) */
  hasIssued: boolean;
  /** Triggers that stop by themselves: what was there at the start; there AvailableNow ends. */
  frozen: m.Offsets | null;
  /** Which listing of the start is old, until it is read. */
  stale: m.LogName | null;
  /** Why the query failed last. */
  error: string | null;
};

export type Driver = Memory & { name: string; [key: string]: unknown };

export type Start = { type: 'START'; stale: m.LogName | null; at?: string };
export type FetchOffsets = { type: 'FETCH_OFFSETS'; answer: m.AskLatest['answer']; at?: string };
export type WriteWal = { type: 'WRITE_WAL'; lost: boolean; persist: boolean };
export type Submit = { type: 'SUBMIT'; coalesced: boolean };
export type Crash = { type: 'CRASH'; torn: m.LogName | null; survivor: number | null };

export type WriteCommit = { type: 'WRITE_COMMIT'; lost: boolean };
export type DriverEvent =
  | Start
  | FetchOffsets
  | WriteWal
  | WriteCommit
  | Submit
  | Crash
  | { type: 'PLAN' | 'COMMIT_SINK' | 'UPDATE_WATERMARK' | 'ADVANCE' }
  | { type: 'LOG_WRITE_FAILED' | 'DELETE_CHECKPOINT' }
  | m.Checkpoint
  | m.LatestOffsets
  | m.Created
  | m.Probed
  | m.BatchAnswer
  | m.Reported
  | m.TaskFailed
  | m.JobAnswer;

/** What a driver that does not run does not have. */
export const blank = (partitions: number): Memory => ({
  query: 0,
  batch: 0,
  start: null,
  end: null,
  watermark: 0,
  previousWatermark: 0,
  nextWatermark: 0,
  hasExecuted: false,
  skipped: false,
  reports: Array<null>(partitions).fill(null),
  maxEventTime: 0,
  logged: false,
  hasIssued: false,
  frozen: null,
  stale: null,
  error: null,
});

/** The steps of a driver under `options`. */
export function driverSteps(options: StreamingOptions) {
  const { partitions, rules, mode, operator } = options;
  const none = blank(partitions);
  const to = (name: string, index: number): string => taskName(name, index);
  const tasks = Array.from({ length: partitions }, (_, index) => index);
  const reading = (name: string, stale: m.LogName | null): Message =>
    ({ type: 'READ_CHECKPOINT', to: 'checkpoint', from: name, stale }) as m.ReadCheckpoint;
  const decide = (event: m.Checkpoint): Decision => recover(options, event);

  /** The offsets to run to, given what Kafka answers; null if the answer is of no use. */
  function nextEnd(driver: Driver, start: m.Offsets, told: m.LatestOffsets): m.Offsets {
    const known = mode === 'availableNow' ? driver.frozen! : told.end;
    return start.map((from, partition) => {
      let end = known[partition]!;
      if (told.end[partition] === NO_PARTITION) {
        return rules.ignoresEmptyOffsets ? from : NO_PARTITION;
      }
      if (end < from) return rules.regressedEnd === 'keepsStart' ? from : end;
      const limit = options.maxOffsetsPerTrigger;
      if (limit !== null) end = Math.min(end, from + limit);
      return end;
    });
  }
  /** The start of the next batch: of a partition not seen before, its earliest offset. */
  function nextStart(driver: Driver, { earliest, end }: m.LatestOffsets): m.Offsets {
    const first = options.startingOffsets === 'latest' ? end : earliest;
    const start = driver.start ?? first;
    return start.map((from, at) => (from === NO_PARTITION ? earliest[at]! : from));
  }
  function hasWork(driver: Driver, event: m.LatestOffsets): boolean {
    const start = nextStart(driver, event);
    const end = nextEnd(driver, start, event);
    const wantsNoData =
      operator === 'aggregate' && driver.hasExecuted && driver.nextWatermark > driver.watermark;
    return end.some((offset, at) => offset !== start[at]) || wantsNoData;
  }
  /** The slices of a task: one Kafka partition each, or all in the first task. */
  function slices({ start, end }: Driver, task: number, coalesced: boolean): m.Slice[] {
    const mine = coalesced ? (task === 0 ? tasks : []) : [task];
    return mine.map((partition) => {
      const from = Math.max(0, start![partition]!);
      return { partition, start: from, end: Math.max(from, end![partition]!) };
    });
  }

  return {
    decide,
    hasWork,
    /** Is the end of the batch below its start? Planning the read then reports data loss. */
    isRegressed: ({ start, end }: Driver): boolean =>
      end!.some((offset, at) => offset < start![at]!),
    /** AvailableNow asks first where it is to end, and may have to wait for that. */
    readCheckpoint: ({ name }: Driver, { stale, at }: Start): Effect<Driver> => {
      const where = at === undefined ? {} : { at };
      const ask: m.AskLatest = {
        ...{ type: 'ASK_LATEST', to: 'source', from: name, answer: 'right' },
        ...where,
      };
      if (mode === 'availableNow') return { set: { ...none, stale }, send: [ask] };
      return { set: none, send: [...(mode === 'once' ? [ask] : []), reading(name, stale)] };
    },
    readOn: ({ name, stale }: Driver): Effect<Driver> => ({
      set: { stale: null },
      send: [reading(name, stale)],
    }),
    takeUp: (_: Driver, event: m.Checkpoint): Effect<Driver> => {
      const decision = decide(event);
      if (decision.kind === 'refuse') return {};
      const { batch, watermark, previousWatermark } = decision;
      const known = { query: event.query, batch, watermark, previousWatermark };
      const { start } = decision;
      if (decision.kind === 'next') {
        // The next batch's own watermark is not fixed before it is constructed.
        const next = { watermark: previousWatermark, nextWatermark: watermark };
        return { set: { ...known, ...next, previousWatermark: 0, start, end: start } };
      }
      const from = start ?? decision.end.map(() => 0);
      const rerun = { start: from, end: decision.end, nextWatermark: watermark, logged: true };
      return { set: { ...known, ...rerun } };
    },
    askLatest: ({ name }: Driver, { type: _, ...how }: FetchOffsets): Effect<Driver> => ({
      send: [{ type: 'ASK_LATEST', to: 'source', from: name, ...how } as m.AskLatest],
    }),
    /** Fixes the range and the watermarks of the next batch. */
    construct: (driver: Driver, event: m.LatestOffsets): Effect<Driver> => {
      const start = nextStart(driver, event);
      return {
        set: {
          start,
          end: nextEnd(driver, start, event),
          previousWatermark: driver.watermark,
          watermark: driver.nextWatermark,
        },
        send: resolved(driver, start),
      };
    },
    /** No batch: but where the query starts is now known, and stays so. */
    resolve: (driver: Driver, event: m.LatestOffsets): Effect<Driver> => {
      const start = nextStart(driver, event);
      return { set: { start, end: start }, send: resolved(driver, start) };
    },
    offsetEntry: ({ batch, end, watermark }: Driver): m.NewEntry => ({
      log: 'offsets',
      id: batch,
      entry: { end: end!, watermark },
    }),
    commitEntry: ({ batch, nextWatermark }: Driver): m.NewEntry => ({
      log: 'commits',
      id: batch,
      entry: { nextWatermark },
    }),
    create: ({ name }: Driver, file: m.NewEntry, lost: boolean): Effect<Driver> => ({
      send: [{ type: 'CREATE', to: 'checkpoint', from: name, file, lost, torn: false } as m.Create],
    }),
    probe: ({ name }: Driver, { log, id }: m.NewEntry): Effect<Driver> => ({
      send: [{ type: 'PROBE', to: 'checkpoint', from: name, log, id } as m.Probe],
    }),
    issue: ({ name }: Driver, file: m.NewEntry): Message[] => [
      { type: 'ISSUE', to: writerOf(name), file } as Issue & Message,
    ],
    accepted: ({ name, query, batch }: Driver, log: m.LogName): Message[] => [
      { type: 'ACCEPTED', to: 'ledger', by: name, log, query, batch } as m.Accepted,
    ],
    beginBatch: (driver: Driver): Effect<Driver> => {
      const { name, query, batch, start, end, watermark } = driver;
      const executing: m.Executing = {
        type: 'EXECUTING',
        to: 'ledger',
        query,
        batch,
        start: start!,
        end: end!,
        watermark,
      };
      const begin: m.BeginBatch = { type: 'BEGIN_BATCH', to: 'sink', from: name, query, batch };
      return { send: [executing, begin] };
    },
    launch: (driver: Driver, coalesced: boolean): Effect<Driver> => {
      const { name, query, batch, watermark, previousWatermark } = driver;
      const lateBelow = rules.lateFilter === 'previousBatch' ? previousWatermark : watermark;
      return {
        send: tasks.map((task): m.Launch => {
          const mine = slices(driver, task, coalesced);
          const assignment = { query, batch, slices: mine, watermark, lateBelow };
          return { type: 'LAUNCH', to: to(name, task), assignment };
        }),
      };
    },
    noteReport: (driver: Driver, event: m.Reported): Effect<Driver> => ({
      set: {
        reports: driver.reports.with(event.task, event.rows),
        maxEventTime: Math.max(driver.maxEventTime, event.maxEventTime),
      },
    }),
    hasAllReports: ({ reports }: Driver): boolean => reports.every((rows) => rows !== null),
    commitSink: ({ name, query, batch, reports, skipped }: Driver): Effect<Driver> => {
      const commit: m.JobCommit = {
        type: 'JOB_COMMIT',
        to: 'sink',
        from: name,
        query,
        batch,
        rows: reports.flatMap((part) => part ?? []),
        repeated: skipped,
      };
      return { send: [commit] };
    },
    /** WatermarkTracker.updateWatermark: never back. */
    updateWatermark: ({ nextWatermark, maxEventTime }: Driver): Effect<Driver> => ({
      set: {
        nextWatermark: operator === 'aggregate' ? Math.max(nextWatermark, maxEventTime) : 0,
        reports: none.reports,
        maxEventTime: 0,
        skipped: false,
      },
    }),
    advance: ({ batch, end }: Driver): Effect<Driver> => ({
      set: { batch: batch + 1, start: end, hasExecuted: true, logged: false, previousWatermark: 0 },
    }),
    /** Nothing left to do for a trigger that stops by itself. */
    finish: (driver: Driver): Effect<Driver> => ({
      set: { ...none, end: driver.end, frozen: driver.frozen },
      send: [{ type: 'RUN_ENDED', to: 'sink' } as m.RunEnded],
    }),
    /** The end of a run, of its tasks and of all it had in memory. */
    end: (driver: Driver, error: string | null, survivor: number | null): Effect<Driver> => ({
      set: { ...none, error },
      send: [
        ...tasks.map(
          (task): m.Kill => ({
            type: 'KILL',
            to: to(driver.name, task),
            survives: task === survivor,
          }),
        ),
        ...(mode === 'async' ? [{ type: 'CLEAR', to: writerOf(driver.name) }] : []),
        { type: 'RUN_ENDED', to: 'sink' } as m.RunEnded,
      ],
    }),
  };

  /** Writes sources/0/0 when the start is resolved for the first time. */
  function resolved(driver: Driver, offsets: m.Offsets): Message[] {
    if (driver.start !== null) return [];
    return [{ type: 'WRITE_INITIAL', to: 'checkpoint', offsets } as m.WriteInitial];
  }
}

export type DriverSteps = ReturnType<typeof driverSteps>;
