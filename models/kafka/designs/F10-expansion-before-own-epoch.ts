import type { Design } from './design.ts';
import { plannedMove } from './settings.ts';

/**
 * The new leader's own high watermark may lag the true one. A follower that has reached only the
 * lagging one may lack committed records, and must not become electable.
 */
export const expansionBeforeOwnEpoch: Design = {
  id: 'F10',
  does: "A follower joins the ISR when it has reached the high watermark, though not the start of the leader's epoch.",
  breaks: 'electableReplicasAreComplete',
  history:
    'Vanlightly kraft v3.5 (CHECK line at expansion); KIP-320 specification, FencedLeaderExpandIsr',
  setting: { ...plannedMove, bounds: { records: 1, lags: 1 } },
  rules: { caughtUpForIsr: (leader, _, offset) => offset >= leader.highWatermark },
  shortest: 10,
};
