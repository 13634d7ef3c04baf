import type { Design } from './design.ts';
import { powerLossWhileLagging } from './settings.ts';

/**
 * The leader proposes the new incarnation before it has read of it, and cannot yet tell the dead
 * one's last fetch from the new one's. The controller's check does not help: the proposal is right, the
 * high watermark behind it is not.
 */
export const incarnationsCheckedByTheControllerAlone: Design = {
  id: 'X10',
  does: 'Which incarnation of a broker joins the ISR is checked by the controller alone.',
  breaks: 'electableReplicasAreComplete',
  history: 'KIP-903; Partition.isReplicaIsrEligible',
  setting: powerLossWhileLagging,
  rules: {
    eligibleForIsr: ({ registrations }, follower) => registrations[follower]?.active === true,
  },
  shortest: 14,
};
