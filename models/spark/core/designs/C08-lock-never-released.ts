import type { Design } from './design.ts';

export const lockNeverReleased: Design = {
  id: 'C08',
  system: 'output',
  does: 'The grant of an attempt that dies is not given to its successor.',
  breaks: 'theWriteEnds',
  history: 'design; SPARK-4879 releases it',
  setting: { sink: 'renamed', faults: { executorLoss: 1 } },
  rules: { releasesLockOfFailedAttempt: false },
  shortest: 4,
};
