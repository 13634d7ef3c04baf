/** Jobs on all cores. What comes out does not depend on how many there are. */
import { availableParallelism, totalmem } from 'node:os';
import Tinypool from 'tinypool';
import { Board } from './board.ts';
import type { Job, JobResult } from './job.ts';
import work, { type Assignment } from './worker.ts';

/** The share of the machine's memory that all visited sets together may take. */
const MEMORY_SHARE = 0.75;

/** How many jobs to run at once: one a core, as far as memory goes. */
export function workersFor(jobs: readonly Job[]): number {
  const largest = Math.max(1, ...jobs.map(({ maxBytes }) => maxBytes));
  const fitting = Math.floor((totalmem() * MEMORY_SHARE) / largest);
  return Math.max(1, Math.min(availableParallelism(), jobs.length, fitting));
}

/**
 * Runs `jobs` and returns their results in the same order.
 * @param workers threads; 0 runs everything here, one job after the other.
 */
export async function runJobs(
  jobs: readonly Job[],
  board: Board = new Board(jobs.length),
  workers: number = workersFor(jobs),
): Promise<JobResult[]> {
  const assignments = jobs.map(
    (job, index): Assignment => ({ job, index, jobs: jobs.length, shared: board.shared }),
  );
  // Threads run the compiled program; from its sources, as tests do, there is none.
  const compiled = import.meta.url.endsWith('.js');
  if (workers === 0 || !compiled) return assignments.map(work);
  const pool = new Tinypool({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
  });
  try {
    const results: JobResult[] = new Array(jobs.length);
    await Promise.all(
      byEffort(assignments).map(async (assignment) => {
        results[assignment.index] = await pool.run(assignment);
      }),
    );
    return results;
  } finally {
    await pool.destroy();
  }
}

/** Those that will take longest first, so that no core is left with one of them at the end. */
function byEffort(assignments: readonly Assignment[]): Assignment[] {
  const effort = ({ job: { input } }: Assignment): number =>
    input.replicas * 10 + Object.values(input.faults).reduce((sum, count) => sum + count, 0);
  return [...assignments].sort((a, b) => effort(b) - effort(a));
}
