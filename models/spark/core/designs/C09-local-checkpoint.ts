import type { Design } from './design.ts';

export const localCheckpoint: Design = {
  id: 'C09',
  system: 'persistence',
  does: 'The checkpoint is a block of an executor, and the lineage is cut to it.',
  breaks: 'theDataCanAlwaysBeHad',
  history: 'RDD.localCheckpoint; LocalCheckpointRDD.compute',
  setting: { checkpoint: 'local', faults: { executorLoss: 1 } },
  rules: {},
  soundSetting: { checkpoint: 'reliable' },
  shortest: 3,
};
