/** A line on the terminal while explorations run. In a pipe there is none. */
import { type Board, faultsText, type Job } from '../check/index.ts';

/** Redrawn this often, in milliseconds. */
const EVERY = 250;
const CLEAR = '\r\u001b[K';

/**
 * Shows how far the jobs are until the returned function is called.
 * @param stream where to: nothing is written unless it is a terminal.
 * @param what the jobs are for.
 */
export function showProgress(
  jobs: readonly Job[],
  board: Board,
  stream: NodeJS.WriteStream,
  what = 'Row',
): () => void {
  if (!stream.isTTY) return () => {};
  let [states, time] = [0, performance.now()];
  let rate = 0;
  const draw = (): void => {
    const now = performance.now();
    rate = Math.max(0, (board.states - states) / ((now - time) / 1000));
    [states, time] = [board.states, now];
    stream.write(
      CLEAR + progressLine(jobs, board, rate, what).slice(0, (stream.columns ?? 80) - 1),
    );
  };
  const timer = setInterval(draw, EVERY);
  return () => {
    clearInterval(timer);
    stream.write(CLEAR);
  };
}

/** What a command does while jobs run. */
export interface Watching {
  /** For `check` and its kin. */
  readonly onStart: (jobs: readonly Job[], board: Board, what: string) => void;
  /** To be called when all is done. */
  readonly done: () => void;
}

/**
 * Shows progress, and lets Ctrl-C end the search: the first one ends it, and what is decided is
 * reported; the second ends the program.
 */
export function watching(stream: NodeJS.WriteStream): Watching {
  let end = (): void => {};
  return {
    onStart: (jobs, board, what) => {
      end();
      const hide = showProgress(jobs, board, stream, what);
      const halt = (): void => board.halt();
      process.once('SIGINT', halt);
      end = () => {
        hide();
        process.off('SIGINT', halt);
      };
    },
    done: () => end(),
  };
}

/** `Row 3 of 9: replication brokerCrash=1; 812,345 states, 251,000 a second, depth 17, frontier 93,000` */
export function progressLine(
  jobs: readonly Job[],
  board: Board,
  rate: number,
  what = 'Row',
): string {
  const running = board.running;
  const sum = (field: 'states' | 'frontier'): string =>
    running.reduce((total, job) => total + job[field], 0).toLocaleString('en-US');
  const rows = running.map(({ job }) => {
    const { aspect, input } = jobs[job]!;
    return `${aspect} ${faultsText(input.faults)}`;
  });
  const first = Math.min(jobs.length, board.ended + 1);
  if (running.length === 0) return `${what} ${first} of ${jobs.length}`;
  const depth = Math.max(0, ...running.map((job) => job.depth));
  return (
    `${what} ${first} of ${jobs.length}: ${rows.join(' | ')}; ${sum('states')} states, ` +
    `${Math.round(rate).toLocaleString('en-US')} a second, depth ${depth}, ` +
    `frontier ${sum('frontier')}`
  );
}
