import type { Design } from './design.ts';

export const twinOfTheCheckpointTaskFails: Design = {
  id: 'B28',
  system: 'persistence',
  does: 'The speculative copy of a checkpoint task finds the file of its twin, and that is an error.',
  breaks: 'theDataCanAlwaysBeHad',
  history: 'SPARK-58750 (s3a since Hadoop 3.3.1)',
  setting: { checkpoint: 'reliable', faults: { speculation: 1 } },
  rules: { takesTwinsCheckpoint: false },
  shortest: 4,
};
