import type { Design } from './design.ts';

export const gracefulStopThatDoesNotWait: Design = {
  id: 'D04',
  system: 'direct',
  does: 'A graceful stop ends before the generated batches are done.',
  breaks: 'aStoppedStreamLeavesNothingPending',
  history: 'spark.streaming.gracefulStopTimeout, when it passes',
  setting: { offsets: 'ownStore', sink: 'transactional', faults: { gracefulStop: 1 } },
  rules: { gracefulStopWaits: false },
  shortest: 3,
};
