import type { Design } from './design.ts';

/**
 * The boundary of what min.insync.replicas promises. When ISR and eligible replicas have all lost
 * power, the last known leader is elected with what its disk kept, unclean.leader.election.enable=false
 * notwithstanding. With one loss fewer nothing is lost.
 */
export const asManyLossesAsCopies: Design = {
  id: 'F24',
  does: 'As many brokers lose power as min.insync.replicas asks for copies.',
  breaks: 'electedLeadersAreComplete',
  history: 'KIP-966, last known leader; contract',
  setting: { replicas: 2, faults: { powerLoss: 2 }, bounds: { records: 1, lags: 0 } },
  rules: {},
  soundSetting: { faults: { powerLoss: 1 } },
  givesUp: ['writesGoOnWithOneBrokerDown'],
  shortest: 8,
};
