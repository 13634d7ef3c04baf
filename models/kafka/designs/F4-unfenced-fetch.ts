import type { Design } from './design.ts';
import { thereAndBack } from './settings.ts';

/**
 * The leader counts a follower that is still in an earlier epoch. That follower has yet to hear of
 * the leader between, and cuts its log to that one's.
 */
export const unfencedFetch: Design = {
  id: 'F4',
  does: 'A leader serves and counts fetches of any leader epoch.',
  breaks: 'electableReplicasAreComplete',
  history: 'KIP-320, KAFKA-7395; hachikuji Kip320FirstTry; before 2.1',
  setting: thereAndBack,
  rules: { fencesFetch: () => false },
  shortest: 9,
};
