/** The form of an entry in the tables of time, and short ways to write one. */
import type { Spread } from './spread.ts';

/**
 * How sure we are of a figure: read in the source that is named; recalled, not looked up again; or
 * assumed, which is a guess to be replaced by a measurement.
 */
export type Mark = 'read' | 'recalled' | 'assumed';

/** How long something takes that no setting decides. */
export interface Duration {
  readonly spread: Spread;
  readonly means: string;
  readonly source: string;
  readonly mark: Mark;
}

/** How much of something there is that no setting decides. */
export interface Capacity {
  readonly value: number;
  readonly unit: string;
  readonly means: string;
  readonly source: string;
  readonly mark: Mark;
}

export const fixed = (ms: number): Spread => ({ kind: 'fixed', ms });
export const between = (from: number, to: number): Spread => ({ kind: 'uniform', from, to });
/** Half of all draws are below the median, 95 % below p95. */
export const skewed = (median: number, p95: number): Spread => ({ kind: 'lognormal', median, p95 });

/** Lines of a source become one text. */
const marked =
  (mark: Mark) =>
  (...source: string[]) => ({ source: source.join(' '), mark });
export const read = marked('read');
export const recalled = marked('recalled');
export const assumed = marked('assumed');
