/** The catalogue of known-bad designs of consuming. */
import { committing } from './committing.ts';
import type { Design } from './design.ts';
import { group } from './group.ts';
import { partition } from './partition.ts';
import { position } from './position.ts';

export type { Design } from './design.ts';

export const consumerDesigns: readonly Design[] = [
  ...partition,
  ...position,
  ...group,
  ...committing,
];
