/** The verdict matrix: for each aspect and group of subjects, guarantees by fault budgets. */

import { doubtsOf } from '../check/doubts.ts';
import type { Cell, Results, Verdict } from '../check/index.ts';
import { faultsText } from '../check/rows.ts';
import { groupBy } from './group.ts';

/** A line of the matrix. */
export interface GuaranteeRow {
  readonly name: string;
  readonly means: string;
  readonly required: boolean;
  /** By column; null where the guarantee says nothing under those faults. */
  readonly cells: readonly (Cell | null)[];
}

/** Subjects that stand or fall together, and what is said of them. */
export interface Matrix {
  readonly aspect: string;
  readonly subjects: readonly string[];
  readonly summary: string;
  /** The fault budgets, by column. */
  readonly faults: readonly Cell['faults'][];
  readonly rows: readonly GuaranteeRow[];
}

/** Has it been required, and is it broken? */
export const isUnexpected = ({ required, verdict }: Cell): boolean =>
  required && verdict === 'broken';

/** Is the cell broken by findings, and by nothing that the deployment could mend? */
export const isOnlyByFindings = ({ verdict, withRepairs }: Cell): boolean =>
  verdict === 'broken' && withRepairs?.verdict === 'holds';

/** All matrices, in the order in which the check tells of them. */
export function matricesOf(results: Results): Matrix[] {
  const keyOfGroup = ({ aspect, subjects }: Cell): string => JSON.stringify([aspect, subjects]);
  return groupBy(results.cells, keyOfGroup).map((cells) => matrixOf(cells, results));
}

function matrixOf(cells: readonly Cell[], { deployment, guarantees }: Results): Matrix {
  const { aspect, subjects } = cells[0]!;
  const described = deployment.subjects.find(
    (subject) => subject.aspect === aspect && subject.name === subjects[0],
  );
  const faults = new Map(cells.map((cell) => [keyOf(cell), cell.faults]));
  const asked = guarantees.filter(({ name }) => cells.some(({ guarantee }) => guarantee === name));
  const rows = asked.map(({ name, means, required }): GuaranteeRow => {
    const own = new Map(cells.filter((cell) => cell.guarantee === name).map((c) => [keyOf(c), c]));
    return { name, means, required, cells: [...faults.keys()].map((key) => own.get(key) ?? null) };
  });
  return {
    aspect,
    subjects,
    summary: described?.summary ?? '',
    faults: [...faults.values()],
    rows: rows.sort((a, b) => urgency(a) - urgency(b)),
  };
}

const keyOf = ({ faults }: Cell): string => JSON.stringify(faults);

/** Required and broken first, then the other required ones, then the rest. */
function urgency({ required, cells }: GuaranteeRow): number {
  if (cells.some((cell) => cell !== null && isUnexpected(cell))) return 0;
  return required ? 1 : 2;
}

/** How many of the required cells have each verdict. */
export function tallyOf({ cells }: Results): Record<Verdict, number> {
  const tally = { holds: 0, broken: 0, undecided: 0 };
  for (const { required, verdict } of cells) if (required) tally[verdict]++;
  return tally;
}

/** What was explored for each fault budget of a matrix. */
export function scopesOf({
  faults,
  rows,
}: Matrix): { faults: Cell['faults']; scope: Cell['scope'] }[] {
  return faults.flatMap((budget, column) => {
    const cell = rows.map(({ cells }) => cells[column]).find((each) => each);
    return cell ? [{ faults: budget, scope: cell.scope }] : [];
  });
}

/** Why cells are undecided: each reason once. */
export function undecidedReasons({ cells }: Results): string[] {
  const undecided = cells.filter(({ verdict }) => verdict === 'undecided');
  const reasons = undecided.flatMap((cell) => [
    ...(cell.scope.limit ? [`${faultsText(cell.faults)}: ${cell.scope.limit}`] : []),
    ...doubtsOf(cell).map((text) => `${cell.guarantee}, ${faultsText(cell.faults)}: ${text}`),
  ]);
  return [...new Set(reasons)];
}

/** A place in a grid. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads to from `place`; null if it is none that moves. At the edges it stays. */
export function moved(
  { row, column }: Place,
  key: string,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Place | null {
  const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
  switch (key) {
    case 'ArrowUp':
      return { row: within(row - 1, rows), column };
    case 'ArrowDown':
      return { row: within(row + 1, rows), column };
    case 'ArrowLeft':
      return { row, column: within(column - 1, columns) };
    case 'ArrowRight':
      return { row, column: within(column + 1, columns) };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    default:
      return null;
  }
}
