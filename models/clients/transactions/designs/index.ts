/** The known-bad designs of transactions. */
import { clientDesigns } from './clients.ts';
import { coordinatorDesigns } from './coordinator.ts';
import type { Design } from './design.ts';
import { partitionDesigns } from './partition.ts';
import { versions } from './versions.ts';

export type { Design } from './design.ts';
export const designs: readonly Design[] = [
  ...versions,
  ...coordinatorDesigns,
  ...partitionDesigns,
  ...clientDesigns,
];
