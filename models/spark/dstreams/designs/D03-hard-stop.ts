import type { Design } from './design.ts';

export const hardStop: Design = {
  id: 'D03',
  system: 'direct',
  does: 'The stream is stopped without stopGracefully, as by default.',
  breaks: 'aStoppedStreamLeavesNothingPending',
  history: 'spark.streaming.stopGracefullyOnShutdown is false by default',
  setting: { offsets: 'ownStore', sink: 'transactional', faults: { hardStop: 1 } },
  rules: {},
  soundSetting: { faults: { gracefulStop: 1 } },
  shortest: 2,
};
