/** Jobs on all cores. */
import { availableParallelism, totalmem } from 'node:os';
import Tinypool from 'tinypool';
import { knownAspect } from './aspects/index.ts';
import { Board } from './board.ts';
import type { Job, JobResult } from './job.ts';
import { type Assignment, assignmentsOf, inTurn, type Runner, work } from './runner.ts';

/** The share of the machine's memory that all visited sets together may take. */
const MEMORY_SHARE = 0.75;

/** One job a core at once, as far as memory goes. */
export const onThreads: Runner = {
  threads: (jobs) => {
    const largest = Math.max(1, ...jobs.map(({ maxBytes }) => maxBytes));
    const fitting = Math.floor((totalmem() * MEMORY_SHARE) / largest);
    return Math.max(1, Math.min(availableParallelism(), jobs.length, fitting));
  },

  run: async (jobs, board) => {
    // Threads run the compiled program; from its sources, as tests do, there is none.
    if (!import.meta.url.endsWith('.js')) return inTurn.run(jobs, board);
    const pool = poolOf(onThreads.threads(jobs));
    try {
      const results: JobResult[] = new Array(jobs.length);
      await Promise.all(
        byEffort(assignmentsOf(jobs, board)).map(async (assignment) => {
          results[assignment.index] = await pool.run(assignment);
        }),
      );
      return results;
    } finally {
      await pool.destroy();
    }
  },
};

/**
 * Threads that do jobs one by one, as long as `use` runs.
 * @param threads 0: jobs are done on the caller's own thread.
 */
export async function withThreads<T>(
  threads: number,
  use: (run: (job: Job) => Promise<JobResult>) => Promise<T>,
): Promise<T> {
  const alone = (job: Job): Assignment => assignmentsOf([job], new Board(1))[0]!;
  if (threads === 0 || !import.meta.url.endsWith('.js'))
    return use(async (job) => work(alone(job)));
  const pool = poolOf(threads);
  try {
    return await use((job) => pool.run(alone(job)));
  } finally {
    await pool.destroy();
  }
}

const poolOf = (threads: number): Tinypool =>
  new Tinypool({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });

/** Those that will take longest first, so that no core is left with one of them at the end. */
function byEffort(assignments: readonly Assignment[]): Assignment[] {
  const effort = ({ job: { aspect, input } }: Assignment): number =>
    knownAspect(aspect).effort(input);
  return [...assignments].sort((a, b) => effort(b) - effort(a));
}
