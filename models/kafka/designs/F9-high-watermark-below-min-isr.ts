import type { Design } from './design.ts';
import { lagging } from './settings.ts';

/**
 * A member that leaves the ISR below min.insync.replicas stays eligible, for nothing is committed
 * without it. The older rule commits on.
 */
export const highWatermarkBelowMinIsr: Design = {
  id: 'F9',
  does: 'Eligible leader replicas are kept, and the high watermark still moves while the ISR is too small.',
  breaks: 'electableReplicasAreComplete',
  history: 'KIP-966, KAFKA-15583; the rule before 3.7',
  setting: lagging,
  rules: { highWatermarkNeedsMinIsr: false },
  shortest: 3,
};
