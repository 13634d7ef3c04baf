import type { Design } from './design.ts';
import { powerLoss } from './settings.ts';

/**
 * It may have lost what made it eligible.
 */
export const elrTrustsUncleanRestart: Design = {
  id: 'X8',
  does: 'A broker that did not stop cleanly stays an eligible leader replica.',
  breaks: 'electableReplicasAreComplete',
  history: 'KIP-966, unclean shutdown',
  setting: { ...powerLoss, replicas: 2 },
  rules: { distrustsUncleanRestart: false },
  givesUp: ['writesGoOnWithOneBrokerDown'],
  shortest: 5,
};
