/** What a check explores: subjects, rows, and one job for each distinct exploration. */
import type { Deployment } from '../config/index.ts';
import type { Budget } from '../model/index.ts';
import type { Aspect, BoundsName, Subject } from './aspects/aspect.ts';
import { aspects, FINDING_IDS, GUARANTEE_NAMES, REQUIRED_BY_DEFAULT } from './aspects/index.ts';
import type { Job } from './job.ts';
import { faultRows, type Row } from './rows.ts';

export interface CheckOptions {
  /** How far the models are followed (default small). */
  readonly bounds?: BoundsName;
  /** Most states of one exploration (default 10 million). */
  readonly maxStates?: number;
  /** Most bytes of one exploration (default 4 GiB). */
  readonly maxBytes?: number;
  /** Seed of the random runs that follow a search which a limit stopped (default 1). */
  readonly seed?: number;
  /** Guarantees that must hold, instead of those of holdfast.yaml. */
  readonly require?: readonly string[];
  /** The one fault budget to check under, instead of the usual rows. */
  readonly faults?: Budget;
  /** Findings about the protocols to take as repaired, instead of those of holdfast.yaml. */
  readonly accept?: readonly string[];
  /** Seek the smallest change of settings that repairs what is required and broken (default false). */
  readonly repair?: boolean;
}

/** Random runs after a search that a limit stopped: a few seconds' worth. */
const RUNS = 2000;

/** Subjects of one aspect with equal settings: they stand or fall together. */
export interface Group {
  readonly aspect: Aspect;
  readonly subjects: readonly Subject<unknown>[];
}

/** A row of a group, and the job that explores it. */
export interface PlannedRow {
  readonly group: Group;
  readonly row: Row;
  /** Index of its job. */
  readonly job: number;
  /** Why the job's budget is not the row's own, if it is not. */
  readonly note: string | null;
}

export interface Plan {
  readonly settled: Required<Omit<CheckOptions, 'faults' | 'require' | 'repair'>>;
  /** Names of the required guarantees. */
  readonly required: readonly string[];
  /** Those of them that somebody asked for by name. */
  readonly named: readonly string[];
  /** The faults that somebody asked for by name. */
  readonly asked: Budget;
  readonly groups: readonly Group[];
  readonly rows: readonly PlannedRow[];
  readonly jobs: readonly Job[];
}

export function planOf(deployment: Deployment, options: CheckOptions = {}): Plan {
  const groups = aspects.flatMap((aspect) => groupsOf(aspect, deployment));
  const rows = groups.flatMap((group) =>
    faultRows(group.aspect.faults, options.faults, deployment.survive).map((row) => ({
      group,
      row,
    })),
  );
  return planFor(rows, deployment, options);
}

/** The plan for these rows alone, whatever else there would be to judge. */
export function planFor(
  rows: readonly Pick<PlannedRow, 'group' | 'row'>[],
  deployment: Pick<Deployment, 'accept' | 'require' | 'survive'>,
  options: CheckOptions,
): Plan {
  const { require: wanted, faults: asked, repair: _repair, ...rest } = options;
  const accept = rest.accept ?? deployment.accept ?? [];
  const settled = {
    bounds: 'small' as const,
    maxStates: 10_000_000,
    maxBytes: 4 * 2 ** 30,
    seed: 1,
    ...rest,
    accept: FINDING_IDS.filter((id) => accept.includes(id)),
  };
  const named = wanted ?? deployment.require?.guarantees;
  const jobs = new Map<string, { index: number; job: Job }>();
  const planned = rows.map(({ group, row }): PlannedRow => {
    const { aspect, subjects } = group;
    const { input, note } = aspect.inputOf(subjects[0]!.base, {
      faults: row.faults,
      bounds: settled.bounds,
      repairs: settled.accept.filter((id) => findingsOf(aspect).includes(id)),
    });
    const job = { aspect: aspect.name, input, ...limitsOf(settled), runs: RUNS };
    const key = JSON.stringify([aspect.name, input]);
    const known = jobs.get(key) ?? { index: jobs.size, job };
    jobs.set(key, known);
    return { group, row, job: known.index, note };
  });
  return {
    settled,
    required: GUARANTEE_NAMES.filter((name) => (named ?? REQUIRED_BY_DEFAULT).includes(name)),
    named: GUARANTEE_NAMES.filter((name) => named?.includes(name)),
    asked: asked ?? deployment.survive ?? {},
    groups: [...new Set(planned.map(({ group }) => group))],
    rows: planned,
    jobs: [...jobs.values()].map(({ job }) => job),
  };
}

/** Findings about the aspect's own protocol. */
export const findingsOf = ({ findings }: Aspect): string[] =>
  findings?.list.map(({ id }) => id) ?? [];

const limitsOf = ({
  maxStates,
  maxBytes,
  seed,
}: Plan['settled']): Pick<Job, 'maxStates' | 'maxBytes' | 'seed'> => ({
  maxStates,
  maxBytes,
  seed,
});

function groupsOf(aspect: Aspect, deployment: Deployment): Group[] {
  const groups = new Map<string, { aspect: Aspect; subjects: Subject<unknown>[] }>();
  for (const subject of aspect.subjectsOf(deployment)) {
    const key = JSON.stringify(subject.base);
    const known = groups.get(key) ?? { aspect, subjects: [] };
    groups.set(key, known);
    known.subjects.push(subject);
  }
  return [...groups.values()];
}
