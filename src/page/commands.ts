/** The commands that repeat what the page tells. */
import type { Cell, Results } from '../check/index.ts';

/** A word as a shell reads it: in quotes where it holds anything but plain letters. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** Checks one cell again. */
export function checkCommand(
  { guarantee, faults }: Cell,
  { deployment, options }: Results,
): string {
  const budget = Object.entries(faults).map(([fault, count]) => `${fault}=${count}`);
  const words = [
    'holdfast',
    'check',
    ...deployment.files,
    '--faults',
    budget.join(',') || 'none',
    '--require',
    guarantee,
    ...(options.bounds === 'small' ? [] : ['--bounds', options.bounds]),
    ...(options.accept.length > 0 ? ['--accept', options.accept.join(',')] : []),
  ];
  return words.map(quoted).join(' ');
}

/** Tells a run once more. */
export const replayCommand = (token: string): string => `holdfast replay ${quoted(token)}`;
