/**
 * The rules of transactions: every guard whose removal must break a claim, as one named switch.
 *
 * `sound` states what a right protocol does. `rulesOf` states what a Kafka version does; where the two
 * differ is a finding (see findings.ts). A known-bad design replaces one rule of `sound`.
 */

/**
 * When a partition takes a marker of transaction.version 2, by its epoch against the stored one.
 * - `notBelow`: equal or above (all versions before 4.2, and always for versions 0 and 1).
 * - `above`: above only (KIP-1228, 4.2). A marker that is sent again is refused, and its transaction
 *   never completes (KAFKA-19999).
 * - `aboveOrRepeated`: above, and an equal one is done already if nothing is open.
 */
export type MarkerEpochs = 'notBelow' | 'above' | 'aboveOrRepeated';

export interface Rules {
  // ---- the coordinator (TransactionCoordinator.scala) ----
  /** EndTxn is refused unless it carries the current epoch. (KAFKA-9600) */
  endTxnChecksEpoch: boolean;
  /** A request of another producer id than the current one is refused. (KAFKA-18660) */
  checksProducerId: boolean;
  /** A decision that was logged is not taken again. */
  decisionsAreFinal: boolean;
  /** InitProducerId aborts the transaction it finds open, before it gives out an epoch. */
  initAbortsOngoing: boolean;
  /** InitProducerId raises the epoch. */
  initRaisesEpoch: boolean;
  /** A transaction that timed out is aborted with a raised epoch. (KAFKA-6119) */
  timeoutRaisesEpoch: boolean;
  /** EndTxn is answered when its decision is in the transaction log, not before. */
  answersWhenLogged: boolean;
  /** A new coordinator sends the markers of decided transactions again. */
  resendsMarkers: boolean;
  /** A transaction completes when every partition has its marker, not the first of them. */
  waitsForEveryMarker: boolean;

  // ---- the partition's leader (UnifiedLog, ProducerStateManager, ProducerAppendInfo) ----
  /** A batch that is in the log already is not appended again. */
  knowsDuplicates: boolean;
  /** A batch of an older epoch than the stored one is refused. */
  refusesOldEpochs: boolean;
  /** A marker makes a verification that was under way worthless. (KIP-890) */
  markersEndVerification: boolean;
  /** An open transaction excuses from verification only a batch of its own epoch. (KAFKA-18575) */
  openMeansSameEpoch: boolean;
  markerEpochs: MarkerEpochs;
  /** Markers of an older coordinator than the last one are refused. */
  refusesOldCoordinators: boolean;
  /** What is known of a producer outlives the marker that aborts its transaction. (KAFKA-9144) */
  keepsProducerState: boolean;

  // ---- the group coordinator (OffsetMetadataManager, GroupMetadata.validateOffsetCommit) ----
  /** A marker is answered when the offsets it commits are in the cache. (KAFKA-17507) */
  materialisesOffsets: boolean;
  /** Whoever asks for a position waits while an offset is pending. (KIP-447) */
  waitsForStableOffsets: boolean;
  /** Offsets of an older generation are refused. (KIP-447) */
  checksGeneration: boolean;

  // ---- the client (TransactionManager, KafkaProducer, KafkaConsumer) ----
  /** Everything sent is acknowledged before EndTxn is sent. */
  flushesBeforeCommit: boolean;
  /** A producer that gave up waiting for an answer asks for a new epoch after the abort. (KIP-360) */
  newEpochAfterGivingUp: boolean;
  /** Offsets are sent with the transaction, not committed beside it. */
  offsetsInTransaction: boolean;
  /** A read_committed reader stops at the last stable offset, not at the high watermark. */
  readsToLastStable: boolean;
}

/** What a right protocol does. */
export const sound: Rules = {
  endTxnChecksEpoch: true,
  checksProducerId: true,
  decisionsAreFinal: true,
  initAbortsOngoing: true,
  initRaisesEpoch: true,
  timeoutRaisesEpoch: true,
  answersWhenLogged: true,
  resendsMarkers: true,
  waitsForEveryMarker: true,
  knowsDuplicates: true,
  refusesOldEpochs: true,
  markersEndVerification: true,
  openMeansSameEpoch: true,
  markerEpochs: 'aboveOrRepeated',
  refusesOldCoordinators: true,
  keepsProducerState: true,
  materialisesOffsets: true,
  waitsForStableOffsets: true,
  checksGeneration: true,
  flushesBeforeCommit: true,
  newEpochAfterGivingUp: true,
  offsetsInTransaction: true,
  readsToLastStable: true,
};

/** Releases that differ in these rules; `transaction.version` and verification are settings. */
export type Behaviour = '3.5' | '3.9' | '4.0' | '4.1';

/**
 * What a Kafka release does. None before 4.2 asks more of a marker than an epoch that is not below; the
 * group coordinator before 4.0 answers markers first and reads them later.
 */
export const rulesOf = (behaviour: Behaviour): Rules => ({
  ...sound,
  markerEpochs: 'notBelow',
  materialisesOffsets: behaviour === '4.0' || behaviour === '4.1',
});

/** Kafka 4.1, with its findings. */
export const kafka41: Rules = rulesOf('4.1');
