/** What a compacted topic is deployed as, and how far the model follows it. */
import type { Budget } from '../../../src/model/index.ts';
import { kafka, type Rules } from './rules.ts';

/** cleanup.policy; `none`: nothing is ever removed, for the log cleaner is off. */
export type Policy = 'compact' | 'delete' | 'compact,delete' | 'none';

/**
 * How long a reader takes, from when it begins (or was last at the end) until it is at the end.
 * - `any`: as long as you like.
 * - `withinRetention`: less than delete.retention.ms.
 * - `withRoomForAPass`: less than delete.retention.ms even when the longest pass of the cleaner is
 *   added.
 */
export type ReaderPace = 'any' | 'withinRetention' | 'withRoomForAPass';

export type Bounds = {
  /** Offsets that are ever written. */
  records: number;
  /** Keys; only the first is ever deleted. */
  keys: number;
  /** Records that a segment holds. */
  segmentRecords: number;
  /** Segments that are cleaned and swapped as one. */
  groupSegments: number;
};

export interface CompactionOptions {
  policy: Policy;
  readerPace: ReaderPace;
  /** One or two: a second replica cleans at its own pace. */
  replicas: 1 | 2;
  /** A pass of the cleaner step by step, or as one move. */
  passes: 'inSteps' | 'atOnce';
  /** One transactional producer beside the others. */
  transactions: boolean;
  /** The offset map may be full before the dirty records are all in it. */
  offsetMapFills: boolean;
  rules: Rules;
  bounds: Bounds;
  /**
   * `brokerCrash`; `slowReplica` (a broker is paused or cut off: out of the ISR, and deposed if it leads);
   * `leaderMove` (somebody moves leadership to the other replica).
   */
  faults: Budget;
}

export const defaults: CompactionOptions = {
  policy: 'compact',
  readerPace: 'any',
  replicas: 1,
  passes: 'inSteps',
  transactions: false,
  offsetMapFills: false,
  rules: kafka,
  bounds: { records: 4, keys: 2, segmentRecords: 1, groupSegments: 1 },
  faults: {},
};

/** A part of the options; rules and bounds may be parts too. */
export type Setting = Partial<Omit<CompactionOptions, 'rules' | 'bounds'>> & {
  readonly rules?: Partial<Rules>;
  readonly bounds?: Partial<Bounds>;
};

export const optionsOf = ({ rules, bounds, ...rest }: Setting = {}): CompactionOptions => ({
  ...defaults,
  ...rest,
  rules: { ...defaults.rules, ...rules },
  bounds: { ...defaults.bounds, ...bounds },
});
