import type { Design } from './design.ts';
import { thereAndBack } from './settings.ts';

/**
 * A former leader's answer "cut here" arrives when the same offset is right again, and committed.
 */
export const oldResponseCuts: Design = {
  id: 'F17',
  does: 'A follower uses a fetch response of an earlier leader epoch if its offset fits.',
  breaks: 'electableReplicasAreComplete',
  history: 'KAFKA-18991; up to 4.0.0',
  setting: { ...thereAndBack, lateResponses: true },
  rules: { usesOldResponses: true },
  shortest: 11,
};
