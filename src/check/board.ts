/**
 * What running jobs tell while they run, in memory shared between threads: nothing is sent, so
 * nothing can be late or out of order.
 */
import type { Progress } from '../schedulers/explore.ts';
import type { Watch } from './job.ts';

/** Per job: phase, states, moves, depth, frontier. */
const FIELDS = 5;
const BEGUN = 1;
const ENDED = 2;

/** Browsers share no memory with a page opened from a file: there the board is its holder's own. */
const Shareable = globalThis.SharedArrayBuffer ?? ArrayBuffer;

/** A job under way. */
export interface JobProgress extends Progress {
  readonly job: number;
}

export class Board {
  /** Handed to the threads that do the work. */
  readonly shared: { readonly stop: ArrayBufferLike; readonly cells: ArrayBufferLike };
  private readonly stop: Int32Array;
  private readonly cells: Float64Array;

  constructor(jobs: number, shared?: Board['shared']) {
    this.shared = shared ?? {
      stop: new Shareable(4),
      cells: new Shareable(8 * FIELDS * jobs),
    };
    this.stop = new Int32Array(this.shared.stop);
    this.cells = new Float64Array(this.shared.cells);
  }

  /** Ends every job at its next look at the board. */
  halt(): void {
    Atomics.store(this.stop, 0, 1);
  }

  get isHalted(): boolean {
    return Atomics.load(this.stop, 0) === 1;
  }

  begin(job: number): void {
    this.cells[job * FIELDS] = BEGUN;
  }

  end(job: number): void {
    this.cells[job * FIELDS] = ENDED;
  }

  /** How many jobs have ended. */
  get ended(): number {
    return this.phases().filter((phase) => phase === ENDED).length;
  }

  /** The jobs under way. */
  get running(): JobProgress[] {
    return this.phases().flatMap((phase, job) => {
      if (phase !== BEGUN) return [];
      const [, states, moves, depth, frontier] = this.cells.subarray(job * FIELDS);
      return [{ job, states: states!, moves: moves!, depth: depth!, frontier: frontier! }];
    });
  }

  /** States seen in all jobs so far. */
  get states(): number {
    return this.phases().reduce((sum, _, job) => sum + this.cells[job * FIELDS + 1]!, 0);
  }

  watch(job: number): Watch {
    return {
      report: ({ states, moves, depth, frontier }) =>
        this.cells.set([states, moves, depth, frontier], job * FIELDS + 1),
      isStopped: () => this.isHalted,
    };
  }

  private phases(): number[] {
    return [...this.cells].filter((_, i) => i % FIELDS === 0);
  }
}
