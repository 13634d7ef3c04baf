/**
 * The rules of consuming: each decision that a fix in Kafka's history changed, or that a client
 * could get wrong, as one switch. A known-bad design replaces one.
 */

export interface Rules {
  // ---- partition ----
  /** Does the leader show records below the high watermark only? (KIP-101; ReplicaManager.readFromLog) */
  showsCommittedOnly: boolean;
  /** Does a read_committed fetch end at the last stable offset, without aborted records? (KIP-98) */
  endsAtStableOffset: boolean;
  /** Is a fetch of another leader epoch refused, so that the reader hears of a new leader? (KIP-320) */
  fencesFetch: boolean;

  // ---- position ----
  /** Is a position with an epoch held against the leader's log after a leader change? (KIP-320) */
  validatesPositions: boolean;
  /**
   * Is the epoch of the answer compared with the one asked for, or its end offset alone? Kafka:
   * the offset alone (SubscriptionState.maybeCompleteValidation). See Findings.
   */
  comparesEpochs: boolean;
  /** Where a consumer goes on that has found a truncation. Right: where the logs part. */
  afterTruncation: 'divergence' | 'reset';
  /** Who is asked when a follower says OFFSET_OUT_OF_RANGE. Right: the leader (KIP-392). */
  followerOutOfRange: 'askLeader' | 'reset';

  // ---- group ----
  /** Is the partition handed over only when its owner has given it up, or is no member any more? */
  awaitsFormerOwner: boolean;
  /** Are commits of other generations and of former members refused? */
  fencesCommits: boolean;
  /** And such commits in a transaction? (KIP-447) */
  fencesTransactionalCommits: boolean;
  /** Does whoever asks for offsets wait for transactions that are not over? (KIP-447) */
  awaitsStableOffsets: boolean;
  /** Do offsets of a transaction count only once it is committed? */
  installsOffsetsOnCommit: boolean;
  /** Does a member's next transaction wait for the markers of its last? (CONCURRENT_TRANSACTIONS) */
  awaitsMarkers: boolean;

  // ---- committing ----
  /**
   * Does an auto-commit cover only what earlier polls returned? The background thread of the
   * consumer protocol did not keep to that (KAFKA-18641).
   */
  autoCommitsEarlierPolls: boolean;
  /** What `commits: afterProcessing` commits. Right: what was processed, not what was polled. */
  commitsProcessed: boolean;
}

/** As in Kafka 4.1, with a client of the same version. */
export const kafka41: Rules = {
  showsCommittedOnly: true,
  endsAtStableOffset: true,
  fencesFetch: true,
  validatesPositions: true,
  comparesEpochs: false,
  afterTruncation: 'divergence',
  followerOutOfRange: 'askLeader',
  awaitsFormerOwner: true,
  fencesCommits: true,
  fencesTransactionalCommits: true,
  awaitsStableOffsets: true,
  installsOffsetsOnCommit: true,
  awaitsMarkers: true,
  autoCommitsEarlierPolls: true,
  commitsProcessed: true,
};

/** Behaviour levels that differ in what is modelled. */
export type Level = '3.5' | '3.9' | '4.0' | '4.1';

/** The rules of a version, given which group protocol its consumers use. */
export function rulesOf(level: Level, protocol: 'classic' | 'consumer'): Rules {
  const raced = protocol === 'consumer' && level !== '4.1';
  return { ...kafka41, autoCommitsEarlierPolls: !raced };
}
