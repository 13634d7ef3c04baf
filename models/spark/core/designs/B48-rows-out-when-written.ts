import type { Design } from './design.ts';

export const rowsOutWhenWritten: Design = {
  id: 'B48',
  system: 'output',
  does: 'Rows are out as soon as they are written and nobody is asked: the rows of a failed attempt stay.',
  breaks: 'aPartitionIsOutputOnce',
  history: 'SPARK-28908 (Kafka sink), closed unmerged',
  setting: { sink: 'immediate', faults: { taskFailure: 1 } },
  rules: {},
  soundSetting: { sink: 'manifest' },
  shortest: 5,
};
