import type { Design } from './design.ts';

export const lockForgottenAtStageRetry: Design = {
  id: 'B40',
  system: 'output',
  does: 'The commit coordinator begins anew with each stage attempt, and a zombie of the last one holds a grant.',
  breaks: 'aPartitionIsOutputOnce',
  history: 'SPARK-24589; before 2.3.2 and 2.4',
  setting: { sink: 'perAttempt', faults: { stageRetry: 1 } },
  rules: { locksOutliveStageAttempts: false },
  shortest: 11,
};
