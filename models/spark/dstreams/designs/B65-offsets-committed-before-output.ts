import type { Design } from './design.ts';

export const offsetsCommittedBeforeOutput: Design = {
  id: 'B65',
  system: 'direct',
  does: 'Offsets are committed to Kafka when the batch is generated (as auto-commit may).',
  breaks: 'everyRecordBehindTheStreamIsOutput',
  history: 'integration guide, "Obtaining Offsets": commit after the output',
  setting: { offsets: 'kafka', faults: { driverCrash: 1 } },
  rules: { commitsOffsets: 'beforeOutput' },
  shortest: 4,
};
