/** Who says what to whom. */
import type { Message } from '../../../src/model/index.ts';
import type { Entry } from './log.ts';

/** Partition -> replica: you lead; is the other one in the ISR? */
export interface Lead extends Message {
  type: 'LEAD';
  followerInSync: boolean;
}
/** Partition -> leader: the follower is in the ISR, or no more. */
export interface IsrChanged extends Message {
  type: 'ISR_CHANGED';
  followerInSync: boolean;
}
/** Partition -> replica; does another one lead in its place? */
export interface Order extends Message {
  type: 'FOLLOW' | 'STOP';
  replaced: boolean;
}
/** Leader -> partition: the follower has caught up. */
export interface JoinIsr extends Message {
  type: 'JOIN_ISR';
}

/** Follower -> leader. */
export interface Fetch extends Message {
  type: 'FETCH_RECORDS';
  offset: number;
}
/** Leader -> follower: the next record, if there is one. */
export interface Fetched extends Message {
  type: 'FETCHED';
  entry: Entry | null;
  /** The entry's horizon cannot pass before the reader is at the end. */
  isFresh: boolean;
  highWatermark: number;
}
/** Leader -> follower: retention took what you ask for; begin at my start. */
export interface BelowStart extends Message {
  type: 'BELOW_START';
  startOffset: number;
}

/** Reader -> replicas; the leader answers. */
export interface Read extends Message {
  type: 'READ_FROM';
  offset: number;
}
/** Leader -> reader: the next record that it may see. */
export interface Record extends Message {
  type: 'RECORD';
  offset: number;
  key: number;
}
/** Leader -> reader: nothing between your position and the last stable offset. */
export interface AtEnd extends Message {
  type: 'AT_END';
  offset: number;
}
/** Leader -> reader: retention took what you ask for. */
export interface OutOfRange extends Message {
  type: 'OFFSET_OUT_OF_RANGE';
  startOffset: number;
}
/** Reader -> replicas, a fact about time: it begins, or is at the end. */
export interface ReaderIsHere extends Message {
  type: 'READER_BEGINS_OR_IS_AT_END';
}
/** Replica -> the other: my horizons of what lies below have passed. Kafka has no such message. */
export interface Settled extends Message {
  type: 'SETTLED';
  below: number;
}

/** Leader -> ledger. */
export interface Appended extends Message {
  type: 'APPENDED';
  entry: Entry;
}
export interface Committed extends Message {
  type: 'COMMITTED';
  highWatermark: number;
}
