import type { Design } from './design.ts';
import { fenced } from './settings.ts';

/**
 * A broker is fenced and unfenced; the latter changes no partition, so the leader takes it for fenced
 * for ever.
 */
export const registrationsOfLastChange: Design = {
  id: 'X6',
  does: 'A leader knows the broker registrations as of the last change of its partition.',
  breaks: 'everyReplicaRejoins',
  history: 'design; KRaftMetadataCache is updated by every record',
  setting: fenced,
  rules: { hearsOfRegistrations: false },
  shortest: 2,
};
