/** What an undecided verdict rests on and was not borne out. */
import type { Cell } from './results.ts';

/** Of an undecided cell: assumptions that fail, and what never happened. */
export const doubtsOf = ({ warnings }: Cell): string[] =>
  warnings
    .filter(({ kind }) => kind === 'assumption' || kind === 'vacuous')
    .map(({ text }) => text);
