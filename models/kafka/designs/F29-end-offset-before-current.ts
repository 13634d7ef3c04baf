import type { Design } from './design.ts';
import { plannedMove } from './settings.ts';

/**
 * Until it has reached the start of its epoch, the new leader's high watermark may be below what
 * readers were shown.
 */
export const endOffsetBeforeCurrent: Design = {
  id: 'F29',
  does: 'A new leader tells clients where the log ends before it can know.',
  breaks: 'theHighWatermarkToldNeverFalls',
  history: 'KIP-207, KAFKA-2334',
  setting: plannedMove,
  rules: { tellsHighWatermark: () => true },
  shortest: 7,
};
