import type { Design } from './design.ts';

export const lastBatchRunsAgain: Design = {
  id: 'D06',
  system: 'direct',
  does: 'A restart from a checkpoint runs the last batch again although it was done.',
  breaks: 'aStoppedStreamResumesWhereItStopped',
  history:
    'JobGenerator.restart (downTimes begin at the checkpoint time); CheckpointSuite expects it',
  setting: { offsets: 'checkpoint', faults: { gracefulStop: 1 } },
  rules: {},
  soundSetting: { offsets: 'ownStore', sink: 'transactional' },
  shortest: 7,
};
