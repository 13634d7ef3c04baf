/**
 * Repairs: for a broken guarantee the smallest change of settings that makes it hold, searched and
 * checked again, never looked up.
 */
import type { Deployment, Lines } from '../../config/index.ts';
import type { Board } from '../board.ts';
import type { Job, JobResult } from '../job.ts';
import type { Plan, PlannedRow } from '../plan.ts';
import type { Cell, Repair } from '../results.ts';
import { faultsText } from '../rows.ts';
import type { Runner } from '../runner.ts';
import { type Candidate, candidatesOf, MOST_CHANGES } from './candidates.ts';
import { type Course, examined, stillStanding } from './course.ts';
import { isCurable, isOf, type Patient, patientsOf, sameFaults } from './patient.ts';
import { byHandOf, told } from './told.ts';
import { Trials } from './trials.ts';

/** Changed settings of subjects as lines of the files they were read from. */
export type Editor = (wanted: Repair['changes'], subjects: readonly string[]) => Lines;

/** What a search for repairs is given. */
export interface Context {
  readonly plan: Plan;
  readonly deployment: Deployment;
  readonly runner: Runner;
  readonly isHalted: () => boolean;
  readonly edit?: Editor | undefined;
  readonly onStart: (jobs: readonly Job[], board: Board, what: string) => void;
  /** Explorations that the check has done, all claims of their aspect judged. */
  readonly done: readonly {
    readonly jobs: readonly Job[];
    readonly results: readonly JobResult[];
  }[];
}

interface Ward extends Context {
  readonly trials: Trials;
  /** See `Course`. */
  readonly failed: Map<PlannedRow, number>;
}

/** Sets of changes looked at together, whatever threads there are: what comes out is the same. */
const AT_ONCE = 4;

/** A search for one repair. */
type Search = Ward & Omit<Course, 'what'>;

/**
 * The cells, those that are required and broken by the configuration with their repair. What only
 * findings break has none: no setting mends the protocol.
 */
export async function withRepair(cells: readonly Cell[], context: Context): Promise<Cell[]> {
  const trials = new Trials(context);
  for (const { jobs, results } of context.done) trials.add(jobs, results);
  const ward: Ward = { ...context, trials, failed: new Map() };
  const repaired = [...cells];
  for (const patient of patientsOf(cells, ward.plan)) {
    if (ward.isHalted()) break;
    const repairs = await repairsOf(patient, ward);
    cells.forEach((cell, i) => {
      if (!isOf(patient, cell) || !isCurable(cell)) return;
      const found = patient.broken.findIndex(({ row }) => sameFaults(row, cell));
      repaired[i] = { ...repaired[i]!, repair: repairs[found]! };
    });
  }
  return repaired;
}

/**
 * For each broken row its repair. Where no set of changes mends all of them, those that can be
 * mended are, together if one set does it.
 */
async function repairsOf(patient: Patient, ward: Ward): Promise<Repair[]> {
  const { broken } = patient;
  const whole = await searched({ ...ward, patient, sick: broken, isWhole: true });
  if (isFound(whole) || ward.isHalted()) return broken.map(() => whole);
  const partly = (sick: readonly PlannedRow[]): Promise<Repair> =>
    searched({ ...ward, patient, sick, isWhole: false });
  const alone: Repair[] = [];
  for (const row of broken) alone.push(await partly([row]));
  const curable = broken.filter((_, i) => isFound(alone[i]!));
  const joint = curable.length > 1 ? await partly(curable) : whole;
  return broken.map((_, i) => (isFound(alone[i]!) && isFound(joint) ? joint : alone[i]!));
}

const isFound = ({ changes }: Repair): boolean => changes.length > 0;

/** The first set of changes that mends the patient and takes nothing away that is required. */
async function searched(search: Search): Promise<Repair> {
  const { patient, deployment, edit, isHalted } = search;
  const changes = patient.group.aspect.changesOf(patient.group.subjects, deployment);
  const candidates = candidatesOf(changes);
  const assuming = [...patient.assuming];
  const limits: string[] = [];
  for (let from = 0; from < candidates.length; from += AT_ONCE) {
    const what = `Repair of ${patient.guarantee}, change ${from + 1} of ${candidates.length}, row`;
    const course = { ...search, what };
    const batch = candidates.slice(from, from + AT_ONCE);
    for (const candidate of await stillStanding(batch, course)) {
      const { lost, limit } = await examined(candidate, course);
      if (limit !== null) limits.push(limit);
      if (lost === null) continue;
      const givesUp = lost.map(({ guarantee, faults }) => ({ guarantee, faults }));
      const changed = told(candidate);
      const subjects = patient.group.subjects.map(({ name }) => name);
      const { edits, byHand } = edit?.(changed, subjects) ?? { edits: null, byHand: [] };
      const left = byHandOf(
        candidate,
        byHand.map(({ key }) => key),
      );
      const tried = from + batch.indexOf(candidate) + 1;
      const says = scopeText(search);
      return { changes: changed, edits, byHand: left, givesUp, assuming, tried, says };
    }
    if (isHalted()) {
      const says = 'The search for a repair was interrupted.';
      return { ...nothing, assuming, tried: from, says };
    }
  }
  const says = inVain(changes, candidates.length, limits);
  return { ...nothing, assuming, tried: candidates.length, says };
}

const nothing = { changes: [], edits: null, byHand: [], givesUp: [] };

function scopeText({ sick, isWhole }: Search): string {
  if (isWhole) return 'Checked again under every fault that is required.';
  const budgets = sick.map(({ row }) => faultsText(row.faults)).join(' | ');
  return `Checked again under ${budgets}; nothing is known that mends it under every fault.`;
}

function inVain(changes: Candidate, tried: number, limits: readonly string[]): string {
  if (changes.length === 0) return 'No setting is known that could repair it.';
  const names = [...new Set(changes.map(({ name }) => name))].join(', ');
  const each = `nor up to ${MOST_CHANGES} at once: ${names}.`;
  if (limits.length === 0) return `No change of these settings repairs it, ${each}`;
  return (
    `Of these settings no change is known that repairs it, ${each} Of ${tried} sets of changes ` +
    `${limits.length} were not decided. The first of them: ${limits[0]}`
  );
}
