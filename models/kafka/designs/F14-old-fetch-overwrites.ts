import type { Design } from './design.ts';
import { powerLoss } from './settings.ts';

/**
 * Expansion asks for the incarnation, but the high watermark is then moved by a fetch that the dead
 * one sent.
 */
export const oldFetchOverwrites: Design = {
  id: 'F14',
  does: 'A fetch of an earlier incarnation overwrites what the leader knows of the present one.',
  breaks: 'electableReplicasAreComplete',
  history: 'KAFKA-15221; before 3.6',
  setting: powerLoss,
  rules: { fencesOldIncarnation: () => false },
  shortest: 12,
};
