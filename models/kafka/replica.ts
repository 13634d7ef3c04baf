/** The state of one broker and of the partition's replica on it. */
import type { Log } from './log.ts';
import type { Registration } from './messages.ts';

/** What a leader knows of a follower: state of its last fetch in this leadership. */
export type FollowerState = {
  /** The offset it fetched last, so the end of its log then; -1 before its first fetch. */
  endOffset: number;
  /** The incarnation that fetched; -1 before its first fetch. */
  brokerEpoch: number;
};

/** An ISR change on its way: not yet known to be accepted or refused. */
export type Proposal = {
  /** The proposed ISR; each member with the broker epoch it is meant in, or -1. */
  isr: Record<string, number>;
  /** Partition epoch the proposal was made in. */
  partitionEpoch: number;
};

/** What a broker holds because it leads. */
export type Leadership = {
  partitionEpoch: number;
  /** Partition epoch read last from the metadata log; an answer may have told of later ones. */
  readEpoch: number;
  /** The committed ISR: the last that the controller is known to have accepted. */
  isr: string[];
  pending: Proposal | null;
  /** End of the leader's log when its epoch began. */
  epochStart: number;
  followers: Record<string, FollowerState>;
  /** The broker registrations, as far as the leader has read the metadata log. */
  registrations: Record<string, Registration>;
  /** Appended by acks=all requests that wait for the high watermark. */
  waiting: { value: number; offset: number }[];
};

/** One broker. Whether it leads, follows or is down is the machine's state. */
export type Replica = {
  id: string;
  log: Log;
  /** Offset below which records are on disk, not only in the page cache. */
  flushed: number;
  /** Leader: computed; follower: copied from the leader's answers, so behind. Exclusive. */
  highWatermark: number;
  /** This incarnation's registration epoch. */
  brokerEpoch: number;
  /** Did the last incarnation stop cleanly? Only told at the next registration. */
  stoppedCleanly: boolean;
  /** Asked to be shut down, and told that it may. */
  mayStop: boolean;
  leaderEpoch: number;
  /** The leader a follower fetches from. */
  leader: string | null;
  /** Before KIP-595: the truncation point of this leader epoch is known. */
  truncated: boolean;
  /** Whose answer to a fetch is long on its way; null: nobody's. */
  awaiting: string | null;
  /** Null unless it leads. */
  leadership: Leadership | null;
  [key: string]: unknown;
};
