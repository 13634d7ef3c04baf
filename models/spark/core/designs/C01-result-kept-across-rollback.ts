import type { Design } from './design.ts';

export const resultKeptAcrossRollback: Design = {
  id: 'C01',
  system: 'lineage',
  does: 'The whole indeterminate stage is computed again, and result partitions that were done before are kept.',
  breaks: 'everyRowReachesTheResult',
  history: 'SPARK-23243, the abort it adds',
  setting: { partitioning: 'roundRobin', faults: { executorLoss: 1 } },
  rules: { abortsRatherThanMix: false },
  shortest: 17,
};
