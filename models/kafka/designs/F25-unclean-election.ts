import type { Design } from './design.ts';
import { twoBrokers } from './settings.ts';

/**
 * Whoever lives may lead, whatever it has.
 */
export const uncleanElection: Design = {
  id: 'F25',
  does: 'Unclean leader election is on.',
  breaks: 'whatReadersSawStays',
  history: 'unclean.leader.election.enable=true, the default before 0.11',
  setting: { ...twoBrokers, uncleanLeaderElection: true, faults: { slowReplica: 1 } },
  rules: {},
  soundSetting: { uncleanLeaderElection: false },
  shortest: 4,
};
