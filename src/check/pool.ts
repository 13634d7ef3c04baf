/** Jobs on all cores. */
import { availableParallelism, totalmem } from 'node:os';
import Tinypool from 'tinypool';
import { knownAspect } from './aspects/index.ts';
import { Board } from './board.ts';
import type { Job, JobResult } from './job.ts';
import { type Assignment, assignmentsOf, inTurn, type Runner, work } from './runner.ts';

/** The share of the machine's memory that all visited sets together may take. */
const MEMORY_SHARE = 0.75;

/** A thread without work stays for as long as a timer can be set: a pool ends its threads itself. */
const IDLE_MS = 2 ** 31 - 1;

/** Threads for jobs of that size: one a core, as far as memory goes. */
function mostThreads(jobs: readonly Job[]): number {
  const largest = Math.max(1, ...jobs.map(({ maxBytes }) => maxBytes));
  const fitting = Math.floor((totalmem() * MEMORY_SHARE) / largest);
  return Math.max(1, Math.min(availableParallelism(), fitting));
}

/** Threads that `jobs` are given. */
const threadsFor = (jobs: readonly Job[]): number =>
  Math.max(1, Math.min(mostThreads(jobs), jobs.length));

/** One job a core at once, as far as memory goes. The threads are new ones every time. */
export const onThreads: Runner = {
  threads: threadsFor,
  run: (jobs, board) => usingThreads(({ run }) => run(jobs, board)),
};

/**
 * A runner whose threads stay while `use` runs: what they have compiled is not compiled again for
 * every few jobs.
 */
export async function usingThreads<T>(use: (runner: Runner) => Promise<T>): Promise<T> {
  // Threads run the compiled program; from its sources, as tests do, there is none.
  if (!import.meta.url.endsWith('.js')) return use({ ...inTurn, threads: threadsFor });
  const pools = new Map<number, Tinypool>();
  const poolFor = (threads: number): Tinypool => {
    const pool = pools.get(threads) ?? poolOf(threads, 0);
    pools.set(threads, pool);
    return pool;
  };
  try {
    return await use({
      threads: threadsFor,
      run: (jobs, board) => runOn(poolFor(mostThreads(jobs)), jobs, board),
    });
  } finally {
    await Promise.all([...pools.values()].map((pool) => pool.destroy()));
  }
}

async function runOn(pool: Tinypool, jobs: readonly Job[], board: Board): Promise<JobResult[]> {
  const results: JobResult[] = new Array(jobs.length);
  await Promise.all(
    byEffort(assignmentsOf(jobs, board)).map(async (assignment) => {
      results[assignment.index] = await pool.run(assignment);
    }),
  );
  return results;
}

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

/** @param atOnce threads that are there from the start; the others come when there is work for them. */
const poolOf = (threads: number, atOnce = threads): Tinypool =>
  new Tinypool({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: atOnce,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
  });

/** Those that will take longest first, so that no core is left with one of them at the end. */
function byEffort(assignments: readonly Assignment[]): Assignment[] {
  const effort = ({ job: { aspect, input } }: Assignment): number =>
    knownAspect(aspect).effort(input);
  return [...assignments].sort((a, b) => effort(b) - effort(a));
}
