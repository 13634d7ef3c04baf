/** A thread that does jobs. */
import { Board } from './board.ts';
import { type Job, type JobResult, runJob, skippedJob } from './job.ts';

/** A job, and where its thread finds the board. */
export interface Assignment {
  readonly job: Job;
  readonly index: number;
  readonly jobs: number;
  readonly shared: Board['shared'];
}

/** Does one job, on whatever thread it is called. */
export default function work({ job, index, jobs, shared }: Assignment): JobResult {
  const board = new Board(jobs, shared);
  if (board.isHalted) return skippedJob(job, 'Interrupted before it began.');
  board.begin(index);
  try {
    return runJob(job, board.watch(index));
  } finally {
    board.end(index);
  }
}
