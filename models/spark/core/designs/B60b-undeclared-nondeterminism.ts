import type { Design } from './design.ts';

export const undeclaredNondeterminism: Design = {
  id: 'B60b',
  system: 'lineage',
  does: "Nobody compares a recomputed map output with what it replaces, and the job's author did not say that it may differ.",
  breaks: 'everyRowReachesTheResult',
  history: 'SPARK-51756, SPARK-54556; before 4.1',
  setting: { partitioning: 'undeclared', faults: { executorLoss: 1 } },
  rules: { comparesShuffleChecksums: false },
  shortest: 15,
};
