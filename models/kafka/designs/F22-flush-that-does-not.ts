import type { Design } from './design.ts';
import { twoBrokers } from './settings.ts';

/**
 * The recovery point says that all was flushed, the disk does not have it. Only where flushing is
 * what makes a record safe, one copy being enough, does it matter.
 */
export const flushThatDoesNot: Design = {
  id: 'F22',
  does: 'A power loss takes records that count as flushed.',
  breaks: 'acknowledgedRecordsSurvive',
  history: 'KAFKA-10101',
  setting: { ...twoBrokers, flushEveryMessage: true, faults: { powerLoss: 1 } },
  rules: { safeFromPowerLoss: () => 0 },
  givesUp: ['writesGoOnWithOneBrokerDown'],
  shortest: 4,
};
