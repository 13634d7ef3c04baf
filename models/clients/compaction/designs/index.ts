/** The known-bad designs of log compaction and retention. */
import { crashes } from './crashes.ts';
import type { Design } from './design.ts';
import { range } from './range.ts';
import { retention } from './retention.ts';
import { tombstones } from './tombstones.ts';
import { transactions } from './transactions.ts';

export type { Design } from './design.ts';

export const compactionDesigns: readonly Design[] = [
  ...transactions,
  ...tombstones,
  ...range,
  ...crashes,
  ...retention,
];
