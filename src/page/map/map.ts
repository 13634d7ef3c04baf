/** The safety map as it is looked at: two settings as axes, the rest as filters, one guarantee. */
import { faultsText } from '../../check/rows.ts';
import type { SweepRow } from '../../sweep/cell.ts';

/** A setting that was varied, or the faults. */
export interface Dimension {
  readonly name: string;
  /** In the order of the grid. */
  readonly values: readonly string[];
}

/** The name of the dimension that is no setting. */
export const FAULTS = 'faults';

/** What a row says of a guarantee; `silent`: nothing. */
export type Word = 'holds' | 'broken' | 'undecided' | 'refused' | 'silent';
export const WORDS: readonly Word[] = ['broken', 'undecided', 'refused', 'holds', 'silent'];

/** How a map is looked at. */
export interface View {
  readonly guarantee: string;
  /** Dimensions; null where there is none to choose. */
  readonly down: string | null;
  readonly across: string | null;
  /** Dimension -> values whose rows are left out. */
  readonly without: Readonly<Record<string, readonly string[]>>;
}

/** The value of a row in a dimension, as text. */
export const settingOf = ({ settings, faults }: SweepRow, dimension: string): string =>
  dimension === FAULTS ? faultsText(faults) : String(settings[dimension]);

/** What was varied, the settings first; what is the same in all rows is none. */
export function dimensionsOf(rows: readonly SweepRow[]): Dimension[] {
  return [...Object.keys(rows[0]!.settings), FAULTS]
    .map((name) => ({ name, values: [...new Set(rows.map((row) => settingOf(row, name)))] }))
    .filter(({ values }) => values.length > 1);
}

/** What was not varied, as `setting=value`. */
export function constantsOf(rows: readonly SweepRow[], dimensions: readonly Dimension[]): string[] {
  const varied = dimensions.map(({ name }) => name);
  const same = Object.entries(rows[0]!.settings).filter(([key]) => !varied.includes(key));
  return same.map(([key, value]) => `${key}=${value}`);
}

/** All guarantees that any row says something of. */
export const guaranteesOf = (rows: readonly SweepRow[]): string[] => [
  ...new Set(rows.flatMap(({ verdicts }) => Object.keys(verdicts))),
];

export function wordOf({ refused, verdicts }: SweepRow, guarantee: string): Word {
  if (refused !== undefined) return 'refused';
  return verdicts[guarantee]?.verdict ?? 'silent';
}

/** Rows together: how many say what, and the lengths of the counterexamples among them. */
export interface Tally {
  readonly rows: readonly SweepRow[];
  readonly counts: Readonly<Record<Word, number>>;
  /** The one word that all of them say; null: they differ, or there are none. */
  readonly word: Word | null;
  /** The shortest and the longest of the shortest counterexamples. */
  readonly lengths: readonly [least: number, most: number] | null;
}

export function tallyOf(rows: readonly SweepRow[], guarantee: string): Tally {
  const counts = { holds: 0, broken: 0, undecided: 0, refused: 0, silent: 0 };
  const lengths: number[] = [];
  for (const row of rows) {
    counts[wordOf(row, guarantee)]++;
    const length = row.verdicts[guarantee]?.length;
    if (length !== undefined) lengths.push(length);
  }
  const said = WORDS.filter((word) => counts[word] > 0);
  return {
    rows,
    counts,
    word: said.length === 1 ? said[0]! : null,
    lengths: lengths.length > 0 ? [Math.min(...lengths), Math.max(...lengths)] : null,
  };
}

/** `in 4`, `in 4 to 12`: after how many moves it is broken. */
export function lengthText(lengths: Tally['lengths']): string {
  if (lengths === null) return '';
  const [least, most] = lengths;
  return least === most ? `in ${least}` : `in ${least} to ${most}`;
}

/** The rows that no filter leaves out; `except` is a dimension whose filter is not asked. */
export function filtered(
  rows: readonly SweepRow[],
  { without }: View,
  except?: string,
): readonly SweepRow[] {
  const asked = Object.entries(without).filter(
    ([name, values]) => name !== except && values.length > 0,
  );
  if (asked.length === 0) return rows;
  return rows.filter((row) => asked.every(([name, left]) => !left.includes(settingOf(row, name))));
}

/** The map as a table: a tally for each pair of values. */
export interface Heat {
  readonly down: readonly string[];
  readonly across: readonly string[];
  readonly tallies: readonly (readonly Tally[])[];
}

/** The value of an axis that is not chosen: everything there is. */
export const ALL = 'all';

export function heatOf(
  rows: readonly SweepRow[],
  dimensions: readonly Dimension[],
  view: View,
): Heat {
  const left = filtered(rows, view);
  const named = (name: string | null): string[] =>
    name === null
      ? [ALL]
      : dimensions
          .find((dimension) => dimension.name === name)!
          .values.filter((value) => !view.without[name]?.includes(value));
  const at = (row: SweepRow, name: string | null): string =>
    name === null ? ALL : settingOf(row, name);
  const places = new Map<string, SweepRow[]>();
  for (const row of left) {
    const key = JSON.stringify([at(row, view.down), at(row, view.across)]);
    const own = places.get(key);
    if (own) own.push(row);
    else places.set(key, [row]);
  }
  const [down, across] = [named(view.down), named(view.across)];
  const tallies = down.map((y) =>
    across.map((x) => tallyOf(places.get(JSON.stringify([y, x])) ?? [], view.guarantee)),
  );
  return { down, across, tallies };
}

/** A value of a filter, and what the rows say that have it. */
export interface Facet {
  readonly value: string;
  readonly isIn: boolean;
  readonly tally: Tally;
}

/** The values of a dimension among the rows that the other filters leave. */
export function facetsOf(rows: readonly SweepRow[], view: View, dimension: Dimension): Facet[] {
  const left = filtered(rows, view, dimension.name);
  return dimension.values.map((value) => ({
    value,
    isIn: !view.without[dimension.name]?.includes(value),
    tally: tallyOf(
      left.filter((row) => settingOf(row, dimension.name) === value),
      view.guarantee,
    ),
  }));
}

/** The view with a value left out, or taken in again. */
export function toggled(view: View, dimension: string, value: string): View {
  const left = view.without[dimension] ?? [];
  const now = left.includes(value) ? left.filter((each) => each !== value) : [...left, value];
  return { ...view, without: { ...view.without, [dimension]: now } };
}

/**
 * Where one begins: the first guarantee that is broken anywhere, by the two dimensions that decide
 * most of it, which are those under which the fewest rows differ from most of their place.
 */
export function firstView(rows: readonly SweepRow[], dimensions: readonly Dimension[]): View {
  const guarantees = guaranteesOf(rows);
  const guarantee =
    guarantees.find((name) => rows.some((row) => wordOf(row, name) === 'broken')) ??
    guarantees[0] ??
    '';
  return { guarantee, ...decidingAxes(rows, dimensions, guarantee), without: {} };
}

export function decidingAxes(
  rows: readonly SweepRow[],
  dimensions: readonly Dimension[],
  guarantee: string,
): Pick<View, 'down' | 'across'> {
  const names = dimensions.map(({ name }) => name);
  const pairs = names.flatMap((down, i) => names.slice(i + 1).map((across) => ({ down, across })));
  const mixed = pairs.map((axes) =>
    heatOf(rows, dimensions, { guarantee, ...axes, without: {} })
      .tallies.flat()
      .reduce((sum, tally) => sum + (tally.word === null ? minority(tally) : 0), 0),
  );
  const best = pairs[mixed.indexOf(Math.min(...mixed))];
  return best ?? { down: names[0] ?? null, across: null };
}

/** Rows of a place that do not say what most of them say. */
const minority = ({ rows, counts }: Tally): number =>
  rows.length - Math.max(...Object.values(counts));
