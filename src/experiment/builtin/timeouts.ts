/** Which timeout the recovery from which fault waits for. */
import type { Builtin } from './index.ts';

const milliseconds = (path: string, values: readonly number[]) =>
  values.map((value) => ({ value, set: { [path]: value } }));

export const timeouts: Builtin = {
  about: 'Three timeouts of Kafka, and which of them the recovery waits for.',
  notes: ['All else has its default.'],
  experiment: {
    title: 'Timeouts',
    vary: {
      'broker.session.timeout.ms': milliseconds('kafka.sessionTimeoutMs', [4_500, 9_000, 18_000]),
      'request.timeout.ms': milliseconds('kafka.requestTimeoutMs', [5_000, 15_000, 30_000]),
      'replica.lag.time.max.ms': milliseconds('kafka.replicaLagTimeMaxMs', [10_000, 30_000]),
    },
    scenarios: {
      'Leader killed': [{ kind: 'leaderKilled' }],
      'Follower killed': [{ kind: 'followerKilled' }],
      'Leader cut from brokers': [{ kind: 'leaderCutFromBrokers' }],
      'Leader paused': [{ kind: 'leaderPaused' }],
    },
    seeds: 5,
  },
};
