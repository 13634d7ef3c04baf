import type { Design } from './design.ts';

export const failedAttemptMayCommit: Design = {
  id: 'B42',
  system: 'output',
  does: 'An attempt that the driver has given up is granted the commit; its successor is refused for ever.',
  breaks: 'theWriteEnds',
  history: 'SPARK-19631; before 2.2',
  setting: { sink: 'renamed', faults: { zombieTask: 1 } },
  rules: { refusesFailedAttempts: false },
  shortest: 4,
};
