import type { Design } from './design.ts';
import { thereAndBack, withRecords } from './settings.ts';

/**
 * Leadership goes there and back quickly. The follower asks where its last epoch ends, which the
 * leader never heard of; the answer is the end of an earlier one. Cut by its offset alone, the follower
 * keeps a record of the epoch that the leader does not know.
 */
export const truncationByOffsetAlone: Design = {
  id: 'F3',
  does: 'The leader answers the epoch query by an end offset alone, and the follower cuts once by it.',
  breaks: 'replicasAgreeBelowTheirHighWatermarks',
  history: 'KIP-279, KAFKA-6361; fixed in 2.0',
  setting: withRecords(thereAndBack, 2),
  rules: { truncation: 'onNewEpoch', truncatesByEpoch: false },
  shortest: 12,
};
