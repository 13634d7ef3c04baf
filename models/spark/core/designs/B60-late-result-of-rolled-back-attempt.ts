import type { Design } from './design.ts';

export const lateResultOfRolledBackAttempt: Design = {
  id: 'B60',
  system: 'lineage',
  does: 'A result that was read before the map stage was thrown away is taken after it.',
  breaks: 'noRowReachesTheResultTwice',
  history: 'SPARK-51272; before 4.1',
  setting: { partitioning: 'roundRobin', faults: { executorLoss: 1 } },
  rules: { takesResultsOfRolledBackAttempts: true },
  shortest: 17,
};
