import type { Design } from './design.ts';

export const partialRerunOfIndeterminateStage: Design = {
  id: 'B58',
  system: 'lineage',
  does: 'Only the lost outputs of an indeterminate map stage are computed again: rows move between reducers of which some are done.',
  breaks: 'everyRowReachesTheResult',
  history: 'SPARK-23207, SPARK-23243; RDD.repartition before 2.4',
  setting: { partitioning: 'roundRobin', faults: { executorLoss: 1 } },
  rules: { recomputesIndeterminate: 'missing', abortsRatherThanMix: false },
  shortest: 15,
};
