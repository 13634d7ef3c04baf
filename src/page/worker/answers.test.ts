/** A worker's answers, asked without a browser. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  type Cell,
  type CheckOptions,
  check,
  FINDING_IDS,
  type Results,
} from '../../check/index.ts';
import { planOf } from '../../check/plan.ts';
import { readDeployment } from '../../config/disk.ts';
import { memoryFiles, readDeploymentFrom } from '../../config/index.ts';
import type { SweepCell } from '../../sweep/grid.ts';
import { Answerer } from './answers.ts';
import type { Dropped, Method, Methods, Reply, Wanted } from './messages.ts';

/** A worker, and the page at the other end. */
class Talk {
  readonly worker: Answerer;
  private readonly heard = new Map<number, (reply: Reply) => void>();
  private asked = 0;

  constructor() {
    this.worker = new Answerer((reply) => this.heard.get(reply.id)?.(structuredClone(reply)));
  }

  ask<M extends Method>(
    method: M,
    ask: Methods[M]['ask'],
    onNote: (note: Methods[M]['note'], id: number) => void = () => {},
  ): Promise<Methods[M]['answer']> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.heard.set(id, (reply) => {
        if ('note' in reply) onNote(reply.note as never, id);
        else if ('answer' in reply) resolve(reply.answer as never);
        else reject(new Error(`${reply.error.isPlain ? 'plain: ' : ''}${reply.error.message}`));
      });
      void this.worker.take({ id, method, ask } as never);
    });
  }
}

const tiny: CheckOptions = {
  bounds: 'tiny',
  faults: { brokerCrash: 1, partition: 1 },
  maxStates: 200_000,
};

/** A folder of the examples; all of them are there, for some use the files of others. */
function dropped(folder: string): Dropped {
  const names = readdirSync('examples', { recursive: true, encoding: 'utf8' });
  const files = names
    .map((name) => `examples/${name}`)
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path)]);
  return { files: Object.fromEntries(files), paths: [`examples/${folder}`] };
}

/** A check whose jobs other workers do; `isStopped` says of a job by its place whether it is not done. */
function checked(
  of: Dropped,
  isStopped: (place: number) => boolean,
  options = tiny,
): Promise<Results> {
  const [planner, other] = [new Talk(), new Talk()];
  let place = 0;
  const work = async ({ jobs, order }: Wanted, id: number): Promise<void> => {
    expect([...order].sort((a, b) => a - b)).toEqual([...jobs.keys()]);
    for (const index of order) {
      const result = isStopped(place++) ? null : await other.ask('job', jobs[index]!);
      await planner.worker.take({ id, told: { index, result } });
    }
  };
  return planner.ask('check', { dropped: of, options, threads: 2 }, (wanted, id) => {
    void work(wanted, id);
  });
}

const withoutRun = ({
  run: _run,
  options: { maxBytes: _maxBytes, ...options },
  ...rest
}: Results) => ({
  ...rest,
  options,
});

test('a check among workers says what the command line says', async () => {
  const there = await checked(dropped('laptop'), () => false);
  const here = await check(readDeployment(['examples/laptop']), tiny);
  expect(withoutRun(there)).toEqual(withoutRun(here));
  expect(there.verdict).toBe('broken');
});

test('a check that is stopped keeps what was decided, the rest is undecided', async () => {
  const { cells } = await checked(dropped('laptop'), (place) => place > 0);
  const isStopped = (cell: Cell): boolean => cell.scope.limit === 'Stopped before it ended.';
  const [left, done] = [cells.filter(isStopped), cells.filter((cell) => !isStopped(cell))];
  expect(new Set(left.map(({ verdict }) => verdict))).toEqual(new Set(['undecided']));
  expect(new Set(done.map(({ subjects }) => subjects.join())).size).toBe(1);
  expect(done.find(({ verdict }) => verdict === 'broken')?.counterexample?.length).toBe(2);
});

/** A cell of a safety map: two copies, of which one is enough to acknowledge. */
const cell: SweepCell = {
  cell: 0,
  settings: { acks: 'all', 'min.insync.replicas': 1, 'replication.factor': 2 },
  faults: { diskLoss: 1 },
  bounds: 'tiny',
  maxStates: 100_000,
  accept: [],
};
const curing: CheckOptions = {
  faults: { diskLoss: 1 },
  bounds: 'tiny',
  require: ['no-acked-loss'],
  repair: true,
};
const repairsOf = ({ cells }: Results): unknown[] =>
  cells.flatMap(({ required, verdict, repair }) =>
    required
      ? [[verdict, repair?.edits?.map(({ line, after }) => [line, after.trim()]) ?? repair?.says]]
      : [],
  );

test('a cell of a map is checked as it was swept, its repair a line of its files', async () => {
  const files = await new Talk().ask('files', cell);
  const results = await checked({ files, paths: ['.'], isSwept: true }, () => false, curing);
  const names = results.deployment.subjects.map(({ aspect, name }) => `${aspect} ${name}`);
  expect(names.filter((name) => name.startsWith('replication'))).toEqual(['replication swept']);
  expect(repairsOf(results)).toEqual([['broken', [[9, 'min.insync.replicas: "2"']]]]);
});

test('a check that is stopped while repairs are sought keeps its verdicts', async () => {
  const files = await new Talk().ask('files', cell);
  const of: Dropped = { files, paths: ['.'], isSwept: true };
  // With all findings taken as repaired, what is done after the rows are explored seeks repairs.
  const options = { ...curing, accept: FINDING_IDS };
  const { topics, ...rest } = readDeploymentFrom(memoryFiles(files), ['.']);
  const own = { ...rest, topics: topics.filter(({ internal }) => !internal) };
  const rows = planOf(own, options).jobs.length;
  const results = await checked(of, (place) => place >= rows, options);
  expect(repairsOf(results)).toEqual([['broken', 'The search for a repair was interrupted.']]);
});

test('configuration that cannot be used comes back as its sentence', async () => {
  const files = { 'server.properties': 'acks=1\nmin.insync.replicas=two\n' };
  const ask = { dropped: { files, paths: ['server.properties'] }, options: {}, threads: 1 };
  await expect(new Talk().ask('check', ask)).rejects.toThrow(
    /^plain: server.properties:2: min.insync.replicas is "two"/,
  );
});

test('a token opens the run it was made of, and a damaged one says so', async () => {
  const talk = new Talk();
  const results = await check(readDeployment(['examples/laptop']), tiny);
  const { replay, steps } = results.cells.find(({ counterexample }) => counterexample)!
    .counterexample!;
  const { moves, ...built } = await talk.ask('open', replay);
  const sight = await talk.ask('look', { built, place: { moves, at: moves.length } });
  expect(sight.run.map(({ says }) => says)).toEqual(steps.map(({ says }) => says));
  expect(sight.token).toBe(replay);
  await expect(talk.ask('open', replay.slice(0, -2))).rejects.toThrow(
    'plain: The replay token is damaged: its checksum is wrong. Copy it again, whole.',
  );
});
