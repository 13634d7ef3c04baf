/** Designs in which the partition shows readers too much, or too late where they stand. */
import type { Design } from './design.ts';

/** The follower that is elected never had it. */
export const readsBeyondHighWatermark: Design = {
  id: 'X1',
  does: 'Consumers are shown records above the high watermark.',
  breaks: 'processedRecordsStayInTheLog',
  history: 'design; F54, relaxed acknowledgements of Redpanda (#14794), reads the same way',
  setting: { faults: { brokerCrash: 1 } },
  rules: { showsCommittedOnly: false },
  shortest: 5,
};

export const readsOpenTransactions: Design = {
  id: 'X2',
  does: 'A read_committed fetch goes up to the high watermark, past the last stable offset.',
  breaks: 'committedReadersSeeNoOpenRecord',
  history: 'design; KIP-98, UnifiedLog.fetchLastStableOffsetMetadata',
  setting: { readCommitted: true, transactionalInput: true },
  rules: { endsAtStableOffset: false },
  shortest: 4,
};

/** Nothing tells the reader that there was an election, and its position is never looked at. */
export const unfencedFetch: Design = {
  id: 'X3',
  does: 'A fetch is answered whatever leader epoch the consumer believes in.',
  breaks: 'everyRecordIsProcessed',
  history: 'before KIP-320 (2.1): fetch requests of consumers had no leader epoch',
  setting: { uncleanElection: true, faults: { brokerCrash: 1 } },
  rules: { fencesFetch: false },
  givesUp: ['recordsDoNotVanishUnread'],
  shortest: 6,
};

/** The replica that was behind leads; what only the others had is gone, read or not. */
export const uncleanElection: Design = {
  id: 'X4',
  does: 'A replica is elected that fell out of the ISR.',
  breaks: 'recordsDoNotVanishUnread',
  history: 'unclean.leader.election.enable=true, the default before 0.11',
  setting: { uncleanElection: true, faults: { brokerCrash: 1 } },
  rules: {},
  soundSetting: { uncleanElection: false },
  shortest: 3,
};

export const partition = [
  readsBeyondHighWatermark,
  readsOpenTransactions,
  unfencedFetch,
  uncleanElection,
];
