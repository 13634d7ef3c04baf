/** A frontier as a table: each kind of fault alone, and what breaks it together. */
import type { Frontier } from '../../check/index.ts';
import { covers, faultsText } from '../../check/rows.ts';

export type Word = 'survives' | 'breaks' | 'undecided';

/** What is known of some faults: how many of a kind, or which together. */
export interface Mark {
  readonly word: Word;
  readonly faults: string;
  /** Steps of the shortest counterexample, of what breaks. */
  readonly length?: number;
}

type Budget = Frontier['survives'][number];

/** The kinds of faults that any frontier names, in the order in which they come. */
export const kindsOf = (frontiers: readonly Frontier[]): string[] => [
  ...new Set(
    frontiers.flatMap(({ survives, breaks, undecided }) =>
      [...survives, ...breaks.map(({ faults }) => faults), ...undecided].flatMap(Object.keys),
    ),
  ),
];

/** How many faults of one kind alone it survives, is broken by, is undecided under. */
export function aloneOf({ survives, breaks, undecided }: Frontier, kind: string): Mark[] {
  const count = (faults: Budget): string => String(faults[kind]);
  const isAlone = (faults: Budget): boolean => Object.keys(faults).join() === kind;
  const most = Math.max(0, ...survives.map((faults) => faults[kind] ?? 0));
  return [
    ...(most > 0 ? [{ word: 'survives' as const, faults: String(most) }] : []),
    ...undecided
      .filter(isAlone)
      .map((faults) => ({ word: 'undecided' as const, faults: count(faults) })),
    ...breaks
      .filter(({ faults }) => isAlone(faults))
      .map(({ faults, counterexample: { length } }) => ({
        word: 'breaks' as const,
        faults: count(faults),
        length,
      })),
  ];
}

/** Without any fault. */
export function bareOf({ survives, breaks, undecided }: Frontier): Mark | null {
  const faults = faultsText({});
  const broken = breaks.find((each) => Object.keys(each.faults).length === 0);
  if (broken) return { word: 'breaks', faults, length: broken.counterexample.length };
  if (undecided.some((each) => Object.keys(each).length === 0))
    return { word: 'undecided', faults };
  return survives.some((each) => covers(each, {})) ? { word: 'survives', faults } : null;
}

/** Several kinds in one run. */
export function togetherOf({ survives, breaks, undecided }: Frontier): Mark[] {
  const isMixed = (faults: Budget): boolean => Object.keys(faults).length > 1;
  return [
    ...survives
      .filter(isMixed)
      .map((faults) => ({ word: 'survives' as const, faults: faultsText(faults) })),
    ...undecided
      .filter(isMixed)
      .map((faults) => ({ word: 'undecided' as const, faults: faultsText(faults) })),
    ...breaks
      .filter(({ faults }) => isMixed(faults))
      .map(({ faults, counterexample: { length } }) => ({
        word: 'breaks' as const,
        faults: faultsText(faults),
        length,
      })),
  ];
}
