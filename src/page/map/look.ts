/** How the map is looked at now: kept while the page shows something else in its place. */
import { signal } from '@preact/signals';
import type { Place } from '../matrix.ts';
import type { View } from './map.ts';

/** Null: as one begins. */
export const view = signal<View | null>(null);
/** Where the keys are. */
export const place = signal<Place>({ row: 0, column: 0 });
/** The values of the axes that are stepped into. */
export const chosen = signal<{ readonly down: string; readonly across: string } | null>(null);
/** Number of the cell of the grid that is told in full. */
export const told = signal<number | null>(null);
