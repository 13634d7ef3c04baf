/**
 * Repairs: for a broken guarantee the smallest change of settings that makes it hold, searched and
 * checked again, never looked up.
 */
import type { Deployment, Edit } from '../../config/index.ts';
import { Board } from '../board.ts';
import { cellsOf } from '../cells.ts';
import { type Job, type JobResult, skippedJob } from '../job.ts';
import { findingsOf, type Group, type Plan, type PlannedRow } from '../plan.ts';
import type { Cell, Repair } from '../results.ts';
import type { Runner } from '../runner.ts';
import { type Candidate, candidatesOf, MOST_CHANGES } from './candidates.ts';

/** A guarantee of a group that is required and broken, and what it must survive. */
interface Patient {
  readonly group: Group;
  readonly guarantee: string;
  readonly claims: readonly string[];
  /** All cells of the group, as they are. */
  readonly cells: readonly Cell[];
  /** The rows under which it is required, those where it is broken first. */
  readonly rows: readonly PlannedRow[];
  /** Findings taken as repaired: no setting mends them. */
  readonly assuming: readonly string[];
}

/** Changed settings as lines of the files they were read from; null where that is not known. */
export type Editor = (wanted: Repair['changes']) => Edit[] | null;

/** What a search for repairs works with. */
interface Ward {
  readonly plan: Plan;
  readonly deployment: Deployment;
  readonly runner: Runner;
  readonly isHalted: () => boolean;
  readonly edit?: Editor | undefined;
  readonly onStart: (jobs: readonly Job[], board: Board) => void;
  /** What is known of inputs already, all claims of their aspect judged: input as text -> result. */
  readonly known: Map<string, JobResult>;
}

/**
 * The cells, those that are required and broken by the configuration with their repair. What only
 * findings break has none: no setting mends the protocol.
 */
export async function withRepair(
  cells: readonly Cell[],
  context: Omit<Ward, 'known'>,
): Promise<Cell[]> {
  const ward: Ward = { ...context, known: new Map() };
  const repaired = [...cells];
  for (const patient of patientsOf(cells, ward.plan)) {
    if (ward.isHalted()) break;
    const repair = await repairOf(patient, ward);
    cells.forEach((cell, i) => {
      if (isOf(patient, cell) && isCurable(cell)) repaired[i] = { ...repaired[i]!, repair };
    });
  }
  return repaired;
}

/** Is it the configuration that breaks it? */
const isCurable = ({ required, verdict, withRepairs }: Cell): boolean =>
  required && verdict === 'broken' && withRepairs?.verdict !== 'holds';

const isOf = ({ group, guarantee }: Pick<Patient, 'group' | 'guarantee'>, cell: Cell): boolean =>
  cell.guarantee === guarantee && cell.subjects[0] === group.subjects[0]!.name;

function patientsOf(cells: readonly Cell[], plan: Plan): Patient[] {
  return plan.groups.flatMap((group) =>
    group.aspect.guarantees.flatMap(({ name: guarantee, claims }) => {
      const own = cells.filter((cell) => cell.required && isOf({ group, guarantee }, cell));
      const broken = own.filter(isCurable);
      if (broken.length === 0) return [];
      const rows = plan.rows.filter((row) => row.group === group && row.row.required);
      const isBroken = ({ row }: PlannedRow): boolean => broken.some((c) => sameFaults(c, row));
      const asked = rows.filter(({ row }) => own.some((cell) => sameFaults(cell, row)));
      const ordered = [...asked.filter(isBroken), ...asked.filter((row) => !isBroken(row))];
      const assuming = broken.some(({ withRepairs }) => withRepairs)
        ? findingsOf(group.aspect)
        : plan.settled.accept.filter((id) => findingsOf(group.aspect).includes(id));
      const about = cells.filter(
        ({ aspect, subjects: [first] }) =>
          aspect === group.aspect.name && first === group.subjects[0]!.name,
      );
      return [{ group, guarantee, claims, cells: about, rows: ordered, assuming }];
    }),
  );
}

const sameFaults = (a: Pick<Cell, 'faults'>, b: Pick<Cell, 'faults'>): boolean =>
  JSON.stringify(a.faults) === JSON.stringify(b.faults);

async function repairOf(patient: Patient, ward: Ward): Promise<Repair> {
  const changes = patient.group.aspect.changesOf(patient.group.subjects, ward.deployment);
  const candidates = candidatesOf(changes);
  const assuming = [...patient.assuming];
  const size = 2 * Math.max(1, ward.runner.threads(ward.plan.jobs));
  for (let from = 0; from < candidates.length; from += size) {
    const batch = candidates.slice(from, from + size);
    // Most candidates fail in the first row, where the claims of one guarantee are soon decided.
    const first = await trial(patient, batch, ward);
    for (const [i, candidate] of batch.entries()) {
      const lost = first[i] ? await lostBy(candidate, patient, ward) : null;
      if (lost === null || lost.some(({ required }) => required)) continue;
      const givesUp = lost.map(({ guarantee, faults }) => ({ guarantee, faults }));
      const says = 'Checked again under every fault that is required.';
      const changed = told(candidate);
      const edits = ward.edit?.(changed) ?? null;
      return { changes: changed, edits, givesUp, assuming, tried: from + i + 1, says };
    }
    if (ward.isHalted()) {
      const says = 'The search for a repair was interrupted.';
      return { ...nothing, assuming, tried: from, says };
    }
  }
  const says = inVain(changes);
  return { ...nothing, assuming, tried: candidates.length, says };
}

const nothing = { changes: [], edits: null, givesUp: [] };

function inVain(changes: Candidate): string {
  if (changes.length === 0) return 'No setting is known that could repair it.';
  const names = [...new Set(changes.map(({ name }) => name))].join(', ');
  return `No change of these settings repairs it, nor up to ${MOST_CHANGES} at once: ${names}.`;
}

/** Does the guarantee hold with each candidate in the first of the patient's rows? */
async function trial(
  patient: Patient,
  candidates: readonly Candidate[],
  ward: Ward,
): Promise<boolean[]> {
  const jobs = candidates.map((candidate) => ({
    ...jobFor(candidate, patient.rows[0]!, patient, ward),
    only: patient.claims,
  }));
  return (await explored(jobs, patient.group, ward)).map(isHeld);
}

/**
 * Cells of the group that hold now and do not with the candidate. Null if the candidate does not
 * mend the patient under all its rows, or the search was stopped.
 */
async function lostBy(candidate: Candidate, patient: Patient, ward: Ward): Promise<Cell[] | null> {
  const { group, claims } = patient;
  const rows = ward.plan.rows.filter((row) => row.group === group);
  const jobs = rows.map((row) => jobFor(candidate, row, patient, ward));
  const fresh = jobs.filter((job) => !ward.known.has(JSON.stringify(job.input)));
  const found = await explored(fresh, group, ward);
  // What was cut short says nothing of what the candidate takes away.
  if (ward.isHalted()) return null;
  for (const [i, job] of fresh.entries()) ward.known.set(JSON.stringify(job.input), found[i]!);
  const results = jobs.map((job) => ward.known.get(JSON.stringify(job.input))!);
  const own = results
    .filter((_, i) => patient.rows.includes(rows[i]!))
    .map((result) => ({
      ...result,
      claims: result.claims.filter(({ claim }) => claims.includes(claim)),
    }));
  if (!own.every(isHeld)) return null;
  const plan = { ...ward.plan, groups: [group], rows: rows.map((row, job) => ({ ...row, job })) };
  const after = cellsOf(plan, results);
  const isLost = (cell: Cell): boolean =>
    after.some(
      (other) =>
        other.guarantee === cell.guarantee && sameFaults(other, cell) && other.verdict !== 'holds',
    );
  return patient.cells.filter((cell) => isHolding(cell) && isLost(cell));
}

/** Does it hold, by the protocol as it is or as the findings' repairs make it? */
const isHolding = ({ verdict, withRepairs }: Cell): boolean =>
  verdict === 'holds' || withRepairs?.verdict === 'holds';

/** Do the claims hold, and not for want of anything happening? */
const isHeld = ({ claims, unmet }: JobResult): boolean =>
  claims.length > 0 && unmet.length === 0 && claims.every(({ verdict }) => verdict === 'holds');

/** The exploration of a row with the candidate's changes, all claims of the aspect judged. */
function jobFor(
  candidate: Candidate,
  { row: { faults } }: PlannedRow,
  { group, assuming }: Patient,
  { plan }: Ward,
): Job {
  const { maxStates, maxBytes, seed, bounds } = plan.settled;
  const { aspect, subjects } = group;
  const base = candidate.reduce((now, { apply }) => apply(now), subjects[0]!.base);
  const { input } = aspect.inputOf(base, { faults, bounds, repairs: assuming });
  const only = aspect.guarantees.flatMap(({ claims }) => claims);
  return { aspect: aspect.name, input, maxStates, maxBytes, seed, runs: 0, only };
}

/** The results of those jobs that the model can run; the others are undecided. */
async function explored(
  jobs: readonly Job[],
  { aspect }: Group,
  { runner, onStart }: Ward,
): Promise<JobResult[]> {
  const possible = jobs.filter(({ input }) => aspect.refusal(input) === null);
  if (possible.length === 0) return jobs.map((job) => skippedJob(job, 'Not explored.'));
  const board = new Board(possible.length);
  onStart(possible, board);
  const results = await runner.run(possible, board);
  return jobs.map((job) => results[possible.indexOf(job)] ?? skippedJob(job, 'Not explored.'));
}

const told = (candidate: Candidate): Repair['changes'] =>
  candidate.flatMap(({ settings, to, needs = [], effort, price }) =>
    [...needs, { settings, to }].flatMap((wanted) =>
      wanted.settings
        .filter(({ value }) => value !== wanted.to)
        .map(({ subject, key, value, origin }) => ({
          subject,
          key,
          from: value,
          to: wanted.to,
          effort,
          price,
          origin,
        })),
    ),
  );
