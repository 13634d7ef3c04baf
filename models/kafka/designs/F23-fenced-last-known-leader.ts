import type { Design } from './design.ts';
import { twoBrokers } from './settings.ts';

/**
 * The test was there, and only logged.
 */
export const fencedLastKnownLeader: Design = {
  id: 'F23',
  does: 'The last known leader is elected though it is fenced.',
  breaks: 'theControllerKeepsItsRules',
  history: 'KAFKA-19522; 4.0 with ELR on',
  setting: { ...twoBrokers, faults: { brokerCrash: 1 } },
  rules: { electsLastKnownLeader: 'always' },
  givesUp: ['writesGoOnWithOneBrokerDown'],
  shortest: 4,
};
