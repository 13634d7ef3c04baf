/** Where a job, a write and an RDD stand when a fault strikes. */
import { type Phases, statesOf } from '../../../src/model/index.ts';
import type { Dataset } from './dataset.ts';

export const jobPhases = statesOf('the scheduler of the job', 'scheduler', [
  'mapping',
  'reducing',
  'finished',
  'aborted',
]);

export const writePhases = statesOf('the driver of the write', 'driver', [
  'writing',
  'written',
  'committed',
]);

/** By what keeps the data of an RDD. */
export const datasetPhases: Phases = {
  of: 'the RDD',
  phases: ['not computed', 'kept', 'kept, checkpoint due', 'checkpointed', 'not kept', 'failed'],
  component: () => 'rdd',
  at: ({ value, context }) => {
    const { blocks, isCut, due, actions } = context as Dataset;
    if (value === 'failed') return 'failed';
    if (isCut) return 'checkpointed';
    if (actions === 0) return 'not computed';
    const isKept = Object.values(blocks).some((block) => block !== null);
    if (!isKept) return 'not kept';
    return due ? 'kept, checkpoint due' : 'kept';
  },
};
