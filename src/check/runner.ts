/** Who does the jobs of a check. */
import { Board } from './board.ts';
import { type Job, type JobResult, runJob, skippedJob } from './job.ts';

/** What comes out does not depend on who does the jobs. */
export interface Runner {
  /** Threads that `jobs` would be given; 0: the caller's own. */
  threads(jobs: readonly Job[]): number;
  /** The results in the order of the jobs. */
  run(jobs: readonly Job[], board: Board): Promise<JobResult[]>;
}

/** A job, and where its thread finds the board. */
export interface Assignment {
  readonly job: Job;
  readonly index: number;
  readonly jobs: number;
  readonly shared: Board['shared'];
}

export const assignmentsOf = (jobs: readonly Job[], { shared }: Board): Assignment[] =>
  jobs.map((job, index) => ({ job, index, jobs: jobs.length, shared }));

/** Does one job, on whatever thread it is called. */
export function work({ job, index, jobs, shared }: Assignment): JobResult {
  const board = new Board(jobs, shared);
  if (board.isHalted) return skippedJob(job, 'Interrupted before it began.');
  board.begin(index);
  try {
    return runJob(job, board.watch(index));
  } finally {
    board.end(index);
  }
}

/** One job after the other, on the thread of the caller. */
export const inTurn: Runner = {
  threads: () => 0,
  run: async (jobs, board) => assignmentsOf(jobs, board).map(work),
};
