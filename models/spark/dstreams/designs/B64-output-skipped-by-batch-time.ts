import type { Design } from './design.ts';

export const outputSkippedByBatchTime: Design = {
  id: 'B64',
  system: 'direct',
  does: 'Output of a batch time that is there already is skipped; after a crash the time stands for more records than before.',
  breaks: 'everyRecordBehindTheStreamIsOutput',
  history: 'hazard of every version; JobGenerator.restart',
  setting: { sink: 'skipByTime', faults: { driverCrash: 1 } },
  rules: {},
  soundSetting: { sink: 'byRecord' },
  shortest: 13,
};
