/** Sets of changes, in the order in which they are tried. */
import { type Change, EFFORTS } from '../aspects/change.ts';

/** More changes at once are not tried. */
export const MOST_CHANGES = 3;

export type Candidate = readonly Change<unknown>[];

/** The dearest change of a set, and then all of them. */
const efforts = (set: Candidate): number[] =>
  set.map(({ effort }) => EFFORTS.indexOf(effort)).sort((a, b) => b - a);

/**
 * All sets of up to MOST_CHANGES changes of different names: fewer changes first, and among as many
 * those whose dearest change is cheaper. Within a set the changes keep their order.
 */
export function candidatesOf(changes: Candidate): Candidate[] {
  const sets: Candidate[] = [];
  const grow = (set: Candidate, from: number): void => {
    for (let i = from; i < changes.length; i++) {
      const next = changes[i]!;
      if (set.some(({ name }) => name === next.name)) continue;
      const larger = [...set, next];
      sets.push(larger);
      if (larger.length < MOST_CHANGES) grow(larger, i + 1);
    }
  };
  grow([], 0);
  return sets.sort((a, b) => a.length - b.length || dearer(efforts(a), efforts(b)));
}

function dearer(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((effort, i) => effort !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}
