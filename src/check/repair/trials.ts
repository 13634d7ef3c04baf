/**
 * Explorations of changed deployments: equal ones once, whoever asks, and none again that the check
 * itself has done.
 */

import { knownAspect } from '../aspects/index.ts';
import { Board } from '../board.ts';
import { type Job, type JobResult, skippedJob } from '../job.ts';
import type { Runner } from '../runner.ts';

/** Who does the work of a search for repairs, and who looks on. */
export interface Bench {
  readonly runner: Runner;
  /** Told before explorations begin what they are for. */
  readonly onStart: (jobs: readonly Job[], board: Board, what: string) => void;
  readonly isHalted: () => boolean;
}

/** A result, and how far the search that gave it could have gone. */
interface Known {
  readonly result: JobResult;
  readonly maxStates: number;
}

export class Trials {
  private readonly known = new Map<string, Known>();
  private readonly bench: Bench;

  constructor(bench: Bench) {
    this.bench = bench;
  }

  get isHalted(): boolean {
    return this.bench.isHalted();
  }

  /** Takes over what is known already: results in which all claims of the aspect were judged. */
  add(jobs: readonly Job[], results: readonly JobResult[]): void {
    jobs.forEach((job, i) => {
      const result = results[i]!;
      const best = this.known.get(keyOf(job));
      if (best && best.maxStates > job.maxStates) return;
      this.known.set(keyOf(job), { result, maxStates: job.maxStates });
    });
  }

  /**
   * What the jobs find. One that the model refuses finds nothing; one that was followed as far
   * before, or to its end, is not done again. Null if the search was told to stop.
   * @param what the jobs are for.
   */
  async results(jobs: readonly Job[], what: string): Promise<JobResult[] | null> {
    const { runner, onStart } = this.bench;
    const fresh = new Map<string, Job>();
    for (const job of jobs) {
      if (!this.isKnown(job) && refusalOf(job) === null) fresh.set(keyOf(job), job);
    }
    if (fresh.size > 0) {
      const todo = [...fresh.values()];
      const board = new Board(todo.length);
      onStart(todo, board, what);
      const found = await runner.run(todo, board);
      // What was cut short says nothing.
      if (this.isHalted) return null;
      this.add(todo, found);
    }
    return jobs.map(
      (job) => this.known.get(keyOf(job))?.result ?? skippedJob(job, refusalOf(job) ?? ''),
    );
  }

  private isKnown(job: Job): boolean {
    const best = this.known.get(keyOf(job));
    return best !== undefined && (isFinal(best.result) || best.maxStates >= job.maxStates);
  }
}

const keyOf = ({ aspect, input }: Job): string => JSON.stringify([aspect, input]);
const refusalOf = ({ aspect, input }: Job): string | null => knownAspect(aspect).refusal(input);

/** No limit was met, in no part: no longer search says more. */
export const isFinal = ({ scope }: JobResult): boolean =>
  [scope, ...(scope.parts ?? [])].every(({ limit }) => limit === null);
