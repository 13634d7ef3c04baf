/** The commands that repeat what the page tells. */
import type { Cell, Results } from '../check/index.ts';
import type { SweepCell } from '../sweep/grid.ts';

/** A word as a shell reads it: in quotes where it holds anything but plain letters. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

const budgetText = (faults: Cell['faults']): string =>
  Object.entries(faults)
    .map(([fault, count]) => `${fault}=${count}`)
    .join(',') || 'none';

/** Checks one cell again. */
export function checkCommand(
  { guarantee, faults }: Cell,
  { deployment, options }: Results,
): string {
  const words = [
    'holdfast',
    'check',
    ...deployment.files,
    '--faults',
    budgetText(faults),
    '--require',
    guarantee,
    ...(options.bounds === 'small' ? [] : ['--bounds', options.bounds]),
    ...(options.accept.length > 0 ? ['--accept', options.accept.join(',')] : []),
  ];
  return words.map(quoted).join(' ');
}

/** Checks a cell of a safety map again, once its files are there. */
export function cellCommand(
  { faults, bounds, maxStates, accept }: SweepCell,
  files: readonly string[],
): string {
  const words = [
    'holdfast',
    'check',
    ...files,
    ...['--faults', budgetText(faults)],
    ...['--bounds', bounds, '--max-states', String(maxStates)],
    ...(accept.length > 0 ? ['--accept', accept.join(',')] : []),
  ];
  return words.map(quoted).join(' ');
}

/** Tells a run once more. */
export const replayCommand = (token: string): string => `holdfast replay ${quoted(token)}`;
