import type { Design } from './design.ts';

export const offsetsStoredAfterResults: Design = {
  id: 'B65c',
  system: 'direct',
  does: 'The own store keeps results and offsets, in two transactions.',
  breaks: 'noRecordIsOutputTwice',
  history: 'integration guide, "Your own data store"',
  setting: { offsets: 'ownStore', sink: 'transactional', faults: { driverCrash: 1 } },
  rules: { storesOffsetsWithResults: false },
  shortest: 7,
};
