import type { Design } from './design.ts';

export const receiverNotDrained: Design = {
  id: 'D11',
  system: 'receiver',
  does: 'A graceful stop ends with received records unprocessed.',
  breaks: 'aStoppedReceiverStreamIsDrained',
  history: 'spark.streaming.gracefulStopTimeout, when it passes',
  setting: { faults: { gracefulStop: 1 } },
  rules: { gracefulStopDrains: false },
  shortest: 3,
};
