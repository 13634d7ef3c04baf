import type { Design } from './design.ts';
import { lagging } from './settings.ts';

/**
 * The controller may refuse the proposal, or elect the replica it leaves out first.
 */
export const highWatermarkOverProposedIsr: Design = {
  id: 'F7b',
  does: 'While members are proposed to leave the ISR, the high watermark does not wait for them.',
  breaks: 'acknowledgedMeansMinInsyncCopies',
  history: 'KIP-497; hachikuji AsyncIsr',
  setting: lagging,
  rules: {
    isrForHighWatermark: ({ isr, pending }) => (pending ? Object.keys(pending.isr) : isr),
  },
  shortest: 2,
};
