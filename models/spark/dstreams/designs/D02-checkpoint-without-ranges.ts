import type { Design } from './design.ts';

export const checkpointWithoutRanges: Design = {
  id: 'D02',
  system: 'direct',
  does: 'A checkpoint holds the position and not the ranges of batches that are not done.',
  breaks: 'theStreamCatchesUp',
  history: 'design; DirectKafkaInputDStreamCheckpointData keeps them',
  setting: { offsets: 'checkpoint', faults: { driverCrash: 1 } },
  rules: { checkpointKeepsRanges: false },
  shortest: 4,
};
