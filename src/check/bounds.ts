/** How far the model is followed: named sets of bounds. */
import { type Bounds, defaults } from '../../models/kafka/index.ts';

/** Presets for `--bounds`. A verdict holds within its bounds and no further. */
export const BOUNDS = {
  tiny: { records: 1, lags: 1, metadataLag: 1, partitionEpochs: 4, leaderEpochs: 2 },
  small: defaults.bounds,
  large: { records: 2, lags: 2, metadataLag: 3, partitionEpochs: 12, leaderEpochs: 8 },
} as const satisfies Record<string, Bounds>;

export type BoundsName = keyof typeof BOUNDS;
