/** The KIP-320 family: five protocols for one replicated partition, from the unsafe to the safe. */
import type { Variant } from './variant.ts';
import { kip101 } from './variants/kip101.ts';
import { kip279 } from './variants/kip279.ts';
import { kip320 } from './variants/kip320.ts';
import { kip320FirstTry } from './variants/kip320-first-try.ts';
import { truncateToHighWatermark } from './variants/truncate-to-high-watermark.ts';

export { kip320System, type Sizes } from './system.ts';
export type { Variant } from './variant.ts';

/** In the order of their history. */
export const variants: readonly Variant[] = [
  truncateToHighWatermark,
  kip101,
  kip279,
  kip320FirstTry,
  kip320,
];
