/** Runs in groups, and what a measure comes to in each: the same rows in any order, the same numbers. */
import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import {
  mean,
  quantileSorted,
  sampleStandardDeviation,
  sampleWithReplacement,
} from 'simple-statistics';
import type { ExperimentRow, SettingValue } from './row.ts';

/** What is measured in a run; null where the run says nothing about it. */
export type Measure = (row: ExperimentRow) => number | null;

/** What a group's values come to. */
export interface Figures {
  /** Values, and runs that gave none. */
  readonly n: number;
  readonly missing: number;
  readonly mean: number;
  /** The 95 % confidence band of the mean. */
  readonly low: number;
  readonly high: number;
  readonly p50: number;
  readonly p95: number;
}

/** Runs that are alike in some settings. */
export interface Group extends Figures {
  readonly key: Readonly<Record<string, SettingValue>>;
}

/** The column of a row that is no setting, and groups runs as one does. */
export const FAULT = 'fault';

/** @throws RangeError if the row has no such setting. */
export function settingOf(row: ExperimentRow, name: string): SettingValue {
  const value = name === FAULT ? row.fault : row.settings[name];
  if (value !== undefined && (name === FAULT || Object.hasOwn(row.settings, name))) return value;
  const known = [FAULT, ...Object.keys(row.settings)].join(', ');
  throw new RangeError(`Run ${row.run} has no setting '${name}'. It has ${known}.`);
}

/** The values that a setting takes: numbers by size, others as the experiment comes to them. */
export function levelsOf(rows: readonly ExperimentRow[], name: string): SettingValue[] {
  const inOrder = [...rows].sort((a, b) => a.run - b.run);
  const levels = [...new Set(inOrder.map((row) => settingOf(row, name)))];
  const isNumeric = levels.every((level) => typeof level === 'number');
  return isNumeric ? levels.sort((a, b) => Number(a) - Number(b)) : levels;
}

/** One group of rows for each combination of values that there is, in the order of the values. */
export function groupsOf(
  rows: readonly ExperimentRow[],
  by: readonly string[],
): { key: Record<string, SettingValue>; rows: ExperimentRow[] }[] {
  const ranks = by.map((name) => new Map(levelsOf(rows, name).map((level, i) => [level, i])));
  const groups = new Map<string, { place: number[]; rows: ExperimentRow[] }>();
  for (const row of rows) {
    const place = by.map((name, i) => ranks[i]!.get(settingOf(row, name))!);
    const known = groups.get(place.join());
    if (known) known.rows.push(row);
    else groups.set(place.join(), { place, rows: [row] });
  }
  const byPlace = (a: number[], b: number[]): number => {
    const i = a.findIndex((rank, at) => rank !== b[at]);
    return i < 0 ? 0 : a[i]! - b[i]!;
  };
  return [...groups.values()]
    .sort((a, b) => byPlace(a.place, b.place))
    .map(({ rows: members }) => ({
      key: Object.fromEntries(by.map((name) => [name, settingOf(members[0]!, name)])),
      rows: members,
    }));
}

/** What `measure` comes to in each group; groups without any value are left out. */
export function summarise(
  rows: readonly ExperimentRow[],
  by: readonly string[],
  measure: Measure,
): Group[] {
  return groupsOf(rows, by).flatMap(({ key, rows: members }) => {
    const found = figuresOver(members, measure);
    return found ? [{ key, ...found }] : [];
  });
}

/** @returns null where there is no value. */
export function figuresOf(found: readonly (number | null)[]): Figures | null {
  const values = found.filter((value) => value !== null).sort((a, b) => a - b);
  if (values.length === 0) return null;
  const [low, high] = bandOf(values);
  return {
    n: values.length,
    missing: found.length - values.length,
    mean: mean(values),
    low,
    high,
    p50: quantileSorted(values, 0.5),
    p95: quantileSorted(values, 0.95),
  };
}

/** The seeds of rows, in the order in which they come. */
export const seedsOf = (rows: readonly ExperimentRow[]): number[] => [
  ...new Set(rows.map(({ seed }) => seed)),
];

/**
 * The mean, and its band over the seeds. Cells with the same seed have the same chance, so that
 * each seed, not each run, is one sample.
 */
export function figuresOver(rows: readonly ExperimentRow[], measure: Measure): Figures | null {
  const all = figuresOf(rows.map(measure));
  const means = seedsOf(rows).map((seed) =>
    meanOf(rows.filter((row) => row.seed === seed).map(measure)),
  );
  const band = figuresOf(means);
  return all && band && { ...all, low: band.low, high: band.high };
}

/** The mean of the values that there are; null where there is none. */
export function meanOf(found: readonly (number | null)[]): number | null {
  const values = found.filter((value) => value !== null);
  return values.length > 0 ? mean(values) : null;
}

const RESAMPLES = 1_000;
const FEW = 300;

/**
 * The 95 % confidence band of the mean of values in order, by bootstrap: it never leaves the range of
 * the values, as the normal approximation does with few of them. With more than 300 values both
 * agree to about a hundredth of the band, and the approximation is used, for it costs nothing.
 *
 * The runs are taken as drawn from one population: the band of a group of many cells holds the
 * differences among cells too, and so is wider than chance alone would make it.
 */
export function bandOf(values: number[]): [low: number, high: number] {
  const [least, most] = [values[0]!, values.at(-1)!];
  if (least === most) return [least, most];
  if (values.length > FEW) {
    const reach = (1.959964 * sampleStandardDeviation(values)) / Math.sqrt(values.length);
    return [mean(values) - reach, mean(values) + reach];
  }
  const random = xoroshiro128plus(values.length);
  const draw = () => uniformFloat32(random);
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(sampleWithReplacement(values, values.length, draw)),
  ).sort((a, b) => a - b);
  return [quantileSorted(means, 0.025), quantileSorted(means, 0.975)];
}
