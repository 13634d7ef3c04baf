/**
 * What becomes of candidates. Most mend nothing, and a counterexample is found long before all is seen:
 * so every set of changes is looked at shortly in all rows first, then longer, and only what is
 * not broken by then is explored to its end. A look can refuse a candidate; only the whole space lets
 * one pass.
 */
import { cellsOf } from '../cells.ts';
import type { Job, JobResult } from '../job.ts';
import type { Plan, PlannedRow } from '../plan.ts';
import type { Cell } from '../results.ts';
import type { Candidate } from './candidates.ts';
import { isHolding, type Patient, sameFaults } from './patient.ts';
import { isFinal, type Trials } from './trials.ts';

/** States of the looks before the last one, which goes as far as the check itself. */
const LOOKS = [1 << 14, 1 << 18];

/** Rows explored at once, whatever threads there are: what comes out must not depend on them. */
const ROWS_AT_ONCE = 2;

/** One search, and what it is for. */
export interface Course {
  readonly patient: Patient;
  /** The rows in which the patient is to be mended. */
  readonly sick: readonly PlannedRow[];
  /** Must it hold under every fault that is required, also where nothing is known of it now? */
  readonly isWhole: boolean;
  readonly plan: Plan;
  readonly trials: Trials;
  /** How many candidates failed in a row: where most do, the next is looked at first. */
  readonly failed: Map<PlannedRow, number>;
  readonly what: string;
}

/** The rows that a course must hold in, those first in which most candidates failed. */
function rowsOf({ patient, sick, isWhole, failed }: Course): PlannedRow[] {
  const others = patient.others.filter(
    ({ row }) => isWhole || patient.cells.some((cell) => sameFaults(cell, row) && isHolding(cell)),
  );
  const count = (row: PlannedRow): number => failed.get(row) ?? 0;
  return [...sick, ...others].sort((a, b) => count(b) - count(a));
}

/** Those candidates that no short look in any row finds broken, all of them together. */
export async function stillStanding(
  batch: readonly Candidate[],
  course: Course,
): Promise<Candidate[]> {
  const { patient, plan, trials, failed, what } = course;
  let standing = [...batch];
  for (const look of LOOKS.filter((states) => states < plan.settled.maxStates)) {
    for (const row of rowsOf(course)) {
      const jobs = standing.map((each) => ({
        ...jobFor(each, row, course),
        maxStates: look,
        until: patient.ward,
      }));
      const results = await trials.results(jobs, what);
      if (results === null) return [];
      const left = standing.filter((_, i) => !hasFailed(results[i]!, patient));
      failed.set(row, (failed.get(row) ?? 0) + standing.length - left.length);
      standing = left;
    }
  }
  return standing;
}

/** What came of a candidate that was explored to the end. */
export interface Examined {
  /**
   * Cells of the group that hold now and do not with it. Null if it does not mend the patient, takes
   * away what is required, or the search was stopped.
   */
  readonly lost: Cell[] | null;
  /** What kept it from being decided, if it was not: a sentence. */
  readonly limit: string | null;
}

export async function examined(candidate: Candidate, course: Course): Promise<Examined> {
  const { patient, plan, trials, what } = course;
  const { group } = patient;
  const own = rowsOf(course);
  const rest = plan.rows.filter((row) => row.group === group && !own.includes(row));
  const results = new Map<PlannedRow, JobResult>();
  for (const rows of inSteps(own, rest)) {
    const jobs = rows.map((row) => jobFor(candidate, row, course));
    const found = await trials.results(jobs, what);
    if (found === null) return { lost: null, limit: null };
    for (const [i, row] of rows.entries()) results.set(row, found[i]!);
    const wrong = found.filter((result, i) => own.includes(rows[i]!) && !isHeld(result, patient));
    if (wrong.length > 0) {
      const isOpen = !wrong.some((result) => hasFailed(result, patient));
      return { lost: null, limit: isOpen ? limitOf(wrong) : null };
    }
  }
  const rows = [...results.keys()];
  const changed = { ...plan, groups: [group], rows: rows.map((row, job) => ({ ...row, job })) };
  const after = cellsOf(changed, [...results.values()]);
  const withIt = (cell: Cell): Cell | undefined =>
    after.find((each) => each.guarantee === cell.guarantee && sameFaults(each, cell));
  const lost = patient.cells.filter(
    (cell) => isHolding(cell) && (withIt(cell)?.verdict ?? 'holds') !== 'holds',
  );
  const dear = lost.filter(({ required }) => required);
  if (dear.length === 0) return { lost, limit: null };
  const isOpen = dear.every((cell) => withIt(cell)?.verdict === 'undecided');
  return { lost: null, limit: isOpen ? limitOf([...results.values()]) : null };
}

/** The first limit that one of them met, in whatever part. */
const limitOf = (results: readonly JobResult[]): string | null =>
  results
    .flatMap(({ scope }) => [scope, ...(scope.parts ?? [])])
    .flatMap(({ limit }) => limit ?? [])[0] ?? null;

/** A few rows at once while they may refuse the candidate; then the rest. */
function inSteps(own: readonly PlannedRow[], rest: readonly PlannedRow[]): PlannedRow[][] {
  const steps: PlannedRow[][] = [];
  for (let from = 0; from < own.length; from += ROWS_AT_ONCE) {
    steps.push(own.slice(from, from + ROWS_AT_ONCE));
  }
  return rest.length > 0 ? [...steps, [...rest]] : steps;
}

/** What is said of the patient. */
const ofPatient = ({ claims }: JobResult, patient: Patient): JobResult['claims'] =>
  claims.filter(({ claim }) => patient.claims.includes(claim));

/** Do the claims hold, and not for want of anything happening? */
function isHeld(result: JobResult, patient: Patient): boolean {
  const own = ofPatient(result, patient);
  return (
    own.length > 0 && result.unmet.length === 0 && own.every(({ verdict }) => verdict === 'holds')
  );
}

/** Is it known not to hold, however far one goes on? */
function hasFailed(result: JobResult, patient: Patient): boolean {
  if (ofPatient(result, patient).some(({ verdict }) => verdict === 'broken')) return true;
  return isFinal(result) && !isHeld(result, patient);
}

/** The exploration of a row with the candidate's changes, all claims of the aspect judged. */
function jobFor(
  candidate: Candidate,
  { row: { faults } }: PlannedRow,
  { patient: { group, assuming }, plan }: Course,
): Job {
  const { maxStates, maxBytes, seed, bounds } = plan.settled;
  const { aspect, subjects } = group;
  const base = candidate.reduce((now, { apply }) => apply(now), subjects[0]!.base);
  const { input } = aspect.inputOf(base, { faults, bounds, repairs: assuming });
  const only = aspect.guarantees.flatMap(({ claims }) => claims);
  return { aspect: aspect.name, input, maxStates, maxBytes, seed, runs: 0, only };
}
