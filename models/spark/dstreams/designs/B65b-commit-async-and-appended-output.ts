import type { Design } from './design.ts';

export const commitAsyncAndAppendedOutput: Design = {
  id: 'B65b',
  system: 'direct',
  does: 'commitAsync after output that is not idempotent.',
  breaks: 'noRecordIsOutputTwice',
  history: 'integration guide, "Kafka itself": output must be idempotent',
  setting: { offsets: 'kafka', sink: 'append', faults: { driverCrash: 1 } },
  rules: {},
  soundSetting: { offsets: 'ownStore', sink: 'transactional' },
  shortest: 7,
};
