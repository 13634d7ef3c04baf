import type { Design } from './design.ts';

export const wholeStageRerun: Design = {
  id: 'C05',
  system: 'lineage',
  does: 'A lost output makes the whole map stage run again.',
  breaks: 'onlyLostOutputsAreComputedAgain',
  history: 'design; what lineage by partition is there to avoid',
  setting: { faults: { executorLoss: 1 } },
  rules: { recomputesDeterminate: 'whole' },
  shortest: 9,
};
