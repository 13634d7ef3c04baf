import type { Design } from './design.ts';

export const answeredBeforeLogging: Design = {
  id: 'D07',
  system: 'receiver',
  does: 'The receiver is told that its block is safe before the log has it.',
  breaks: 'noAcknowledgedRecordIsLost',
  history: 'design; ReceivedBlockTracker.addBlock writes first',
  setting: { faults: { driverCrash: 1 } },
  rules: { answersAfterLogging: false },
  shortest: 5,
};
