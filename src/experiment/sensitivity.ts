/** Which settings decide a measure: how much of its variance each explains by itself. */
import { mean } from 'simple-statistics';
import type { ExperimentRow, SettingValue } from './row.ts';
import { groupsOf, type Measure } from './statistics.ts';

/** The part of one setting. */
export interface Effect {
  readonly setting: string;
  /** Eta squared of the main effect: variance between the means of its values / variance of all. */
  readonly share: number;
  /** The mean under each value of the setting. */
  readonly levels: readonly { value: SettingValue; n: number; mean: number }[];
  /** Between the lowest and the highest of these means. */
  readonly spread: number;
}

/** Shares add up to one where every combination has as many values as every other. */
export interface Sensitivity {
  /** Values that there are; runs without one say nothing. */
  readonly n: number;
  readonly mean: number;
  /** The strongest first. */
  readonly effects: readonly Effect[];
  /** What no setting explains by itself. */
  readonly rests: readonly { readonly says: string; readonly share: number }[];
}

interface Valued {
  readonly row: ExperimentRow;
  readonly value: number;
}

/**
 * How the variance of `measure` falls to `settings`; null where the measure does not vary. Settings
 * of equal share stand in the order given.
 */
export function sensitivity(
  rows: readonly ExperimentRow[],
  settings: readonly string[],
  measure: Measure,
): Sensitivity | null {
  const inOrder = [...rows].sort((a, b) => a.run - b.run);
  const valued = inOrder.flatMap((row): Valued[] => {
    const value = measure(row);
    return value === null ? [] : [{ row, value }];
  });
  if (valued.length === 0) return null;
  const overall = mean(valued.map(({ value }) => value));
  const total = squares(
    valued.map(({ value }) => [1, value]),
    overall,
  );
  if (total === 0) return null;
  const effects = settings
    .map((setting) => effectOf(setting, valued, overall, total))
    .sort((a, b) => b.share - a.share);
  const alone = effects.reduce((sum, { share }) => sum + share, 0);
  const combinations = meansOf(valued, settings);
  const within = Math.max(0, 1 - between(combinations, overall) / total);
  const rests = restsOf(1 - alone, within, valued.length, combinations.length);
  return { n: valued.length, mean: overall, effects, rests };
}

/**
 * What is left, told apart into what settings do together and what the seed does. Few runs of a
 * combination scatter less about their own mean than about the true one, so that what is seen within
 * combinations is raised to what chance does in all runs.
 *
 * @param within share of the variance within combinations of settings.
 */
function restsOf(
  left: number,
  within: number,
  runs: number,
  combinations: number,
): Sensitivity['rests'] {
  // Below zero by rounding, or where combinations are missing and shares overlap.
  const rest = Math.max(0, left);
  if (runs === combinations) return [{ says: 'settings together, or chance', share: rest }];
  const chance = Math.min(rest, (within * (runs - 1)) / (runs - combinations));
  return [
    { says: 'settings only together', share: rest - chance },
    { says: 'chance', share: chance },
  ];
}

function effectOf(
  setting: string,
  valued: readonly Valued[],
  overall: number,
  total: number,
): Effect {
  const groups = meansOf(valued, [setting]);
  const means = groups.map((group) => group.mean);
  return {
    setting,
    share: between(groups, overall) / total,
    levels: groups.map(({ key, n, mean: of }) => ({ value: key[setting]!, n, mean: of })),
    spread: Math.max(...means) - Math.min(...means),
  };
}

function meansOf(valued: readonly Valued[], by: readonly string[]) {
  const values = new Map(valued.map(({ row, value }) => [row, value]));
  return groupsOf([...values.keys()], by).map(({ key, rows }) => ({
    key,
    n: rows.length,
    mean: mean(rows.map((row) => values.get(row)!)),
  }));
}

const between = (groups: readonly { n: number; mean: number }[], overall: number): number =>
  squares(
    groups.map(({ n, mean: of }) => [n, of]),
    overall,
  );

/** Squared distances from `centre`, by weight. */
const squares = (values: readonly (readonly [n: number, value: number])[], centre: number) =>
  values.reduce((sum, [n, value]) => sum + n * (value - centre) ** 2, 0);
