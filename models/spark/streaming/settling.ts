/**
 * What of a query is over: batches that are committed, and the records that no window holds open.
 *
 * The last committed batch is kept, because the next one begins where it ended. Spark itself purges
 * its logs in the same way (minBatchesToRetain). Batches and records are two counts: a batch may
 * bring no records. Records are forgotten only where every partition has read as many of them.
 */
import type { Local, Plain, Settling } from '../../../src/model/index.ts';
import type { CheckpointState } from './checkpoint.ts';
import type { Driver } from './driver-steps.ts';
import type { Ledger } from './ledger.ts';
import type * as m from './messages.ts';
import type { StreamingOptions } from './options.ts';
import type { Sink } from './sink.ts';
import type { Source } from './source.ts';
import type { StateFiles } from './state.ts';
import type { Task } from './task.ts';

/** How many batch ids, and how many records of each partition. */
export type Past = { batches: number; records: number };
type Locals = Readonly<Record<string, Local>>;

const dataOf = <T>(local: Local): T => local.context as T;
const less = (time: number, by: number): number => Math.max(0, time - by);
const without = (map: Record<string, number>, batches: number): Record<string, number> =>
  Object.fromEntries(Object.entries(map).map(([key, batch]) => [key, batch - batches]));

/** Where an id of the ledger names its batch: `query:batch`, `query:batch:task`, `log:query:batch`. */
const placeOfBatch = (id: string): number => (/^\d/.test(id) ? 1 : 2);
const batchOf = (id: string): number => Number(id.split(':')[placeOfBatch(id)]);
const laterId = (id: string, { batches }: Past): string =>
  id
    .split(':')
    .with(placeOfBatch(id), String(batchOf(id) - batches))
    .join(':');

/**
 * See `Settling`, for a synchronous query with one driver.
 * @param room records a partition may have open, once what is over is forgotten; as many as the
 *   options allow in all, unless told.
 */
export function settlingOf(
  options: Pick<StreamingOptions, 'partitions' | 'bounds'>,
  room = options.bounds.records,
): Settling<Past> {
  const all = options.bounds.records;
  const partitions = Array.from({ length: options.partitions }, (_, at) => at);
  /** Records are numbered partition by partition. */
  const rename = (record: number, { records }: Past): number =>
    Math.floor(record / all) * room + (record % all) - records;
  const own = (list: readonly number[], past: Past): number[] =>
    list.map((record) => rename(record, past));

  function settled(locals: Locals): Past | null {
    const driver = dataOf<Driver>(locals.driver1!);
    if (locals.driver1!.value !== 'idle' || !isQuiet(locals)) return null;
    const { batch, start } = driver;
    const { offsets, commits } = dataOf<CheckpointState>(locals.checkpoint!);
    if (batch === 0 || offsets.length !== batch || commits.length !== batch) return null;
    const [read] = start!;
    const isEven = start!.every((offset) => offset === read);
    const open = dataOf<StateFiles>(locals.state!).versions.flatMap((files) => files[batch] ?? []);
    const records = isEven ? Math.min(read!, ...open.map((record) => record % all)) : 0;
    return batch > 1 || records > 0 ? { batches: batch - 1, records } : null;
  }

  function forget(component: string, local: Local, past: Past): Record<string, Plain> {
    const data = local.context as never;
    switch (component) {
      case 'driver1':
        return laterDriver(data, past) as never;
      case 'checkpoint':
        return laterCheckpoint(data, past) as never;
      case 'state':
        return laterState(data, past) as never;
      case 'source':
        return laterSource(data, past) as never;
      case 'sink':
        return laterSink(data, past) as never;
      case 'ledger':
        return laterLedger(data, past) as never;
      default:
        return /-task\d+$/.test(component) ? (laterTask(data, past) as never) : data;
    }
  }

  function laterDriver(driver: Driver, past: Past): Driver {
    const { batches, records } = past;
    const { batch, start, end, watermark, previousWatermark, nextWatermark } = driver;
    // One that does not run has no batch in memory.
    if (start === null) return driver;
    const since = (offsets: m.Offsets | null) => offsets?.map((o) => o - records) ?? null;
    return {
      ...driver,
      batch: batch - batches,
      start: since(start),
      end: since(end),
      watermark: less(watermark, records),
      previousWatermark: less(previousWatermark, records),
      nextWatermark: less(nextWatermark, records),
      reports: driver.reports.map((rows) => rows && own(rows, past)),
      maxEventTime: less(driver.maxEventTime, records),
    };
  }

  /** Nothing is forgotten while a task has work; a run that is compared may end there. */
  function laterTask(task: Task, past: Past): Task {
    const { assignment, records, step } = task;
    if (assignment === null) return task;
    return {
      ...task,
      assignment: {
        ...assignment,
        batch: assignment.batch - past.batches,
        slices: assignment.slices.map(({ partition, start, end }) => ({
          partition,
          start: start - past.records,
          end: end - past.records,
        })),
        watermark: less(assignment.watermark, past.records),
        lateBelow: less(assignment.lateBelow, past.records),
      },
      records: own(records, past),
      step: step && {
        ...step,
        rows: own(step.rows, past),
        content: step.content && own(step.content, past),
        maxEventTime: less(step.maxEventTime, past.records),
      },
    };
  }

  function laterCheckpoint(state: CheckpointState, { batches, records }: Past): CheckpointState {
    const offsets = state.offsets.slice(batches) as m.Files<m.OffsetEntry>;
    const commits = state.commits.slice(batches) as m.Files<m.CommitEntry>;
    const isWhole = <T>(file: T | 'torn' | null): file is T => file !== null && file !== 'torn';
    return {
      ...state,
      offsets: offsets.map((file) =>
        isWhole(file)
          ? {
              end: file.end.map((offset) => offset - records),
              watermark: less(file.watermark, records),
            }
          : file,
      ),
      commits: commits.map((file) =>
        isWhole(file) ? { nextWatermark: less(file.nextWatermark, records) } : file,
      ),
      initial: state.initial?.map((offset) => less(offset, records)) ?? null,
    };
  }

  /** Version 0 is no file: what the first batch that is kept began with is not asked for again. */
  function laterState({ versions }: StateFiles, past: Past): StateFiles {
    return {
      versions: versions.map((files) =>
        files
          .slice(past.batches)
          .map((content, version) =>
            version === 0 || content === null
              ? null
              : content.map((record) => rename(record, past)),
          ),
      ),
    };
  }

  function laterSource(source: Source, past: Past): Source {
    const { records } = past;
    return {
      ...source,
      logs: source.logs.map((log) => log.slice(records).map((record) => rename(record, past))),
      logStart: source.logStart.map((offset) => less(offset, records)),
      produced: source.produced.map((count) => count - records),
      cuts: source.cuts.map((cut) =>
        cut === null ? null : { to: cut.to - records, from: cut.from - records },
      ),
    };
  }

  function laterSink(sink: Sink, { batches, records }: Past): Sink {
    const { seen, done, jobs, touched } = sink;
    const own = (partition: number): number[] => {
      const first = partition * all;
      const known = seen.slice(first + records, Math.min(first + all, first + records + room));
      return [...known, ...Array<number>(room - known.length).fill(0)];
    };
    return {
      ...sink,
      seen: partitions.flatMap(own),
      done: without(done, batches),
      jobs: without(jobs, batches),
      touched: without(touched, batches),
    };
  }

  /** What was told of batches that are committed is not told again. */
  function laterLedger(ledger: Ledger, past: Past): Ledger {
    const rest = (map: Record<string, string>, told: (text: string) => string) =>
      Object.fromEntries(
        Object.entries(map)
          .filter(([id]) => batchOf(id) > past.batches)
          .map(([id, text]) => [laterId(id, past), told(text)]),
      );
    const range = (text: string): string => {
      const [, start, end, watermark] = /^(.*)-(.*)@(.*)$/.exec(text)!;
      const since = (offsets: string) => offsets.split(',').map((o) => Number(o) - past.records);
      return `${since(start!)}-${since(end!)}@${less(Number(watermark), past.records)}`;
    };
    const rows = (text: string): string =>
      text === ''
        ? ''
        : text
            .split(',')
            .map((row) => rename(Number(row), past))
            .join();
    return {
      ...ledger,
      ranges: rest(ledger.ranges, range),
      rows: rest(ledger.rows, rows),
      accepted: rest(ledger.accepted, (by) => by),
    };
  }

  return {
    settled,
    forget,
    nothing: { batches: 0, records: 0 },
    sum: (a, b) => ({ batches: a.batches + b.batches, records: a.records + b.records }),
    // Stimuli name partitions and tasks, no records.
    recall: (event) => event,
  };
}

/** Is nothing under way, and has nothing gone wrong that a later run might still show? */
function isQuiet(locals: Locals): boolean {
  const { cuts } = dataOf<Source>(locals.source!);
  const { otherRange, otherRows, acceptedTwice } = dataOf<Ledger>(locals.ledger!);
  const isBusy = (name: string): boolean =>
    /-task\d+(-zombie)?$/.test(name) && dataOf<Task>(locals[name]!).assignment !== null;
  return (
    [...cuts, otherRange, otherRows, acceptedTwice].every((found) => found === null) &&
    !Object.keys(locals).some((name) => name === 'driver2' || isBusy(name))
  );
}
