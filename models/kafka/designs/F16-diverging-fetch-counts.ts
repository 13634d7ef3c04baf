import type { Design } from './design.ts';
import { fenced, withRecords } from './settings.ts';

/**
 * The follower is about to cut what its offset claimed.
 */
export const divergingFetchCounts: Design = {
  id: 'F16',
  does: 'A fetch that is answered with a diverging epoch still counts as having reached its offset.',
  breaks: 'electableReplicasAreComplete',
  history: 'KAFKA-13141; before 2.7.2 and 2.8.1',
  setting: withRecords(fenced, 2),
  rules: { divergingFetchCounts: true },
  shortest: 7,
};
