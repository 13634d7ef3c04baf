/** A deployment in, verdicts out. */
import { findings } from '../../models/kafka/index.ts';
import { guarantees } from '../../properties/kafka/index.ts';
import type { Deployment } from '../config/index.ts';
import { mergeCoverage } from '../engine/coverage.ts';
import { Board } from './board.ts';
import { BOUNDS, boundsText } from './bounds.ts';
import { cellsOf, silences, withRepairs } from './cells.ts';
import { type Job, type JobResult, skippedJob } from './job.ts';
import { type CheckOptions, FINDING_IDS, type Plan, planOf } from './plan.ts';
import { runJobs, workersFor } from './pool.ts';
import type { Cell, Results, Verdict } from './results.ts';
import { beyondModel, subjectOfTopic, summaryOf } from './subject.ts';
import { toolVersion } from './version.ts';

/** Who looks on while a check runs. */
export interface Onlooker {
  /**
   * Told before the work begins: the jobs, and the board on which they report. Once more where
   * broken rows are explored again with findings repaired.
   */
  readonly onStart?: (jobs: readonly Job[], board: Board) => void;
  /** Threads; 0: none but this one. Default: what cores and memory allow. */
  readonly workers?: number;
}

/** Explores every row of the deployment's table. */
export async function check(
  deployment: Deployment,
  options: CheckOptions = {},
  onlooker: Onlooker = {},
): Promise<Results> {
  const begun = performance.now();
  const plan = planOf(deployment, options);
  const workers = onlooker.workers ?? workersFor(plan.jobs);
  const { results, halted } = await explored(plan.jobs, workers, onlooker);
  const cells = halted ? cellsOf(plan, results) : await readings(plan, results, workers, onlooker);
  return {
    schema: 1,
    tool: { name: 'holdfast', version: toolVersion() },
    deployment: describe(deployment),
    guarantees: guarantees.map(({ name, means }) => ({
      name,
      means,
      required: plan.required.includes(name),
    })),
    findings: {
      about: 'Kafka itself',
      see: 'models/kafka/README.md',
      list: findings.map(({ id, title, confidence }) => ({ id, title, confidence })),
    },
    options: {
      ...plan.settled,
      within: boundsText(BOUNDS[plan.settled.bounds]),
      accept: [...plan.settled.accept],
    },
    verdict: overall(cells),
    cells,
    notes: silences(plan, results),
    coverage: coverageOf(results),
    run: { seconds: Math.round(performance.now() - begun) / 1000, workers },
  };
}

/** The cells, and for those that are broken what repaired findings make of them. */
async function readings(
  plan: Plan,
  results: readonly JobResult[],
  workers: number,
  onlooker: Onlooker,
): Promise<Cell[]> {
  const cells = cellsOf(plan, results);
  const open = FINDING_IDS.filter((id) => !plan.settled.accept.includes(id));
  const isBroken = ({ claims }: JobResult): boolean =>
    claims.some(({ verdict }) => verdict === 'broken');
  const again = plan.jobs.flatMap((_, i) => (isBroken(results[i]!) ? [i] : []));
  if (open.length === 0 || again.length === 0) return cells;
  const jobs = again.map((i): Job => {
    const job = plan.jobs[i]!;
    return { ...job, input: { ...job.input, repairs: FINDING_IDS } };
  });
  const { results: found } = await explored(jobs, workers, onlooker);
  const mixed = results.map((result, i) => found[again.indexOf(i)] ?? result);
  return withRepairs(cells, cellsOf(plan, mixed), open);
}

/** Runs the jobs that the model can run. */
async function explored(
  jobs: readonly Job[],
  workers: number,
  { onStart }: Onlooker,
): Promise<{ results: JobResult[]; halted: boolean }> {
  const reasons = jobs.map(({ input }) => beyondModel(input));
  const possible = jobs.filter((_, i) => reasons[i] === null);
  const board = new Board(possible.length);
  onStart?.(possible, board);
  const found = await runJobs(possible, board, workers);
  const results = jobs.map((job, i) =>
    reasons[i] === null ? found.shift()! : skippedJob(job, reasons[i]!),
  );
  return { results, halted: board.isHalted };
}

/** All explorations together. What no budget can pay for is not said to have never happened. */
function coverageOf(results: readonly JobResult[]): Results['coverage'] {
  const seen = results.flatMap(({ coverage }) => (coverage ? [coverage] : []));
  if (seen.length === 0) return null;
  const payable = new Set(results.flatMap((result) => result.payable));
  const merged = mergeCoverage(seen);
  const neverFired = merged.neverFired.filter((kind) => payable.has(kind));
  return { ...merged, neverFired } as unknown as Results['coverage'];
}

/** Of the required cells: broken wins over undecided, and nothing at all is undecided. */
export function overall(cells: readonly Cell[]): Verdict {
  const required = cells.filter((cell) => cell.required);
  if (required.length === 0) return 'undecided';
  if (required.some(({ verdict }) => verdict === 'broken')) return 'broken';
  return required.some(({ verdict }) => verdict === 'undecided') ? 'undecided' : 'holds';
}

function describe(deployment: Deployment): Results['deployment'] {
  const { name, kafkaVersion, behaviour, files, topics, notes } = deployment;
  return {
    name,
    kafkaVersion: kafkaVersion.text,
    behaviour,
    files: [...files],
    settings: deployment.settings.map((setting) => ({ ...setting })),
    topics: topics.map((topic) => ({
      name: topic.name,
      summary: summaryOf(subjectOfTopic(topic, deployment)),
      settings: topic.settings.map((setting) => ({ ...setting })),
    })),
    notes: [...notes],
  };
}
