/** What producers, coordinators, partitions and the group say to each other. */
import type { Message } from '../../../src/model/index.ts';

export type Result = 'commit' | 'abort';

/**
 * How a produce request travels: at once; late; verified at once and appended late; late, and its
 * sender dies.
 */
export type Lateness = 'none' | 'request' | 'append' | 'crash';

/** A transaction's one record for a partition, as it travels. */
export type Batch = {
  /** Who waits for the answer; null if the connection is gone. */
  from: string | null;
  /** The coordinator of its transactional.id. */
  coordinator: string;
  /** The application's transaction; stands for the batch's sequence number. */
  txn: number;
  /** Which of the transaction's records it is. */
  index: number;
  pid: number;
  epoch: number;
  /** `transform`: the input record, or the offset after it. */
  value: number;
  isSlow: boolean;
};

export interface InitProducerId extends Message {
  type: 'INIT_PRODUCER_ID';
  from: string;
  /** KIP-360: what the producer has; null for a new process. */
  expected: { pid: number; epoch: number } | null;
}
export interface ProducerId extends Message {
  type: 'PRODUCER_ID';
  error: 'CONCURRENT_TRANSACTIONS' | 'PRODUCER_FENCED' | null;
  pid: number;
  epoch: number;
}
export interface AddPartitions extends Message {
  type: 'ADD_PARTITIONS_TO_TXN';
  from: string;
  partition: string;
  pid: number;
  epoch: number;
  lateness: Lateness;
}
/** Why the coordinator does not take a partition into a transaction. */
export type AddError = 'PRODUCER_FENCED' | 'CONCURRENT_TRANSACTIONS' | 'TRANSACTION_ABORTABLE';
export interface PartitionsAdded extends Message {
  type: 'PARTITIONS_ADDED';
  error: AddError | null;
  lateness: Lateness;
}
export interface Produce extends Message {
  type: 'PRODUCE';
  batch: Batch;
}
export type ProduceError =
  | 'NOT_ENOUGH_REPLICAS'
  | 'INVALID_PRODUCER_EPOCH'
  | 'INVALID_TXN_STATE'
  | 'TRANSACTION_ABORTABLE'
  | 'ILLEGAL_GENERATION';
export interface ProduceResponse extends Message {
  type: 'PRODUCE_RESPONSE';
  /** Which batch is answered. */
  txn: number;
  index: number;
  error: ProduceError | null;
}
/** A partition's leader asks before it opens a transaction: versions 0 and 1 verify, 2 adds. */
export interface Verify extends Message {
  type: 'VERIFY';
  partition: string;
  batch: Batch;
}
export interface Verified extends Message {
  type: 'VERIFIED';
  error: AddError | null;
  batch: Batch;
}
/** `from` null: the connection is gone, nobody waits for the answer. */
export interface EndTxn extends Message {
  type: 'END_TXN';
  from: string | null;
  pid: number;
  epoch: number;
  result: Result;
}
export type EndTxnError = 'PRODUCER_FENCED' | 'CONCURRENT_TRANSACTIONS' | 'INVALID_TXN_STATE';
export interface EndTxnResponse extends Message {
  type: 'END_TXN_RESPONSE';
  error: EndTxnError | null;
  pid: number;
  epoch: number;
}
/** `from` null: the connection is gone, nobody waits for the answer. */
export interface WriteTxnMarker extends Message {
  type: 'WRITE_TXN_MARKER';
  from: string | null;
  pid: number;
  epoch: number;
  coordinatorEpoch: number;
  result: Result;
}
export interface MarkerWritten extends Message {
  type: 'MARKER_WRITTEN';
  partition: string;
  error: 'INVALID_PRODUCER_EPOCH' | 'TRANSACTION_COORDINATOR_FENCED' | null;
}

export interface JoinGroup extends Message {
  type: 'JOIN_GROUP';
  from: string;
}
export interface Joined extends Message {
  type: 'JOINED';
  generation: number;
}
export interface FetchOffset extends Message {
  type: 'FETCH_OFFSET';
  from: string;
}
/** `offset` null: UNSTABLE_OFFSET_COMMIT. */
export interface Offset extends Message {
  type: 'OFFSET';
  offset: number | null;
}
export interface TxnOffsetCommit extends Message {
  type: 'TXN_OFFSET_COMMIT';
  batch: Batch;
  generation: number;
}
/** The offsets partition tells the group what is appended to its log: an offset, or a marker. */
export interface OffsetWritten extends Message {
  type: 'OFFSET_WRITTEN';
  pid: number;
  offset: number;
}
export interface OffsetsMarked extends Message {
  type: 'OFFSETS_MARKED';
  pid: number;
  result: Result;
}

/** To the ledger: what a process asked for and was told. */
export interface Heard extends Message {
  type: 'COMMIT_ASKED' | 'COMMITTED';
  txn: number;
}
export interface Initialised extends Message {
  type: 'INITIALISED';
  producer: string;
}
export interface Decided extends Message {
  type: 'DECIDED' | 'COMPLETED';
  coordinator: string;
  result: Result;
}
