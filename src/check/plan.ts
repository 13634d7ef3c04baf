/** What a check explores: subjects, rows, and one job for each distinct exploration. */
import { findings } from '../../models/kafka/index.ts';
import { guarantees } from '../../properties/kafka/index.ts';
import type { Deployment } from '../config/index.ts';
import type { Budget } from '../model/index.ts';
import { BOUNDS, type BoundsName } from './bounds.ts';
import type { Job } from './job.ts';
import { exploredFaults, faultRows, type Row } from './rows.ts';
import { type KafkaInput, type Subject, subjectOfTopic } from './subject.ts';

export interface CheckOptions {
  /** How far the model is followed (default small). */
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
  /** Findings about Kafka itself to take as repaired, instead of those of holdfast.yaml. */
  readonly accept?: readonly string[];
}

/** Findings about Kafka itself. */
export const FINDING_IDS: readonly string[] = findings.map(({ id }) => id);

/** The guarantees there are, in the order in which they are reported. */
export const GUARANTEE_NAMES: readonly string[] = guarantees.map(({ name }) => name);

/** Guarantees that must hold unless holdfast.yaml or the caller says otherwise. */
export const REQUIRED_BY_DEFAULT = [
  'no-acked-loss',
  'readers-never-see-loss',
  'one-leader-per-epoch',
  'clean-leaders-are-complete',
] as const;

/** Random runs after a search that a limit stopped: a few seconds' worth. */
const RUNS = 2000;

/** Topics with equal settings: they stand or fall together. */
export interface Group {
  readonly subject: Subject;
  readonly topics: readonly string[];
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
  readonly settled: Required<Omit<CheckOptions, 'faults' | 'require'>>;
  /** Names of the required guarantees. */
  readonly required: readonly string[];
  readonly rows: readonly PlannedRow[];
  readonly jobs: readonly Job[];
}

export function planOf(deployment: Deployment, options: CheckOptions = {}): Plan {
  const { require: wanted, faults: asked, ...rest } = options;
  const accept = rest.accept ?? deployment.accept ?? [];
  const settled = {
    bounds: 'small' as const,
    maxStates: 10_000_000,
    maxBytes: 4 * 2 ** 30,
    seed: 1,
    ...rest,
    accept: FINDING_IDS.filter((id) => accept.includes(id)),
  };
  const groups = groupsOf(deployment);
  const rows = faultRows(asked, deployment.survive);
  const jobs = new Map<string, { index: number; job: Job }>();
  const planned = groups.flatMap((group) =>
    rows.map((row): PlannedRow => {
      const { faults, note } = exploredFaults(group.subject, row.faults);
      const { storage: _storage, ...model } = group.subject;
      const repairs = settled.accept;
      const input: KafkaInput = { ...model, bounds: BOUNDS[settled.bounds], faults, repairs };
      const key = JSON.stringify(input);
      const known = jobs.get(key) ?? { index: jobs.size, job: jobOf(input, settled) };
      jobs.set(key, known);
      return { group, row, job: known.index, note };
    }),
  );
  return {
    settled,
    required: requiredOf(wanted ?? deployment.require?.guarantees),
    rows: planned,
    jobs: [...jobs.values()].map(({ job }) => job),
  };
}

const jobOf = (
  input: KafkaInput,
  { maxStates, maxBytes, seed }: Pick<Job, 'maxStates' | 'maxBytes' | 'seed'>,
): Job => ({ input, maxStates, maxBytes, seed, runs: RUNS });

/** In the order in which guarantees are listed. */
function requiredOf(wanted: readonly string[] = REQUIRED_BY_DEFAULT): string[] {
  return GUARANTEE_NAMES.filter((name) => wanted.includes(name));
}

function groupsOf(deployment: Deployment): Group[] {
  const groups = new Map<string, { subject: Subject; topics: string[] }>();
  for (const topic of deployment.topics) {
    const subject = subjectOfTopic(topic, deployment);
    const key = JSON.stringify(subject);
    const known = groups.get(key) ?? { subject, topics: [] };
    groups.set(key, known);
    known.topics.push(topic.name);
  }
  return [...groups.values()];
}
