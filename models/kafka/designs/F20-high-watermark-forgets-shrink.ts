import type { Design } from './design.ts';
import { lagging } from './settings.ts';

/**
 * Everybody left has the record already: no fetch brings news of it any more.
 */
export const highWatermarkForgetsShrink: Design = {
  id: 'F20',
  does: 'The high watermark is not looked at again when the controller confirms a smaller ISR.',
  breaks: 'waitingWritesAreAnswered',
  history: 'KAFKA-13091',
  setting: lagging,
  rules: { highWatermarkAfterIsrChange: false },
  shortest: 7,
};
