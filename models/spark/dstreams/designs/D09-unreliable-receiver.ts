import type { Design } from './design.ts';

export const unreliableReceiver: Design = {
  id: 'D09',
  system: 'receiver',
  does: "The source forgets what it hands out; what is in the receiver's buffer dies with its executor.",
  breaks: 'noAcknowledgedRecordIsLost',
  history: 'programming guide, "Receiver Reliability"',
  setting: { reliable: false, faults: { executorLoss: 1 } },
  rules: {},
  soundSetting: { reliable: true },
  shortest: 2,
};
