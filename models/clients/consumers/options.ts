/** What a deployment and its bounds are, as the configuration names them. */
import type { Budget } from '../../../src/model/index.ts';
import { kafka41, type Rules } from './rules.ts';

/**
 * When offsets are committed: `auto` by the client (enable.auto.commit), of what polls returned;
 * by the application `beforeProcessing` or `afterProcessing` a record; `inTransaction` with the
 * results (sendOffsetsToTransaction).
 */
export type Commits = 'auto' | 'beforeProcessing' | 'afterProcessing' | 'inTransaction';

export type Bounds = {
  /** Records written to the partition. */
  records: number;
  /** How often the follower falls out of the ISR without any fault. */
  lags: number;
};

export interface ConsumerOptions {
  commits: Commits;
  /** `inPoll`: all records of a poll are processed before the next; `handedOver`: by other threads. */
  processing: 'inPoll' | 'handedOver';
  /**
   * auto.offset.reset. by_duration: anywhere, for the model has no clock; the two ends of the log
   * stand for all, because one skips the most and the other repeats the most.
   */
  reset: 'earliest' | 'latest' | 'by_duration' | 'none';
  /** isolation.level=read_committed. */
  readCommitted: boolean;
  /** Do producers write the partition in transactions? */
  transactionalInput: boolean;
  /** group.protocol. */
  protocol: 'classic' | 'consumer';
  /** Does a commit name the leader epoch? Not where applications build OffsetAndMetadata(offset). */
  commitsEpoch: boolean;
  /** client.rack with a rack-aware replica.selector.class (KIP-392). */
  readsFollower: boolean;
  /** Is there a follower at all? Without one no other log is ever elected. */
  hasFollower: boolean;
  /** unclean.leader.election.enable */
  uncleanElection: boolean;
  /** Brokers that have to fail before one is elected that lacks what readers were shown. */
  crashesToUnclean: number;
  rules: Rules;
  bounds: Bounds;
  /**
   * consumerCrash, slowConsumer, rebalance, processingError, brokerCrash, powerLoss, lostMessage,
   * offsetsExpired.
   */
  faults: Budget;
}

export const defaults: ConsumerOptions = {
  commits: 'afterProcessing',
  processing: 'inPoll',
  reset: 'earliest',
  readCommitted: false,
  transactionalInput: false,
  protocol: 'classic',
  commitsEpoch: true,
  readsFollower: false,
  hasFollower: true,
  uncleanElection: false,
  crashesToUnclean: 1,
  rules: kafka41,
  bounds: { records: 2, lags: 1 },
  faults: {},
};
