/** The verdict matrix: for each aspect and group of subjects, guarantees by fault budgets. */
import type { Cell, Results, Verdict } from '../check/index.ts';
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
