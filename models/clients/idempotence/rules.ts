/**
 * The rules of the idempotent producer, on both sides of the wire: each guard whose removal breaks a
 * claim, and each decision that a fix changed or would change, as one switch. `kafka` states those of
 * Kafka 3.5 to 4.1, which do not differ here.
 */

export interface Rules {
  // ---- broker ----
  /** Is a batch that is among those remembered answered with its offset, not appended? (KIP-98) */
  findsDuplicates: boolean;
  /** Must a batch's sequence follow the last one of its epoch? (ProducerAppendInfo.checkSequence) */
  checksSequence: boolean;
  /**
   * Is any sequence taken of a producer that is not known? Kafka: yes, for its first records may have
   * expired; for transactional producers of late, no. See Findings.
   */
  takesAnySequenceOfUnknown: boolean;
  /** Is a batch of an epoch before the one last seen refused? (ProducerAppendInfo.checkProducerEpoch) */
  checksEpoch: boolean;
  /** Does a duplicate with acks=all wait for the high watermark, as an append does? */
  duplicatesWaitForCommit: boolean;
  /** Is what a broker remembers of a producer cut back together with its log? (KAFKA-6683) */
  stateFollowsTruncation: boolean;
  /** Does a follower remember what it copies? (KIP-98: the state is a function of the log) */
  followersKeepState: boolean;
  /** Is it rebuilt from snapshot and log when a broker starts? (ProducerStateManager.truncateAndReload) */
  restartRebuildsState: boolean;

  // ---- client ----
  /** Does a batch keep epoch and sequence when it is sent again? (Sender, KAFKA-5494) */
  retriesKeepTheirSequence: boolean;
  /** Are batches sent again in the order of their sequences, one at a time? (RecordAccumulator) */
  retriesInSequence: boolean;
  /** Is a gap ahead of a batch that is not the next one taken for its predecessor's failure? (KAFKA-5494) */
  retriesLaterBatches: boolean;
  /**
   * Are batches that may be in the log renumbered when the epoch is raised? Kafka: yes (KAFKA-14034).
   * See Findings.
   */
  renumbersDoubtfulBatches: boolean;
  /**
   * Are new batches sent to the new leader while earlier ones are unanswered at the former? Kafka: yes.
   * See Findings.
   */
  sendsToTwoLeaders: boolean;
  /** Is NOT_LEADER_OR_FOLLOWER taken to mean that the batch was not written? (KAFKA-13574) */
  notLeaderIsDefinite: boolean;
}

/** Kafka's rules. */
export const kafka: Rules = {
  findsDuplicates: true,
  checksSequence: true,
  takesAnySequenceOfUnknown: true,
  checksEpoch: true,
  duplicatesWaitForCommit: true,
  stateFollowsTruncation: true,
  followersKeepState: true,
  restartRebuildsState: true,
  retriesKeepTheirSequence: true,
  retriesInSequence: true,
  retriesLaterBatches: true,
  renumbersDoubtfulBatches: true,
  sendsToTwoLeaders: true,
  notLeaderIsDefinite: false,
};
