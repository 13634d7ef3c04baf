/** What the components say to each other. Names follow Kafka's own requests. */
import type { Message } from '../../../src/model/index.ts';
import type { Entry, Position } from './log.ts';

/** The replica that a consumer fetches from (KIP-392). */
export type Reader = 'leader' | 'follower';

// Consumer and partition.
export interface Fetch extends Message {
  type: 'FETCH';
  from: string;
  offset: number;
  /** Leader epoch that the consumer knows of (KIP-320). */
  leaderEpoch: number;
  replica: Reader;
}
export interface Records extends Message {
  type: 'RECORDS';
  /** Offset of the record. */
  offset: number;
  entry: Entry;
}
/** Instead of records: read from the follower (KIP-392). */
export interface Preferred extends Message {
  type: 'PREFERRED_REPLICA';
}
/** FENCED_LEADER_EPOCH, and the newer epoch as the consumer then finds it in the metadata. */
export interface FencedEpoch extends Message {
  type: 'FENCED_LEADER_EPOCH';
  leaderEpoch: number;
}
export interface OutOfRange extends Message {
  type: 'OFFSET_OUT_OF_RANGE';
  replica: Reader;
}
export interface EpochQuery extends Message {
  type: 'OFFSETS_FOR_LEADER_EPOCH';
  from: string;
  epoch: number;
}
export interface EpochEnd extends Message {
  type: 'EPOCH_END_OFFSET';
  /** Epoch of the request. */
  asked: number;
  epoch: number;
  endOffset: number;
  leaderEpoch: number;
}
export interface ListOffsets extends Message {
  type: 'LIST_OFFSETS';
  from: string;
  which: 'earliest' | 'latest';
}
export interface ListedOffset extends Message {
  type: 'LISTED_OFFSET';
  offset: number;
  leaderEpoch: number;
}

// Consumer and group coordinator.
/** JoinGroup and SyncGroup, or a KIP-848 heartbeat with epoch 0. */
export interface Join extends Message {
  type: 'JOIN_GROUP';
  from: string;
}
export interface Heartbeat extends Message {
  type: 'HEARTBEAT';
  from: string;
  generation: number;
}
/** The partition is given up; with KIP-848 the coordinator waits for it. */
export interface Revoked extends Message {
  type: 'REVOKED';
  from: string;
}
/** LeaveGroup, or the end of a session of which the consumer may know nothing. */
export interface Leave extends Message {
  type: 'LEAVE_GROUP';
  from: string;
}
/** The answer to a join, or a changed assignment. */
export interface Assigned extends Message {
  type: 'ASSIGNED';
  /** Generation of the group, or epoch of the member. */
  generation: number;
  owns: boolean;
}
/** The partition is to be given up: REBALANCE_IN_PROGRESS, or a KIP-848 assignment without it. */
export interface Rebalance extends Message {
  type: 'REBALANCE';
}
/** UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION, STALE_MEMBER_EPOCH: no longer a member. */
export interface Fenced extends Message {
  type: 'FENCED';
}
export interface OffsetFetch extends Message {
  type: 'OFFSET_FETCH';
  from: string;
}
export interface FetchedOffset extends Message {
  type: 'FETCHED_OFFSET';
  /** Null if nothing is committed. */
  position: Position | null;
}
export interface Commit extends Message {
  type: 'OFFSET_COMMIT';
  from: string;
  generation: number;
  position: Position;
}
export interface Committed extends Message {
  type: 'COMMITTED';
  /** What was committed; null for a transaction as a whole. */
  position: Position | null;
}

// Exactly-once loop: offsets in the producer's transaction (KIP-98, KIP-447).
export interface TxnCommit extends Message {
  type: 'TXN_OFFSET_COMMIT';
  from: string;
  generation: number;
  position: Position;
  /** Ghost: records whose results are in the transaction. */
  results: number[];
}
export interface TxnPending extends Message {
  type: 'TXN_OFFSETS_PENDING';
}
export interface EndTxn extends Message {
  type: 'END_TXN';
  from: string;
}
/** The open transaction, if there is one, is aborted: EndTxn, or InitProducerId of a new life. */
export interface AbortTxn extends Message {
  type: 'ABORT_TXN';
  from: string;
}

// To the ghost.
/** These records have taken effect. */
export interface Processed extends Message {
  type: 'PROCESSED';
  values: number[];
}
/** A poll returned the record at this offset. */
export interface Polled extends Message {
  type: 'POLLED';
  from: string;
  offset: number;
  /** Had the transaction of the record been decided, and not aborted? */
  decided: boolean;
}
/** A new assignment, or a truncation the consumer was told of: its next poll may be anywhere. */
export interface Repositioned extends Message {
  type: 'REPOSITIONED';
  from: string;
}
