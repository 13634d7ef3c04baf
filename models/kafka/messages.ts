/** What the components of the Kafka model say to each other. Names follow Kafka's own requests. */
import type { Message } from '../../src/model/index.ts';
import type { Entry, EpochEnd } from './log.ts';

/** Producer acknowledgement setting: 0 none, 1 the leader, -1 all in-sync replicas. */
export type Acks = 0 | 1 | -1;

// Clients and leader.
export interface Produce extends Message {
  type: 'PRODUCE';
  value: number;
}
export interface Appended extends Message {
  type: 'APPENDED';
  value: number;
  at: string;
}
/** A broker that does not lead was sent a record. */
export interface NotLeader extends Message {
  type: 'NOT_LEADER';
  value: number;
}
/** How a produce request ended: facts of `ProduceResponse`, in the three classes a client can act on. */
export interface ProduceResponse extends Message {
  type: 'PRODUCE_RESPONSE';
  value: number;
  outcome: 'acknowledged' | 'refused' | 'unknown';
}

// Readers and leader; only where somebody acts on what is read.
export interface ListOffsets extends Message {
  type: 'LIST_OFFSETS';
  from: string;
  /** Whom the answer is for, and how it was asked: of no meaning to the leader, who says it again. */
  reader: string;
  how: string;
}
export type OfReader = ListOffsets | ClientFetch;
export interface LogEnd extends Message {
  type: 'LOG_END';
  reader: string;
  how: string;
  end: number;
}
export interface ClientFetch extends Message {
  type: 'CLIENT_FETCH';
  from: string;
  reader: string;
  start: number;
  end: number;
}
export interface ClientRecords extends Message {
  type: 'CLIENT_RECORDS';
  reader: string;
  values: number[];
  /** A part of what was asked for is not there (OFFSET_OUT_OF_RANGE). */
  outOfRange: boolean;
}

// Follower and leader.
export interface Fetch extends Message {
  /** `ORPHANED_FETCH`: its sender died after sending it, and nobody awaits the answer. */
  type: 'FETCH' | 'ORPHANED_FETCH';
  from: string;
  /** Registration epoch of the follower's incarnation (KIP-903). */
  brokerEpoch: number;
  /** Leader epoch the follower believes in (KIP-320). */
  leaderEpoch: number;
  offset: number;
  /** Epoch of the follower's last record, `NO_EPOCH` if it has none or the protocol has no such field (KIP-595). */
  lastEpoch: number;
  /** The answer will be long on its way. */
  late: boolean;
}
export interface FetchResponse extends Message {
  type: 'FETCH_RESPONSE' | 'LATE_FETCH_RESPONSE';
  from: string;
  /** Leader epoch of the request. */
  leaderEpoch: number;
  /** Offset of the request. */
  offset: number;
  entries: Entry[];
  highWatermark: number;
  /** Set if the follower's log is not a prefix of the leader's: where to look further back. */
  diverging: EpochEnd | null;
}
/** The leader refuses a fetch of another leader epoch or of an earlier incarnation. */
export interface FetchRefused extends Message {
  type: 'FETCH_REFUSED';
  from: string;
}
/** Before KIP-595 the truncation point was asked for in a request of its own (KIP-101, KIP-279). */
export interface EpochQuery extends Message {
  type: 'OFFSETS_FOR_LEADER_EPOCH';
  from: string;
  leaderEpoch: number;
  lastEpoch: number;
}
export interface EpochAnswer extends Message {
  type: 'EPOCH_END_OFFSET';
  leaderEpoch: number;
  end: EpochEnd | null;
}

// Leader and controller.
export interface AlterPartition extends Message {
  type: 'ALTER_PARTITION';
  from: string;
  brokerEpoch: number;
  leaderEpoch: number;
  partitionEpoch: number;
  /** The proposed ISR, each member with the broker epoch it is meant in; -1: not known. */
  isr: Record<string, number>;
}
export type AlterPartitionError =
  | 'STALE_BROKER_EPOCH'
  | 'NOT_CONTROLLER'
  | 'FENCED_LEADER_EPOCH'
  | 'INVALID_REQUEST'
  | 'INVALID_UPDATE_VERSION'
  | 'INELIGIBLE_REPLICA';
export interface AlterPartitionResponse extends Message {
  type: 'ALTER_PARTITION_RESPONSE';
  error: AlterPartitionError | null;
  leaderEpoch: number;
  partitionEpoch: number;
  isr: string[];
  /** Partition epoch of the request, by which the leader knows which proposal is meant. */
  requested: number;
}

// Controller and brokers.
/** A broker's registration, as the metadata log tells it. */
export type Registration = {
  brokerEpoch: number;
  /** Neither fenced nor in controlled shutdown. */
  active: boolean;
};
/** The partition and the registrations at one offset of the metadata log. */
export type Image = {
  leader: string | null;
  leaderEpoch: number;
  partitionEpoch: number;
  isr: string[];
  brokers: Record<string, Registration>;
};
export interface Metadata extends Message {
  type: 'METADATA';
  image: Image;
}
export interface Register extends Message {
  type: 'REGISTER';
  from: string;
  /** The previous incarnation's broker epoch if it stopped cleanly, else null (KIP-966). */
  cleanlyStopped: number | null;
}
export interface Registered extends Message {
  type: 'REGISTERED';
  brokerEpoch: number;
  image: Image;
}
export interface Heartbeat extends Message {
  type: 'HEARTBEAT';
  from: string;
  brokerEpoch: number;
}
export interface ControlledShutdown extends Message {
  type: 'CONTROLLED_SHUTDOWN';
  from: string;
}
export interface MayStop extends Message {
  type: 'MAY_STOP';
}

// The world and everybody.
export interface SessionExpired extends Message {
  type: 'SESSION_EXPIRED';
  broker: string;
}
export interface Killed extends Message {
  type: 'KILLED';
  /** Offset below which the log survives, if it was not flushed further; null: all of it does. */
  keep: number | null;
  /** The disk itself is gone, and with it what was flushed. */
  diskLost: boolean;
  /** The high watermark was last written down when it was 0. */
  oldCheckpoint: boolean;
  /** A fetch request was on its way when the broker died, and may still arrive. */
  fetchInFlight: boolean;
}
export interface Start extends Message {
  type: 'START';
}
export interface Stopped extends Message {
  type: 'STOPPED';
  from: string;
}
export interface Disconnected extends Message {
  type: 'DISCONNECTED';
  from: string;
}

// The ledger.
/** A fault took records from a disk. */
export interface RecordsLost extends Message {
  type: 'RECORDS_LOST';
  values: number[];
}
/** A leader lets readers see its log below its high watermark. */
export interface Exposed extends Message {
  type: 'EXPOSED';
  entries: Entry[];
}
