/**
 * Small settings in which designs are caught, shared so that the sound model is explored once for
 * many. Each has three brokers, min.insync.replicas=2 and acks=all unless it says otherwise.
 */
import type { KafkaSetting } from '../system.ts';

/** No fault at all: a leader once finds followers lagging. */
export const lagging: KafkaSetting = { bounds: { records: 1, lags: 1 } };

/** Leadership moves once to the preferred replica; nothing fails. */
export const plannedMove: KafkaSetting = {
  firstLeader: 1,
  faults: { preferredElection: 1 },
  bounds: { records: 1, lags: 0 },
};

/** Leadership moves to the preferred replica, and back when that one is fenced. */
export const thereAndBack: KafkaSetting = {
  firstLeader: 1,
  faults: { preferredElection: 1, slowReplica: 1 },
  bounds: { records: 1, lags: 0 },
};

/** A broker is fenced that lives. */
export const fenced: KafkaSetting = { faults: { slowReplica: 1 }, bounds: { records: 1, lags: 0 } };

/** A process is killed, a follower lags. */
export const crash: KafkaSetting = { faults: { brokerCrash: 1 }, bounds: { records: 1, lags: 1 } };

/** A power loss takes what was not flushed. */
export const powerLoss: KafkaSetting = {
  faults: { powerLoss: 1 },
  bounds: { records: 1, lags: 0 },
};

/** A power loss takes what was not flushed, a follower lags. */
export const powerLossWhileLagging: KafkaSetting = {
  faults: { powerLoss: 1 },
  bounds: { records: 1, lags: 1 },
};

/** Two brokers, of which one is enough to write. Then one lagging follower costs availability. */
export const twoBrokers: KafkaSetting = {
  replicas: 2,
  minInsyncReplicas: 1,
  bounds: { records: 1, lags: 1 },
};

/** The same setting with so many records. */
export const withRecords = (setting: KafkaSetting, records: number): KafkaSetting => ({
  ...setting,
  bounds: { ...setting.bounds, records },
});
