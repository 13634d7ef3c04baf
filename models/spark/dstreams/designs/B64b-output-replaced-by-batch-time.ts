import type { Design } from './design.ts';

export const outputReplacedByBatchTime: Design = {
  id: 'B64b',
  system: 'direct',
  does: 'Output of a batch time replaces what is there; after a crash other times hold its records too.',
  breaks: 'noRecordIsOutputTwice',
  history: 'hazard of every version; JobGenerator.restart',
  setting: { sink: 'replaceByTime', faults: { driverCrash: 1 } },
  rules: {},
  soundSetting: { sink: 'byRecord' },
  shortest: 7,
};
