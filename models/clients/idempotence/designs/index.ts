/** The catalogue of known-bad designs of the idempotent producer. */
import { brokerDesigns } from './broker.ts';
import { clientDesigns } from './client.ts';
import { deploymentDesigns } from './deployment.ts';
import type { Design } from './design.ts';

export type { Design } from './design.ts';

export const idempotenceDesigns: readonly Design[] = [
  ...deploymentDesigns,
  ...clientDesigns,
  ...brokerDesigns,
];
