import type { Design } from './design.ts';
import { crash } from './settings.ts';

/**
 * The ISR shrinks to the leader, the leader dies: two replicas live that hold all that is committed,
 * and nobody may lead.
 */
export const onlyTheLastMember: Design = {
  id: 'F30',
  does: 'When the ISR has shrunk to one broker, only that one may be elected.',
  breaks: 'writesGoOnWithOneBrokerDown',
  history: 'KAFKA-12241; every version with ELR off',
  setting: crash,
  rules: { eligibleLeaderReplicas: false, electsLastKnownLeader: 'never' },
  shortest: 3,
};
