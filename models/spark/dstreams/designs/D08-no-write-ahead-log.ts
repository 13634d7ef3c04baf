import type { Design } from './design.ts';

export const noWriteAheadLog: Design = {
  id: 'D08',
  system: 'receiver',
  does: 'A reliable receiver without a write-ahead log: what it acknowledged dies with the driver.',
  breaks: 'everyRecordIsProcessed',
  history: 'programming guide, "Semantics of received data"; the default',
  setting: { writeAheadLog: false, faults: { driverCrash: 1 } },
  rules: {},
  soundSetting: { writeAheadLog: true },
  shortest: 5,
};
