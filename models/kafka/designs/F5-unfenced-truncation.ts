import type { Design } from './design.ts';
import { thereAndBack, withRecords } from './settings.ts';

/**
 * The point to cut at comes from a broker that leads in an earlier or later epoch than the follower
 * believes; what it then fetches belongs to the other one.
 */
export const unfencedTruncation: Design = {
  id: 'F5',
  does: 'A broker answers the epoch query of a follower of any leader epoch.',
  breaks: 'electableReplicasAreComplete',
  history: 'KIP-320; hachikuji Kip320, FencedBecomeFollowerAndTruncate; before 2.1',
  setting: withRecords(thereAndBack, 2),
  rules: { truncation: 'onNewEpoch', fencesEpochQuery: false },
  shortest: 11,
};
