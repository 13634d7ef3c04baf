import type { Design } from './design.ts';
import { lagging } from './settings.ts';

/**
 * Records may be committed within the leader's epoch as well.
 */
export const expansionBelowHighWatermark: Design = {
  id: 'F11',
  does: "A follower joins the ISR when it has reached the start of the leader's epoch, though not the high watermark.",
  breaks: 'electableReplicasAreComplete',
  history: 'Vanlightly kraft v3.5 (CHECK line at expansion)',
  setting: lagging,
  rules: { caughtUpForIsr: (_, { epochStart }, offset) => offset >= epochStart },
  shortest: 7,
};
