import type { Design } from './design.ts';
import { powerLossWhileLagging } from './settings.ts';

/**
 * The ISR has shrunk to one broker, which loses power and with it records that were committed while
 * the ISR was larger. It is still the ISR when it comes back, and is elected.
 */
export const lastReplicaStanding: Design = {
  id: 'F8',
  does: 'The last member of the ISR stays in it through a power loss (no eligible leader replicas).',
  breaks: 'acknowledgedRecordsSurvive',
  history: 'KIP-966; Vanlightly kraft v3.5; every version with ELR off (the default before 4.1)',
  setting: powerLossWhileLagging,
  rules: { eligibleLeaderReplicas: false, electsLastKnownLeader: 'never' },
  shortest: 10,
};
