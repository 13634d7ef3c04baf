/** What needs a repair: a guarantee that is required and that the configuration breaks. */
import { findingsOf, type Group, type Plan, type PlannedRow } from '../plan.ts';
import type { Cell } from '../results.ts';

/** A guarantee of a group that is required and broken, and what it must survive. */
export interface Patient {
  readonly group: Group;
  readonly guarantee: string;
  readonly claims: readonly string[];
  /** The claims of all guarantees of the group that are to be mended. */
  readonly ward: readonly (readonly string[])[];
  /** All cells of the group, as they are. */
  readonly cells: readonly Cell[];
  /** The rows under which it is required and broken. */
  readonly broken: readonly PlannedRow[];
  /** The other rows under which it is required: it holds there, or is undecided. */
  readonly others: readonly PlannedRow[];
  /** Findings taken as repaired: no setting mends them. */
  readonly assuming: readonly string[];
}

/** Does it hold, by the protocol as it is or as the findings' repairs make it? */
export const isHolding = ({ verdict, withRepairs }: Cell): boolean =>
  verdict === 'holds' || withRepairs?.verdict === 'holds';

/** Is it the configuration that breaks it? */
export const isCurable = ({ required, verdict, withRepairs }: Cell): boolean =>
  required && verdict === 'broken' && withRepairs?.verdict !== 'holds';

export const isOf = (
  { group, guarantee }: Pick<Patient, 'group' | 'guarantee'>,
  cell: Cell,
): boolean => cell.guarantee === guarantee && cell.subjects[0] === group.subjects[0]!.name;

export function patientsOf(cells: readonly Cell[], plan: Plan): Patient[] {
  const patients = plan.groups.flatMap((group) =>
    group.aspect.guarantees.flatMap(({ name: guarantee, claims }) => {
      const own = cells.filter((cell) => cell.required && isOf({ group, guarantee }, cell));
      const curable = own.filter(isCurable);
      if (curable.length === 0) return [];
      const rows = plan.rows.filter((row) => row.group === group && row.row.required);
      const asked = rows.filter(({ row }) => own.some((cell) => sameFaults(cell, row)));
      const isBroken = ({ row }: PlannedRow): boolean => curable.some((c) => sameFaults(c, row));
      const assuming = curable.some(({ withRepairs }) => withRepairs)
        ? findingsOf(group.aspect)
        : plan.settled.accept.filter((id) => findingsOf(group.aspect).includes(id));
      const about = cells.filter(
        ({ aspect, subjects: [first] }) =>
          aspect === group.aspect.name && first === group.subjects[0]!.name,
      );
      const broken = asked.filter(isBroken);
      const others = asked.filter((row) => !isBroken(row));
      return [{ group, guarantee, claims, cells: about, broken, others, assuming }];
    }),
  );
  return patients.map((patient) => ({
    ...patient,
    ward: patients.flatMap(({ group, claims }) => (group === patient.group ? [claims] : [])),
  }));
}

export const sameFaults = (a: Pick<Cell, 'faults'>, b: Pick<Cell, 'faults'>): boolean =>
  JSON.stringify(a.faults) === JSON.stringify(b.faults);
