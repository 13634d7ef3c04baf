import type { Design } from './design.ts';
import { thereAndBack } from './settings.ts';

/**
 * A leader's answer "cut here" is still on its way when leadership moves on, the follower's record
 * turns out to be the right one and is committed, and the same leader is elected again: its answer
 * arrives, the offset fits, and the follower cuts. An answer of another broker cannot do that: each
 * source broker has a fetcher of its own.
 */
export const oldResponseCuts: Design = {
  id: 'F17',
  does: 'A follower uses a fetch response of an earlier leader epoch if its offset fits.',
  breaks: 'electableReplicasAreComplete',
  history: 'KAFKA-18991; up to 4.0.0',
  setting: {
    ...thereAndBack,
    faults: { preferredElection: 2, slowReplica: 1 },
    lateResponses: true,
  },
  rules: { usesOldResponses: true },
  shortest: 19,
};
