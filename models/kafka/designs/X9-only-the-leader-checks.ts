import type { Design } from './design.ts';
import { crash } from './settings.ts';

/**
 * The leader reads the metadata log late: whom it proposes may have been fenced since.
 */
export const onlyTheLeaderChecks: Design = {
  id: 'X9',
  does: 'Whether a replica may join the ISR is checked by the leader alone.',
  breaks: 'theControllerKeepsItsRules',
  history: 'KIP-841; ReplicationControlManager.ineligibleReplicasForIsr',
  setting: crash,
  rules: { refusesIneligible: () => false },
  shortest: 6,
};
