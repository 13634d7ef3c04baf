import type { Design } from './design.ts';

export const fetchFailureRetriesTheTask: Design = {
  id: 'C06',
  system: 'lineage',
  does: 'A failed fetch is tried again for ever, and nothing upstream is computed.',
  breaks: 'theJobEnds',
  history: 'design; hangs after stage retry, as SPARK-17644',
  setting: { faults: { executorLoss: 1 } },
  rules: { onFetchFailure: 'retryTask' },
  shortest: 5,
};
