import type { Design } from './design.ts';

export const lastCommitAsyncNeverSent: Design = {
  id: 'D05',
  system: 'direct',
  does: 'The offsets of the last batch are queued and sent only when another batch is generated; a graceful stop generates none.',
  breaks: 'aStoppedStreamResumesWhereItStopped',
  history: 'DirectKafkaInputDStream.commitAll is called by compute only; every version',
  setting: { offsets: 'kafka', faults: { gracefulStop: 1 } },
  rules: {},
  soundSetting: { offsets: 'ownStore', sink: 'transactional' },
  shortest: 6,
};
