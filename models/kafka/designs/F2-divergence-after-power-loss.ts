import { cutToHighWatermark } from '../rules.ts';
import type { Design } from './design.ts';

/**
 * A replica that lost its last records leads, and writes others at their offsets; the former leader
 * cuts to its high watermark, which is above them. With epochs (KIP-101) the loss remains, for the last
 * member of the ISR is trusted after a power loss (F8), but the logs agree again.
 */
export const divergenceAfterPowerLoss: Design = {
  id: 'F2',
  does: 'A follower cuts to its own high watermark, and the last member of the ISR is trusted after a power loss.',
  breaks: 'replicasAgreeBelowTheirHighWatermarks',
  history: 'KIP-101, second scenario; before 0.11',
  setting: {
    replicas: 2,
    faults: { powerLoss: 1, slowReplica: 1 },
    bounds: { records: 2, lags: 0 },
  },
  rules: {
    truncation: 'never',
    cutBeforeFollowing: cutToHighWatermark,
    eligibleLeaderReplicas: false,
    electsLastKnownLeader: 'never',
  },
  givesUp: ['writesGoOnWithOneBrokerDown'],
  shortest: 14,
};
