import type { Design } from './design.ts';

export const partialRerunDoublesRows: Design = {
  id: 'B58b',
  system: 'lineage',
  does: 'The same: a row may move to a reducer that is not done as well as away from it.',
  breaks: 'noRowReachesTheResultTwice',
  history: 'SPARK-23207, SPARK-23243; RDD.repartition before 2.4',
  setting: { partitioning: 'roundRobin', faults: { executorLoss: 1 } },
  rules: { recomputesIndeterminate: 'missing', abortsRatherThanMix: false },
  shortest: 15,
};
