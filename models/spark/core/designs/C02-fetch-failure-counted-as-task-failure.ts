import type { Design } from './design.ts';

export const fetchFailureCountedAsTaskFailure: Design = {
  id: 'C02',
  system: 'lineage',
  does: 'A failed fetch counts as a failure of the task that fetched, and only that task is tried again.',
  breaks: 'aDeterminateJobIsNotAborted',
  history: 'design; TaskEndReason FetchFailed.countTowardsTaskFailures is false',
  setting: { faults: { executorLoss: 1 } },
  rules: { onFetchFailure: 'failTask' },
  shortest: 13,
};
