/** The catalogue of known-bad designs of a streaming query. */
import type { Design } from './design.ts';
import { order } from './order.ts';
import { sinks } from './sinks.ts';
import { source } from './source.ts';
import { storage } from './storage.ts';
import { watermark } from './watermark.ts';

export type { Design } from './design.ts';

export const streamingDesigns: readonly Design[] = [
  ...order,
  ...watermark,
  ...storage,
  ...sinks,
  ...source,
];
