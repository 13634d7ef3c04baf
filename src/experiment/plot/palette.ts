/**
 * Colours that everybody tells apart, three to one or more against paper and against the dark page.
 * They stand beside words, symbols or an order that say the same.
 */
import type { SymbolType } from '@observablehq/plot';

export const BLUE = '#0072B2';
export const VERMILION = '#D55E00';
export const GREEN = '#009E73';
export const PURPLE = '#B5609B';
/** The page's own. */
export const INK = 'currentColor';

const SERIES = [BLUE, VERMILION, GREEN, PURPLE, INK];
const SYMBOLS: SymbolType[] = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye'];

/** How the series in place `i` is drawn: no two of the first thirty are alike. */
export const seriesStyle = (i: number): { color: string; symbol: SymbolType } => ({
  color: SERIES[i % SERIES.length]!,
  symbol: SYMBOLS[i % SYMBOLS.length]!,
});

/** Phases of a recovery, in the order they follow each other; what they have in common looks alike. */
export const PHASES: readonly {
  name: string;
  says: string;
  color: string;
  opacity?: number;
}[] = [
  { name: 'detect', says: 'detect', color: VERMILION },
  { name: 'elect', says: 'elect', color: BLUE },
  { name: 'resume', says: 'resume', color: INK, opacity: 0.3 },
  { name: 'reschedule', says: 'reschedule', color: BLUE },
  { name: 'reload', says: 'reload state', color: GREEN },
  { name: 'rerun', says: 'rerun', color: PURPLE },
  { name: 'catchUp', says: 'catch up', color: INK, opacity: 0.3 },
];
