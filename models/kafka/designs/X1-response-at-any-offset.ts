import type { Design } from './design.ts';
import { thereAndBack } from './settings.ts';

/**
 * An answer that comes late brings records which the follower has meanwhile got from another leader.
 */
export const responseAtAnyOffset: Design = {
  id: 'X1',
  does: 'A follower appends what a fetch response brings, whatever offset and leader epoch it was asked for in.',
  breaks: 'recordsKeepTheirOrder',
  history: 'Vanlightly kraft v3.5 (CHECK line at the fetch response)',
  setting: { ...thereAndBack, lateResponses: true },
  rules: { usesOldResponses: true, usesResponsesAtAnyOffset: true },
  shortest: 10,
};
