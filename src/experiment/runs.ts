/** The runs of units, on threads or in turn: the same rows in whatever order they come. */
import type { RowKind } from '../sweep/rows-file.ts';
import type { Unit } from './experiment.ts';
import type { ExperimentRow } from './row.ts';
import { run } from './run.ts';
import type { RunSetting } from './setting.ts';

/** A row as the file has it. */
export interface RunRow extends ExperimentRow {
  /** What tells its setting from any other. */
  readonly of: string;
}

/** What a thread is given: one setting, and which seeds. */
export interface Assignment {
  readonly setting: RunSetting;
  readonly seeds: readonly number[];
  /** What is in the file that the workload names; empty if it names none. */
  readonly recording: string;
}

/** Does an assignment, on whatever thread it is called. */
export const work = ({ setting, seeds, recording }: Assignment): ExperimentRow['result'][] =>
  seeds.map((seed) => {
    const { samples: _none, ...result } = run(setting, seed, { readText: () => recording }).result;
    return plain(result);
  });

/** What JSON gives back is what was written: all its numbers are finite. */
function plain(result: ExperimentRow['result']): ExperimentRow['result'] {
  const text = JSON.stringify(result, (key, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new RangeError(`${key} is ${value}, which no row can hold.`);
    }
    return value;
  });
  return JSON.parse(text);
}

export const rowOf = (
  { cell, settings, fault, of, firstRun }: Unit,
  seed: number,
  result: ExperimentRow['result'],
): RunRow => ({ run: firstRun + seed - 1, cell, settings, fault, seed, of, result });

/** Rows of `units` with `seeds` runs each, as a file has them. */
export function rowsFor(units: readonly Unit[], seeds: number): RowKind<RunRow> {
  const known = new Map(units.map((unit) => [unit.firstRun / seeds, unit]));
  return {
    one: 'run',
    whole: 'experiment',
    numberOf: ({ run: number }) => number,
    read: (content) => {
      if (typeof content !== 'object' || content === null || !('result' in content)) return null;
      const row = content as RunRow;
      const unit = known.get(Math.floor(row.run / seeds));
      if (!unit || typeof row.result !== 'object' || row.result === null) return null;
      const due = rowOf(unit, (row.run % seeds) + 1, row.result);
      return JSON.stringify(row) === JSON.stringify(due) ? row : null;
    },
  };
}

/** A unit, and the seeds that are still to be run. */
export interface Open {
  readonly unit: Unit;
  readonly seeds: readonly number[];
}

export function openUnits(units: readonly Unit[], seeds: number, done: readonly RunRow[]): Open[] {
  const finished = new Set(done.map(({ run: number }) => number));
  const all = Array.from({ length: seeds }, (_, at) => at + 1);
  return units
    .map((unit) => ({
      unit,
      seeds: all.filter((seed) => !finished.has(unit.firstRun + seed - 1)),
    }))
    .filter((open) => open.seeds.length > 0);
}

/** What the tables of the models hang on: runs that have it alike fill them for one another. */
const modelOf = ({ setting: { kafka, spark } }: Unit): string =>
  JSON.stringify([
    [kafka.replicationFactor, kafka.minInsyncReplicas, kafka.acks, kafka.uncleanElection],
    [spark.workers, spark.storage, spark.sink, spark.stateful, spark.failOnDataLoss],
  ]);

/** A stretch of units for each thread, equal models together. */
export function lanesOf(open: readonly Open[], threads: number): Open[][] {
  const keyed = open.map((each) => ({ each, key: modelOf(each.unit) }));
  // Sorting is stable: units of equal models stay in their order.
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const most = Math.ceil(keyed.length / Math.max(1, threads));
  return Array.from({ length: Math.max(1, threads) }, (_, lane) =>
    keyed.slice(lane * most, (lane + 1) * most).map(({ each }) => each),
  );
}

/** Does one assignment; one such for each thread. */
export type Worker = (assignment: Assignment) => Promise<ExperimentRow['result'][]>;

/**
 * Does all that is open. A worker that has done its own stretch takes from the end of the longest.
 * @param isStopped looked at before a unit is begun.
 */
export async function runAll(
  open: readonly Open[],
  workers: readonly Worker[],
  readText: (file: string) => string,
  onRows: (rows: RunRow[]) => void,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const lanes = lanesOf(open, workers.length);
  const take = (lane: number): Open | undefined => {
    const own = lanes[lane]!.shift();
    if (own) return own;
    return lanes.reduce((longest, each) => (each.length > longest.length ? each : longest)).pop();
  };
  await Promise.all(
    workers.map(async (does, lane) => {
      for (let next = take(lane); next && !isStopped(); next = take(lane)) {
        const { unit, seeds } = next;
        const { workload } = unit.setting;
        const recording = workload.kind === 'recorded' ? readText(workload.file) : '';
        const results = await does({ setting: unit.setting, seeds, recording });
        onRows(seeds.map((seed, at) => rowOf(unit, seed, results[at]!)));
      }
    }),
  );
}
