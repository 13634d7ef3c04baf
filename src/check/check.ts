/** A deployment in, verdicts out. */
import type { Deployment } from '../config/index.ts';
import { mergeCoverage } from '../engine/coverage.ts';
import { knownAspect } from './aspects/index.ts';
import { Board } from './board.ts';
import { cellsOf, silences, unjudged, unstruck, withRepairs } from './cells.ts';
import { type Job, type JobResult, skippedJob } from './job.ts';
import { type CheckOptions, findingsOf, type Plan, planOf } from './plan.ts';
import { type Editor, withRepair } from './repair/search.ts';
import type { Cell, Results, Verdict } from './results.ts';
import { inTurn, type Runner } from './runner.ts';
import { toolVersion } from './version.ts';

/** Who does the work of a check, and who looks on. */
export interface Onlooker {
  /**
   * Told before work begins: the jobs, the board on which they report, and what they are for. Again
   * where broken rows are explored with findings repaired, and for each step of the search for repairs.
   */
  readonly onStart?: (jobs: readonly Job[], board: Board, what: string) => void;
  /** Default: this thread, one job after the other. */
  readonly runner?: Runner;
  /** Turns repairs into changed lines of files (default: they are told as settings only). */
  readonly edit?: Editor;
}

/** Explores every row of the deployment's table. */
export async function check(
  deployment: Deployment,
  options: CheckOptions = {},
  onlooker: Onlooker = {},
): Promise<Results> {
  const begun = performance.now();
  const plan = planOf(deployment, options);
  const first = await explored(plan.jobs, onlooker, 'Row');
  const { results, halted } = first;
  const read = halted ? null : await readings(plan, results, onlooker);
  const judged = read?.cells ?? cellsOf(plan, results);
  const cells =
    options.repair && read && !read.again.halted
      ? await cured(judged, plan, deployment, onlooker, [first, read.again])
      : judged;
  const spared = unstruck(plan, cells);
  const judging = [...new Set(plan.groups.map(({ aspect }) => aspect))];
  return {
    schema: 1,
    tool: { name: 'holdfast', version: toolVersion() },
    deployment: describe(deployment, plan),
    guarantees: judging.flatMap(({ name: aspect, guarantees }) =>
      guarantees.map(({ name, means }) => ({
        name,
        aspect,
        means,
        required: plan.required.includes(name),
      })),
    ),
    findings: judging.flatMap(({ name: aspect, findings }) =>
      findings
        ? {
            aspect,
            about: findings.about,
            see: findings.see,
            list: findings.list.map(({ id, title, confidence }) => ({ id, title, confidence })),
          }
        : [],
    ),
    options: {
      ...plan.settled,
      within: Object.fromEntries(
        judging.map((aspect) => [aspect.name, aspect.boundsText(plan.settled.bounds)]),
      ),
      accept: [...plan.settled.accept],
    },
    verdict: overall(cells, [...unjudged(plan), ...spared]),
    cells,
    notes: [...silences(plan, results), ...spared],
    coverage: coverageOf(plan, results),
    run: {
      seconds: Math.round(performance.now() - begun) / 1000,
      workers: (onlooker.runner ?? inTurn).threads(plan.jobs),
    },
  };
}

/** Jobs, and what they found. */
interface Explored {
  readonly jobs: readonly Job[];
  readonly results: JobResult[];
  readonly halted: boolean;
}

/** The cells, and for those that are broken what repaired findings make of them. */
async function readings(
  plan: Plan,
  results: readonly JobResult[],
  onlooker: Onlooker,
): Promise<{ cells: Cell[]; again: Explored }> {
  const cells = cellsOf(plan, results);
  const all = (aspect: string): string[] => findingsOf(knownAspect(aspect));
  const open = (aspect: string): string[] =>
    all(aspect).filter((id) => !plan.settled.accept.includes(id));
  const isBroken = ({ claims }: JobResult): boolean =>
    claims.some(({ verdict }) => verdict === 'broken');
  const again = plan.jobs.flatMap((job, i) =>
    isBroken(results[i]!) && open(job.aspect).length > 0 ? [i] : [],
  );
  if (again.length === 0) return { cells, again: { jobs: [], results: [], halted: false } };
  const jobs = again.map((i): Job => {
    const job = plan.jobs[i]!;
    return { ...job, input: { ...job.input, repairs: all(job.aspect) } };
  });
  const second = await explored(jobs, onlooker, 'With findings repaired, row');
  const mixed = results.map((result, i) => second.results[again.indexOf(i)] ?? result);
  return { cells: withRepairs(cells, cellsOf(plan, mixed), open), again: second };
}

/** The cells with the repairs of those that are required and broken. */
async function cured(
  cells: readonly Cell[],
  plan: Plan,
  deployment: Deployment,
  { onStart, runner = inTurn, edit }: Onlooker,
  done: readonly Explored[],
): Promise<Cell[]> {
  const boards: Board[] = [];
  return withRepair(cells, {
    plan,
    deployment,
    runner,
    edit,
    done,
    onStart: (jobs, board, what) => {
      boards.push(board);
      onStart?.(jobs, board, what);
    },
    isHalted: () => boards.some((board) => board.isHalted),
  });
}

/** Runs the jobs that the models can run. */
export async function explored(
  jobs: readonly Job[],
  { onStart, runner = inTurn }: Onlooker,
  what: string,
): Promise<Explored> {
  const reasons = jobs.map(({ aspect, input }) => knownAspect(aspect).refusal(input));
  const possible = jobs.filter((_, i) => reasons[i] === null);
  const board = new Board(possible.length);
  onStart?.(possible, board, what);
  const found = await runner.run(possible, board);
  const results = jobs.map((job, i) =>
    reasons[i] === null ? found.shift()! : skippedJob(job, reasons[i]!),
  );
  return { jobs, results, halted: board.isHalted };
}

/** All explorations of an aspect together. What no budget can pay for is not said to be missing. */
function coverageOf(plan: Plan, results: readonly JobResult[]): Results['coverage'] {
  const names = [...new Set(plan.jobs.map(({ aspect }) => aspect))];
  const byAspect = names.flatMap((name) => {
    const own = results.filter((_, i) => plan.jobs[i]!.aspect === name);
    const seen = own.flatMap(({ coverage }) => (coverage ? [coverage] : []));
    if (seen.length === 0) return [];
    const payable = new Set(own.flatMap((result) => result.payable));
    const merged = mergeCoverage(seen);
    const neverFired = merged.neverFired.filter((kind) => payable.has(kind));
    return [[name, { ...merged, neverFired }]];
  });
  return Object.fromEntries(byAspect) as Results['coverage'];
}

/**
 * Of the required cells: broken wins over undecided, and nothing at all is undecided.
 * @param missing what is asked for and judged nowhere, guarantees and faults: undecided too.
 */
export function overall(cells: readonly Cell[], missing: readonly string[] = []): Verdict {
  const required = cells.filter((cell) => cell.required);
  if (required.some(({ verdict }) => verdict === 'broken')) return 'broken';
  if (required.length === 0 || missing.length > 0) return 'undecided';
  return required.some(({ verdict }) => verdict === 'undecided') ? 'undecided' : 'holds';
}

function describe(deployment: Deployment, plan: Plan): Results['deployment'] {
  const { name, kafkaVersion, behaviour, files, notes, settings } = deployment;
  return {
    name,
    kafkaVersion: kafkaVersion.text,
    behaviour,
    files: [...files],
    settings: settings.map((setting) => ({ ...setting })),
    subjects: plan.groups.flatMap(({ aspect, subjects }) =>
      subjects.map((subject) => ({
        aspect: aspect.name,
        name: subject.name,
        summary: subject.summary,
        settings: subject.settings.map((setting) => ({ ...setting })),
      })),
    ),
    notes: [...notes],
  };
}
