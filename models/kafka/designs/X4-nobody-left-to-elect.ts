import type { Design } from './design.ts';
import { twoBrokers } from './settings.ts';

/**
 * After every replica has stopped uncleanly ISR and ELR are empty, and stay so without an unclean
 * election by hand.
 */
export const nobodyLeftToElect: Design = {
  id: 'X4',
  does: 'Eligible leader replicas are kept, and the last known leader is never elected.',
  breaks: 'aLeaderIsFoundAgain',
  history: 'KIP-966, balanced recovery',
  setting: { ...twoBrokers, faults: { brokerCrash: 1 } },
  rules: { electsLastKnownLeader: 'never' },
  givesUp: ['writesGoOnWithOneBrokerDown'],
  shortest: 3,
};
