import type { Design } from './design.ts';

export const appendedOutputOfReceivedData: Design = {
  id: 'D10',
  system: 'receiver',
  does: 'Log and reliable receiver, and output that is not idempotent.',
  breaks: 'noReceivedRecordIsOutputTwice',
  history: 'programming guide: at least once',
  setting: { sink: 'append', faults: { driverCrash: 1 } },
  rules: {},
  soundSetting: { sink: 'byRecord' },
  shortest: 9,
};
