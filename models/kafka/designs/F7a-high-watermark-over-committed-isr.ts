import type { Design } from './design.ts';
import { lagging } from './settings.ts';

/**
 * The controller may have accepted the proposal already, the answer being on its way. Then the new
 * member can be elected without what the high watermark has passed.
 */
export const highWatermarkOverCommittedIsr: Design = {
  id: 'F7a',
  does: 'While a replica is proposed for the ISR, the high watermark does not wait for it.',
  breaks: 'electableReplicasAreComplete',
  history: 'KIP-497; hachikuji AsyncIsr',
  setting: lagging,
  rules: { isrForHighWatermark: ({ isr }) => isr },
  shortest: 7,
};
