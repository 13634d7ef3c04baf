import type { Design } from './design.ts';

export const filesPerAttempt: Design = {
  id: 'B43',
  system: 'output',
  does: "Each attempt's committed file has a name of its own: an authorized attempt commits, dies before it reports, and the next commits too.",
  breaks: 'aPartitionIsOutputOnce',
  history: 'SPARK-39195, reverted by SPARK-48292',
  setting: { sink: 'perAttempt', faults: { executorLoss: 1 } },
  rules: {},
  soundSetting: { sink: 'renamed' },
  shortest: 11,
};
