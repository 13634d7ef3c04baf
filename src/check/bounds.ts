/** How far the model is followed: named sets of bounds. */
import { type Bounds, defaults } from '../../models/kafka/index.ts';

/**
 * Presets for `--bounds`. A verdict holds within its bounds and no further. The bounds on epochs are
 * there to end an endless search; with few faults they are never reached.
 */
export const BOUNDS = {
  tiny: { ...defaults.bounds, metadataLag: 1 },
  small: defaults.bounds,
  large: { ...defaults.bounds, records: 2, lags: 2, metadataLag: 3 },
} as const satisfies Record<string, Bounds>;

export type BoundsName = keyof typeof BOUNDS;

/** Bounds in words. */
export function boundsText(bounds: Bounds): string {
  const { records, lags, metadataLag, partitionEpochs, leaderEpochs } = bounds;
  return [
    `${records} ${records === 1 ? 'record' : 'records'}`,
    `replicas found lagging ${lags === 1 ? 'once' : `${lags} times`} (not a fault)`,
    `metadata read ${metadataLag} ${metadataLag === 1 ? 'change' : 'changes'} late`,
    `partition epochs to ${partitionEpochs}, leader epochs to ${leaderEpochs}`,
  ].join(', ');
}
