import type { Design } from './design.ts';
import { thereAndBack, withRecords } from './settings.ts';

/**
 * Another one led in between, and the leader cut its log to it; the follower did not.
 */
export const sameLeaderNewEpoch: Design = {
  id: 'F26',
  does: 'A follower goes on as before when a new epoch has the same leader.',
  breaks: 'replicasAgreeBelowTheirHighWatermarks',
  history: 'KAFKA-7164; before 2.0.1 and 2.1',
  setting: withRecords(thereAndBack, 2),
  rules: { truncation: 'onNewEpoch', newEpochOfSameLeaderCounts: false },
  shortest: 12,
};
