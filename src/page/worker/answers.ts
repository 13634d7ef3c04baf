/** What a worker does with what it is asked; runs wherever JavaScript runs. */
import {
  type Board,
  check,
  type Job,
  type JobResult,
  knownAspect,
  type Runner,
  runJob,
  runOfToken,
  skippedJob,
} from '../../check/index.ts';
import {
  ConfigError,
  type Deployment,
  editsFor,
  type Files,
  memoryFiles,
  readDeploymentFrom,
} from '../../config/index.ts';
import { TokenError } from '../../schedulers/token.ts';
import { filesOf } from '../../sweep/cell.ts';
import { Explorer } from '../explorer/core.ts';
import type { Ask, Built, Dropped, Method, Methods, Reply, Settled } from './messages.ts';

/** Most bytes of one exploration: a browser gives a page a few gigabytes in all. */
export const MAX_BYTES = 2 ** 30;

type Note<M extends Method> = (note: Methods[M]['note']) => void;
type Answers = {
  [M in Method]: (
    ask: Methods[M]['ask'],
    note: Note<M>,
    id: number,
  ) => Methods[M]['answer'] | Promise<Methods[M]['answer']>;
};

/** A worker's side of the talk. */
export class Answerer {
  private readonly reply: (reply: Reply) => void;
  /** The explorer asked last: its tables are worth keeping. */
  private kept: { key: string; explorer: Explorer } | null = null;
  /** Checks under way, by the number of their question. */
  private readonly settling = new Map<number, (settled: Settled) => void>();

  constructor(reply: (reply: Reply) => void) {
    this.reply = reply;
  }

  async take(ask: Ask): Promise<void> {
    const { id } = ask;
    if ('told' in ask) {
      this.settling.get(id)?.(ask.told);
      return;
    }
    try {
      const note = (said: unknown): void => this.reply({ id, note: said });
      const answer = await (this.answers[ask.method] as Answers['open'])(
        ask.ask as never,
        note,
        id,
      );
      this.reply({ id, answer });
    } catch (error) {
      const isPlain = error instanceof ConfigError || error instanceof TokenError;
      const { message, stack } = error as Error;
      this.reply({ id, error: { message: isPlain ? message : (stack ?? message), isPlain } });
    }
  }

  private readonly answers: Answers = {
    open: (token) => {
      const { aspect, input, moves } = runOfToken(token);
      const steps = moves.map(({ stimulus, lost }) => ({ stimulus, lost }));
      return { aspect: aspect.name, input, moves: steps };
    },

    look: ({ built, place }) => this.explorerOf(built).look(place),

    search: ({ built, claim, after, maxStates }, note) =>
      this.explorerOf(built).search(claim, after, { maxStates, maxBytes: MAX_BYTES }, note),

    check: async ({ dropped, options, threads }, note, id) => {
      const { files, deployment } = deploymentIn(dropped);
      const run = (jobs: readonly Job[], board: Board): Promise<JobResult[]> =>
        this.elsewhere(id, jobs, board, note);
      const runner: Runner = { threads: () => threads, run };
      try {
        return await check(
          deployment,
          { maxBytes: MAX_BYTES, ...options },
          {
            runner,
            edit: (wanted, subjects) =>
              editsFor(files, dropped.paths, deployment, wanted, subjects),
          },
        );
      } finally {
        this.settling.delete(id);
      }
    },

    files: filesOf,

    job: (job, note) => runJob(job, { report: note, isStopped: () => false }),
  };

  /** The jobs done by others: the page hands them out and tells what came of them. */
  private elsewhere(
    id: number,
    jobs: readonly Job[],
    board: Board,
    note: Note<'check'>,
  ): Promise<JobResult[]> {
    if (jobs.length === 0) return Promise.resolve([]);
    const results: JobResult[] = new Array(jobs.length);
    let left = jobs.length;
    return new Promise((resolve) => {
      this.settling.set(id, ({ index, result }) => {
        if (result === null) board.halt();
        results[index] = result ?? skippedJob(jobs[index]!, 'Stopped before it ended.');
        left--;
        if (left === 0) resolve(results);
      });
      note({ jobs, order: byEffort(jobs) });
    });
  }

  private explorerOf({ aspect, input }: Built): Explorer {
    const key = JSON.stringify([aspect, input]);
    if (this.kept?.key !== key) {
      this.kept = { key, explorer: new Explorer(knownAspect(aspect), input) };
    }
    return this.kept.explorer;
  }
}

function deploymentIn({ files: contents, paths, isSwept = false }: Dropped): {
  files: Files;
  deployment: Deployment;
} {
  const files = memoryFiles(contents);
  const deployment = readDeploymentFrom(files, paths);
  const topics = deployment.topics.filter(({ internal }) => !(isSwept && internal));
  return { files, deployment: { ...deployment, topics } };
}

/** Those that will take longest first. */
function byEffort(jobs: readonly Job[]): number[] {
  const effort = ({ aspect, input }: Job): number => knownAspect(aspect).effort(input);
  return [...jobs.keys()].sort((a, b) => effort(jobs[b]!) - effort(jobs[a]!));
}
