import type { Design } from './design.ts';

export const oneCopyOfWhatCannotBeRepeated: Design = {
  id: 'C10',
  system: 'persistence',
  does: 'A non-deterministic RDD is persisted in one copy, and its executor is lost between two actions.',
  breaks: 'everyActionSeesTheSameData',
  history: 'RDD programming guide, storage levels',
  setting: { deterministic: false, replicas: 1, faults: { executorLoss: 1 } },
  rules: {},
  soundSetting: { replicas: 2 },
  shortest: 3,
};
