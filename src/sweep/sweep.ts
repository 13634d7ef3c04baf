/** Cells in, rows out: several at once, equal explorations only once. */
import { type Job, type JobResult, knownAspect } from '../check/index.ts';
import { rowOf, type SweepRow } from './cell.ts';
import type { SweepCell } from './grid.ts';

/** Cells that are begun before the first of them is done, for each thread. */
const AHEAD = 2;

/** Does each exploration once; says instead why a model refuses one. */
export function remembering(
  run: (job: Job) => Promise<JobResult>,
): (job: Job) => Promise<JobResult | string> {
  const known = new Map<string, Promise<JobResult>>();
  return async (job) => {
    const refusal = knownAspect(job.aspect).refusal(job.input);
    if (refusal !== null) return refusal;
    const key = JSON.stringify([job.aspect, job.input, job.maxStates]);
    const found = known.get(key) ?? run(job);
    known.set(key, found);
    return found;
  };
}

/**
 * Judges `cells`, and hands each row on as soon as it is known, in the order in which they are.
 * @param run does a job.
 * @param isStopped looked at before a cell is begun.
 */
export async function sweep(
  cells: Iterable<SweepCell>,
  threads: number,
  run: (job: Job) => Promise<JobResult>,
  onRow: (row: SweepRow) => void,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const once = remembering(run);
  const waiting = cells[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    while (!isStopped()) {
      const { value, done } = waiting.next();
      if (done) return;
      onRow(await rowOf(value, once));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, threads) * AHEAD }, lane));
}
