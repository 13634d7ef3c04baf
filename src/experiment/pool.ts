/** Runs on all cores. */
import Tinypool from 'tinypool';
import { type Worker, work } from './runs.ts';

/**
 * Workers, one a thread, as long as `use` runs. Each thread is its own pool, so that it can be given
 * the runs that its tables fit.
 * @param threads 0: runs are done on the caller's own thread.
 */
export async function withWorkers<T>(
  threads: number,
  use: (workers: readonly Worker[]) => Promise<T>,
): Promise<T> {
  // Threads run the compiled program; from its sources, as tests do, there is none.
  if (threads === 0 || !import.meta.url.endsWith('.js')) return use([async (one) => work(one)]);
  const filename = new URL('./worker.js', import.meta.url).href;
  const pools = Array.from(
    { length: threads },
    () => new Tinypool({ filename, minThreads: 1, maxThreads: 1 }),
  );
  try {
    return await use(pools.map((pool) => (assignment) => pool.run(assignment)));
  } finally {
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}
