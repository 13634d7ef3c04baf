/** From what the jobs found to the cells of the table: guarantee x faults x topics. */
import type { Guarantee } from '../model/index.ts';
import type { JobResult, JudgedClaim } from './job.ts';
import type { Plan, PlannedRow } from './plan.ts';
import type { Cell, Warning } from './results.ts';
import { covers, faultsText } from './rows.ts';

/** Does the guarantee say anything under these settings and faults? */
function isAsked(
  { name, claims }: Guarantee,
  { group, row }: PlannedRow,
  result: JobResult,
): boolean {
  if (!group.aspect.isAsked(name, row.faults)) return false;
  return result.claims.some(({ claim }) => claims.includes(claim));
}

/**
 * What is required and asked nowhere, a sentence for each guarantee and group of subjects, or for the
 * whole deployment if it has no subject for a guarantee that was asked for by name.
 */
export function silences(plan: Plan, results: readonly JobResult[]): string[] {
  const silent = plan.groups.flatMap((group) => {
    const rows = plan.rows.filter((each) => each.group === group && each.row.required);
    const names = group.subjects.map(({ name }) => name).join(', ');
    return group.aspect.guarantees
      .filter(({ name }) => plan.required.includes(name))
      .filter((guarantee) => !rows.some((row) => isAsked(guarantee, row, results[row.job]!)))
      .map(({ name }) => `${name} is required, but says nothing of ${names}`);
  });
  const missing = unjudged(plan).map(
    (name) => `${name} is required, but nothing in the deployment is about it`,
  );
  return [...silent, ...missing];
}

/** Guarantees asked for by name for which the deployment has no subject. */
export function unjudged(plan: Plan): string[] {
  const judged = plan.groups.flatMap(({ aspect }) => aspect.guarantees.map(({ name }) => name));
  return plan.named.filter((name) => !judged.includes(name));
}

/**
 * Faults asked for by name under which nothing that is required is judged, a sentence each: that it
 * survives them was not shown.
 */
export function unstruck({ asked }: Plan, cells: readonly Cell[]): string[] {
  const isStruck = (fault: string): boolean =>
    cells.some(({ required, faults }) => required && (faults[fault] ?? 0) > 0);
  return Object.entries(asked)
    .filter(([fault, count]) => count > 0 && !isStruck(fault))
    .map(([fault]) => `${fault} is to be survived, but nothing required is judged under it`);
}

/**
 * All cells, group by group, guarantee by guarantee, in the order of the rows. Where a guarantee
 * says nothing there is no cell.
 */
export function cellsOf(plan: Plan, results: readonly JobResult[]): Cell[] {
  return plan.groups.flatMap((group) => {
    const rows = plan.rows.filter((row) => row.group === group);
    return group.aspect.guarantees.flatMap((guarantee) => {
      const cells = rows
        .filter((row) => isAsked(guarantee, row, results[row.job]!))
        .map((row) => cellOf(guarantee, row, plan, results[row.job]!));
      return inherited(cells);
    });
  });
}

function cellOf(guarantee: Guarantee, planned: PlannedRow, plan: Plan, result: JobResult): Cell {
  const { group, row, note } = planned;
  const judged = verdictOf(guarantee, result.claims);
  const vacuous = judged.verdict === 'holds' ? result.unmet : [];
  const doubts =
    judged.verdict === 'undecided'
      ? result.claims.flatMap(({ claim, doubt }) =>
          guarantee.claims.includes(claim) && doubt !== undefined ? [doubt] : [],
        )
      : [];
  const warnings: Warning[] = [
    ...doubts.map((text) => ({ kind: 'assumption' as const, text })),
    ...(note ? [{ kind: 'explored-as' as const, text: note }] : []),
    ...vacuous.map((means) => ({ kind: 'vacuous' as const, text: `It never happened: ${means}` })),
  ];
  return {
    aspect: group.aspect.name,
    subjects: group.subjects.map(({ name }) => name),
    guarantee: guarantee.name,
    required: row.required && plan.required.includes(guarantee.name),
    faults: { ...row.faults },
    // What holds while nothing happens that could break it is not known to hold.
    verdict: vacuous.length > 0 ? 'undecided' : judged.verdict,
    scope: result.scope,
    withRepairs: null,
    counterexample: judged.counterexample,
    repair: null,
    warnings,
  };
}

/** Broken by the claim with the shortest counterexample; undecided if any claim is. */
function verdictOf(
  { claims }: Guarantee,
  judged: readonly JudgedClaim[],
): Pick<JudgedClaim, 'verdict' | 'counterexample'> {
  const own = judged.filter(({ claim }) => claims.includes(claim));
  const broken = own.filter(({ verdict }) => verdict === 'broken');
  if (broken.length > 0) {
    const lengthOf = ({ counterexample }: JudgedClaim): number =>
      counterexample?.length ?? Number.POSITIVE_INFINITY;
    return broken.reduce((best, next) => (lengthOf(next) < lengthOf(best) ? next : best));
  }
  const isOpen = own.some(({ verdict }) => verdict === 'undecided');
  return { verdict: isOpen ? 'undecided' : 'holds', counterexample: null };
}

/** What a smaller budget breaks a larger one breaks too, even where its own search did not end. */
function inherited(cells: readonly Cell[]): Cell[] {
  return cells.map((cell) => {
    if (cell.verdict !== 'undecided') return cell;
    const source = cells.find(
      (other) => other.verdict === 'broken' && covers(cell.scope.faults, other.scope.faults),
    );
    if (!source) return cell;
    const text = `Found under ${faultsText(source.faults)} already.`;
    return {
      ...cell,
      verdict: 'broken',
      counterexample: source.counterexample,
      warnings: [...cell.warnings, { kind: 'found-with-fewer-faults', text }],
    };
  });
}

/**
 * What is left of the broken cells once findings about the protocol are repaired too. A cell that
 * is broken then as well shows the counterexample that needs no finding: it is the deployment's own.
 *
 * @param repaired the same cells, in the same order, with all findings repaired.
 * @param findings by aspect: those that are repaired there and were not before.
 */
export function withRepairs(
  cells: readonly Cell[],
  repaired: readonly Cell[],
  findings: (aspect: string) => readonly string[],
): Cell[] {
  return cells.map((cell, i) => {
    const ids = findings(cell.aspect);
    if (cell.verdict !== 'broken' || ids.length === 0) return cell;
    const { verdict, scope, counterexample } = repaired[i]!;
    return {
      ...cell,
      withRepairs: { findings: [...ids], verdict, scope },
      counterexample: counterexample ?? cell.counterexample,
    };
  });
}
