import type { Design } from './design.ts';

export const commitAlgorithm2: Design = {
  id: 'C07',
  system: 'output',
  does: "A task's commit publishes: mapreduce.fileoutputcommitter.algorithm.version=2.",
  breaks: 'nothingIsVisibleBeforeTheJobCommits',
  history: 'MAPREDUCE-4815; SPARK-33019 sets 1 by default',
  setting: { sink: 'merged', faults: {} },
  rules: {},
  soundSetting: { sink: 'renamed' },
  shortest: 4,
};
