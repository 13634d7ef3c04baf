/** Cells that belong together: of the same aspect and subjects. */
import type { Cell } from '../check/index.ts';
import { listed } from './text.ts';

/** Cells of the same aspect and subjects, in order. */
export function groupsOf(cells: readonly Cell[]): Cell[][] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.aspect, cell.subjects]);
    const group = groups.get(key);
    if (group) group.push(cell);
    else groups.set(key, [cell]);
  }
  return [...groups.values()];
}

/** `orders and audit (replication)` */
export const groupName = ({ aspect, subjects }: Cell): string => `${listed(subjects)} (${aspect})`;
