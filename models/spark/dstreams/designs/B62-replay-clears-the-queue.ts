import type { Design } from './design.ts';

export const replayClearsTheQueue: Design = {
  id: 'B62',
  system: 'receiver',
  does: 'Reading an allocation back clears the whole queue, also of blocks logged before it and allocated later.',
  breaks: 'noAcknowledgedRecordIsLost',
  history: 'SPARK-23438 (batched log writes, SPARK-11141)',
  setting: { faults: { driverCrash: 1 } },
  rules: { allocationRemoves: 'everything' },
  shortest: 11,
};
