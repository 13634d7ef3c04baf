import { cutToHighWatermark } from '../rules.ts';
import type { Design } from './design.ts';
import { plannedMove } from './settings.ts';

/**
 * A follower's high watermark is behind its leader's by a fetch: between the two it holds records
 * that are committed and does not know it. To cut there makes an ISR member forget them.
 */
export const truncationToHighWatermark: Design = {
  id: 'F1',
  does: 'A follower cuts its log to its own high watermark when it begins to follow.',
  breaks: 'electableReplicasAreComplete',
  history: 'KIP-101, first scenario; KAFKA-1211; before 0.11',
  setting: plannedMove,
  rules: { truncation: 'never', cutBeforeFollowing: cutToHighWatermark },
  shortest: 7,
};
