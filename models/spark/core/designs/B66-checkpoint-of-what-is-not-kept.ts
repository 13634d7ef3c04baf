import type { Design } from './design.ts';

export const checkpointOfWhatIsNotKept: Design = {
  id: 'B66',
  system: 'persistence',
  does: 'A non-deterministic RDD that is not persisted is checkpointed after its first action was output: the checkpoint computes it again.',
  breaks: 'theCheckpointIsWhatWasOutput',
  history: 'SPARK-8582; RDD.checkpoint advises to persist',
  setting: { deterministic: false, checkpoint: 'reliable', bounds: { executors: 2, actions: 3 } },
  rules: {},
  soundSetting: { firstActionIsOutput: false },
  shortest: 2,
};
