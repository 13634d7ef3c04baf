import { endOffset, truncateTo } from '../log.ts';
import type { Design } from './design.ts';
import { thereAndBack } from './settings.ts';

/**
 * A replica that led without writing has an epoch in its cache that nobody else knows. It asks its
 * leader about that epoch, is told to cut, cuts nothing, and asks again.
 */
export const epochCacheNotTrimmed: Design = {
  id: 'F19',
  does: 'Cutting a log that is short enough already leaves its epoch cache as it is.',
  breaks: 'followersCatchUp',
  history: 'KAFKA-10706',
  setting: thereAndBack,
  rules: {
    truncate: (log, offset) => (offset < endOffset(log) ? truncateTo(log, offset) : log),
  },
  shortest: 5,
};
