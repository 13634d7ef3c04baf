/**
 * Tolerance: which fault budgets a guarantee survives. What breaks under a budget breaks under every
 * larger one, so that the frontier between the two says it all: the largest budgets that are survived,
 * and the smallest that are not.
 */
import { z } from 'zod';
import type { Deployment } from '../config/index.ts';
import type { Budget } from '../model/index.ts';
import { knownAspect } from './aspects/index.ts';
import { Board } from './board.ts';
import type { Onlooker } from './check.ts';
import type { Job, JobResult } from './job.ts';
import { skippedJob } from './job.ts';
import { type CheckOptions, type Group, planOf } from './plan.ts';
import { type Counterexample, counterexample } from './results.ts';
import { covers, inOrder } from './rows.ts';
import { inTurn } from './runner.ts';

const budget = z.record(z.string(), z.int().min(1));

const frontier = z.strictObject({
  aspect: z.string(),
  subjects: z.array(z.string()).min(1),
  guarantee: z.string(),
  survives: z.array(budget).describe('The largest budgets explored under which it holds.'),
  breaks: z
    .array(z.strictObject({ faults: budget, counterexample }))
    .describe('The smallest budgets under which it is broken.'),
  undecided: z.array(budget).describe('The smallest budgets of which nothing is known.'),
});

/** What `holdfast tolerance --json` writes. */
export const toleranceSchema = z.strictObject({
  schema: z.literal(1),
  deployment: z.string(),
  most: z.int().min(1).describe('Faults in one run, at most.'),
  bounds: z.string(),
  accept: z.array(z.string()).describe('Findings taken as repaired.'),
  frontiers: z.array(frontier),
});

export type Tolerance = z.infer<typeof toleranceSchema>;
export type Frontier = z.infer<typeof frontier>;

export interface ToleranceOptions
  extends Pick<CheckOptions, 'bounds' | 'maxStates' | 'maxBytes' | 'accept' | 'require'> {
  /** Faults in one run, at most (default 2). */
  readonly most?: number;
  /** Only these fault classes. */
  readonly classes?: readonly string[];
}

/** What is known of one guarantee of a group. */
interface Known {
  readonly group: Group;
  readonly guarantee: string;
  readonly claims: readonly string[];
  readonly holds: Budget[];
  readonly broken: { faults: Budget; counterexample: Counterexample }[];
  readonly open: Budget[];
}

/** Finds the frontier of every required guarantee, budget by budget, the smallest first. */
export async function tolerance(
  deployment: Deployment,
  options: ToleranceOptions = {},
  { onStart, runner = inTurn }: Onlooker = {},
): Promise<Tolerance> {
  const { most = 2, classes, ...rest } = options;
  const plan = planOf(deployment, rest);
  const known = plan.groups.flatMap((group) =>
    group.aspect.guarantees
      .filter(({ name }) => plan.required.includes(name))
      .map(({ name: guarantee, claims }): Known => {
        return { group, guarantee, claims, holds: [], broken: [], open: [] };
      }),
  );
  let isHalted = false;
  for (let count = 0; count <= most && !isHalted; count++) {
    const trials = plan.groups.flatMap((group) => {
      const own = known.filter((each) => each.group === group);
      const faults = group.aspect.faults.filter((fault) => classes?.includes(fault) ?? true);
      return budgetsOf(faults, count)
        .filter((each) => own.some((guarantee) => isAskedOf(guarantee, each)))
        .map((each) => trialOf(group, own, each, plan.settled));
    });
    const possible = trials.filter(({ job }) => refusal(job) === null);
    const board = new Board(possible.length);
    const jobs = possible.map(({ job }) => job);
    onStart?.(jobs, board, `${count === 1 ? '1 fault' : `${count} faults`}, row`);
    const results = await runner.run(jobs, board);
    for (const trial of trials) {
      const result = results[possible.indexOf(trial)];
      note(trial, result ?? skippedJob(trial.job, refusal(trial.job) ?? ''));
    }
    isHalted = board.isHalted;
  }
  return {
    schema: 1,
    deployment: deployment.name,
    most,
    bounds: plan.settled.bounds,
    accept: [...plan.settled.accept],
    frontiers: known.map(frontierOf),
  };
}

interface Trial {
  readonly of: readonly Known[];
  readonly faults: Budget;
  readonly job: Job;
}

const refusal = ({ aspect, input }: Job): string | null => knownAspect(aspect).refusal(input);

/** All budgets of `count` faults, in the order of their classes. */
function budgetsOf(classes: readonly string[], count: number): Budget[] {
  if (count === 0) return [{}];
  return classes.flatMap((fault, i) =>
    budgetsOf(classes.slice(i), count - 1).map((rest) =>
      inOrder({ ...rest, [fault]: 1 + (rest[fault] ?? 0) }, classes),
    ),
  );
}

/** Is it still open, and does the guarantee say anything of it? */
const isAskedOf = ({ group, guarantee, broken }: Known, faults: Budget): boolean =>
  group.aspect.isAsked(guarantee, faults) &&
  !broken.some((smaller) => covers(faults, smaller.faults));

function trialOf(
  group: Group,
  own: readonly Known[],
  faults: Budget,
  { bounds, maxStates, maxBytes, seed, accept }: ReturnType<typeof planOf>['settled'],
): Trial {
  const { aspect, subjects } = group;
  const repairs = accept.filter((id) => aspect.findings?.list.some((finding) => finding.id === id));
  const { input } = aspect.inputOf(subjects[0]!.base, { faults, bounds, repairs });
  const of = own.filter((guarantee) => isAskedOf(guarantee, faults));
  const only = of.flatMap(({ claims }) => claims);
  const job = { aspect: aspect.name, input, maxStates, maxBytes, seed, runs: 0, only, tell: true };
  return { of, faults, job };
}

function note({ of, faults }: Trial, { claims, unmet }: JobResult): void {
  for (const { claims: names, holds, broken, open } of of) {
    const own = claims.filter(({ claim }) => names.includes(claim));
    if (own.length === 0) continue;
    const found = own.flatMap(({ counterexample: each }) => (each ? [each] : []));
    if (found.length > 0) {
      const shortest = found.reduce((best, next) => (next.length < best.length ? next : best));
      broken.push({ faults, counterexample: shortest });
    } else if (unmet.length === 0 && own.every(({ verdict }) => verdict === 'holds')) {
      holds.push(faults);
    } else open.push(faults);
  }
}

function frontierOf({ group, guarantee, holds, broken, open }: Known): Frontier {
  const isLargest = (faults: Budget): boolean =>
    !holds.some((other) => other !== faults && covers(other, faults));
  const isSmallest = (faults: Budget): boolean =>
    !open.some((other) => other !== faults && covers(faults, other));
  return {
    aspect: group.aspect.name,
    subjects: group.subjects.map(({ name }) => name),
    guarantee,
    survives: holds.filter(isLargest).map((faults) => ({ ...faults })),
    breaks: broken.map(({ faults, ...each }) => ({ faults: { ...faults }, ...each })),
    undecided: open.filter(isSmallest).map((faults) => ({ ...faults })),
  };
}
