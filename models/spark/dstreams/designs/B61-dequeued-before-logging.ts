import type { Design } from './design.ts';

export const dequeuedBeforeLogging: Design = {
  id: 'B61',
  system: 'receiver',
  does: 'Blocks leave the queue before their allocation is in the log, and the write fails.',
  breaks: 'noAcknowledgedRecordIsLost',
  history: 'SPARK-23991',
  setting: { faults: { logWriteFailure: 1 } },
  rules: { dequeuesAfterLogging: false },
  shortest: 5,
};
