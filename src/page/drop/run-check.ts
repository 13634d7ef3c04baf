/** A check on the page's workers: one plans and judges, the others do its jobs. */
import type { CheckOptions, Results } from '../../check/index.ts';
import type { Progress } from '../../schedulers/explore.ts';
import type { Dropped, Wanted } from '../worker/messages.ts';
import { type Call, StoppedError, Thread } from '../worker/thread.ts';

/** How far a check is. */
export interface CheckProgress {
  readonly jobs: number;
  readonly ended: number;
  /** States seen in all jobs so far. */
  readonly states: number;
}

/** A check under way. */
export interface Running {
  readonly results: Promise<Results>;
  /** Ends what is under way: what is decided by then stands, the rest is undecided. */
  readonly stop: () => void;
}

/** Most workers at once: each has its own copy of the tables. */
const MOST_THREADS = 4;

export function runCheck(
  dropped: Dropped,
  options: CheckOptions,
  onProgress: (progress: CheckProgress) => void,
): Running {
  const threads = Math.min(navigator.hardwareConcurrency || 2, MOST_THREADS);
  const planner = new Thread();
  const pool = new Pool(threads, onProgress, (error) => planner.end(error));
  const call: Call<'check'> = planner.call('check', { dropped, options, threads }, (wanted) =>
    pool.begin(wanted, call),
  );
  const end = (): void => {
    pool.end();
    planner.end();
  };
  return { results: call.answer.finally(end), stop: () => pool.stop() };
}

/** Workers that do jobs, one after the other each. */
class Pool {
  private readonly idle: Thread[];
  private readonly onProgress: (progress: CheckProgress) => void;
  private readonly onFailure: (error: Error) => void;
  private readonly busy = new Set<Thread>();
  private wanted: Wanted = { jobs: [], order: [] };
  private waiting: number[] = [];
  private seen: number[] = [];
  private ended = 0;
  private isStopped = false;

  constructor(
    threads: number,
    onProgress: (progress: CheckProgress) => void,
    onFailure: (error: Error) => void,
  ) {
    this.idle = Array.from({ length: threads }, () => new Thread());
    this.onProgress = onProgress;
    this.onFailure = onFailure;
  }

  /** Does the jobs; a check may want some more once these are done. */
  begin(wanted: Wanted, call: Call<'check'>): void {
    this.wanted = wanted;
    this.waiting = [...wanted.order];
    this.seen = wanted.jobs.map(() => 0);
    this.ended = 0;
    this.tell();
    for (const thread of this.idle.splice(0)) void this.work(thread, call);
  }

  stop(): void {
    this.isStopped = true;
    for (const thread of this.busy) thread.end();
  }

  end(): void {
    for (const thread of [...this.busy, ...this.idle]) thread.end();
  }

  private async work(thread: Thread, call: Call<'check'>): Promise<void> {
    this.busy.add(thread);
    for (let index = this.waiting.shift(); index !== undefined; index = this.waiting.shift()) {
      call.tell({ index, result: this.isStopped ? null : await this.resultOf(thread, index) });
      this.ended++;
      this.tell();
    }
    this.busy.delete(thread);
    this.idle.push(thread);
  }

  /** Null if the worker was stopped. */
  private async resultOf(thread: Thread, index: number) {
    const note = ({ states }: Progress): void => {
      this.seen[index] = states;
      this.tell();
    };
    try {
      const result = await thread.call('job', this.wanted.jobs[index]!, note).answer;
      this.seen[index] = result.scope.states;
      return result;
    } catch (error) {
      if (!(error instanceof StoppedError)) this.onFailure(error as Error);
      return null;
    }
  }

  private tell(): void {
    const states = this.seen.reduce((sum, count) => sum + count, 0);
    this.onProgress({ jobs: this.wanted.jobs.length, ended: this.ended, states });
  }
}
