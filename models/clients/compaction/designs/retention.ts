/** Designs that delete by age or size what somebody still counts on. */
import type { Design } from './design.ts';

const fast = { readerPace: 'withRoomForAPass' } as const;

/** A key that is not written again within retention.ms is forgotten. */
export const compactAndDelete: Design = {
  id: 'X8',
  does: 'A table is kept in a topic with cleanup.policy=compact,delete.',
  breaks: 'theLatestValueOfEveryKeyIsKept',
  history: 'KIP-71; retention.ms is 7 days unless told',
  setting: { ...fast, policy: 'compact,delete' },
  rules: {},
  soundSetting: { ...fast, policy: 'compact' },
  shortest: 3,
};

/** The topic was created with the defaults. */
export const notCompactedAtAll: Design = {
  id: 'X9',
  does: 'A table is kept in a topic with cleanup.policy=delete, the default.',
  breaks: 'readersEndWithTheLatestValues',
  history: 'cleanup.policy is delete unless told',
  setting: { ...fast, policy: 'delete' },
  rules: {},
  soundSetting: { ...fast, policy: 'compact' },
  shortest: 7,
};

/** The log would start past its own high watermark. */
export const retentionTakesTheUncommitted: Design = {
  id: 'X10',
  does: 'Retention deletes segments that are not committed yet.',
  breaks: 'retentionStaysBelowTheHighWatermark',
  history: 'seeded; UnifiedLog.deletableSegments compares with the high watermark',
  setting: { replicas: 2, passes: 'atOnce', policy: 'delete', bounds: { records: 3 } },
  rules: { retentionStopsAtHighWatermark: false },
  givesUp: [
    'theLatestValueOfEveryKeyIsKept',
    'readersEndWithTheLatestValues',
    'readersSeeDeletions',
    'replicasAgree',
  ],
  shortest: 3,
};

export const retention = [compactAndDelete, notCompactedAtAll, retentionTakesTheUncommitted];
