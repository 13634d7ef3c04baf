import type { Design } from './design.ts';

export const fetchFailureOfOldAttemptCounts: Design = {
  id: 'C03',
  system: 'lineage',
  does: 'A fetch failure that a zombie task of an earlier stage attempt reports ends the present attempt.',
  breaks: 'aDeterminateJobIsNotAborted',
  history: 'design; DAGScheduler ignores it since 1.5 (SPARK-8103)',
  setting: { maxStageAttempts: 2, faults: { executorLoss: 1 } },
  rules: { ignoresFetchFailuresOfOldAttempts: false },
  shortest: 9,
};
