/** What the components of the idempotence model say to each other. Names follow Kafka's own. */
import type { Message } from '../../../src/model/index.ts';

/** Producer acknowledgement setting: 0 none, 1 the leader, -1 all in-sync replicas. */
export type Acks = 0 | 1 | -1;

/** Epoch and sequence of a batch whose producer is not idempotent. */
export const NONE = -1;

/** A batch as it stands in a log. One record is one batch, so its sequence is its only one. */
export type Stored = {
  record: number;
  /** Producer epoch and sequence, or `NONE`. */
  epoch: number;
  seq: number;
};

/** Why a leader refuses a batch, or why the client never hears of it. */
export type ProduceError =
  | 'NOT_LEADER_OR_FOLLOWER'
  | 'OUT_OF_ORDER_SEQUENCE_NUMBER'
  | 'INVALID_PRODUCER_EPOCH'
  | 'NETWORK_EXCEPTION';

// Producer and brokers.
export interface Produce extends Message {
  type: 'PRODUCE';
  batch: Stored;
}
export interface ProduceResponse extends Message {
  type: 'PRODUCE_RESPONSE';
  from: string;
  record: number;
  error: ProduceError | null;
  /** Where the batch is, as the leader says; null with an error. */
  offset: number | null;
}
/** The connection to a broker is gone, and with it every request that had no answer yet. */
export interface Disconnected extends Message {
  type: 'DISCONNECTED';
  from: string;
}
/** The client learns who leads. */
export interface Metadata extends Message {
  type: 'METADATA';
  leader: string;
}

// Brokers among themselves.
export interface Fetch extends Message {
  type: 'FETCH';
  from: string;
}
export interface Copy extends Message {
  type: 'COPY';
  log: Stored[];
}

// The cluster and the brokers.
export interface Lead extends Message {
  type: 'LEAD';
}
export interface Follow extends Message {
  type: 'FOLLOW';
}
export interface Killed extends Message {
  type: 'KILLED';
}
export interface Start extends Message {
  type: 'START';
}
/** The connection between the producer and this broker breaks. */
export interface Sever extends Message {
  type: 'SEVER';
}
/** The producer has written nothing for longer than producer.id.expiration.ms. */
export interface ForgetProducer extends Message {
  type: 'FORGET_PRODUCER';
}
