/** Which configurations lose what was acknowledged when the network parts, and how much. */
import type { Builtin } from './index.ts';

const SECONDS = 'partition (s)';

export const partitionLoss: Builtin = {
  about:
    'What is lost when a leader is cut off from the other brokers, by what the settings promise.',
  notes: [
    'Three brokers, replication factor 3. The leader is cut off from brokers and controllers; clients ' +
      'still reach it.',
    'Idempotence needs acks=all, and is off with less.',
  ],
  losses: { x: SECONDS, series: 'acks' },
  experiment: {
    title: 'Losses under a network partition',
    vary: {
      acks: [
        ...['0', '1'].map((value) => ({
          value,
          set: { 'kafka.acks': value, 'kafka.idempotence': false },
        })),
        { value: 'all', set: { 'kafka.acks': 'all' } },
      ],
      'min.insync.replicas': [1, 2].map((value) => ({
        value,
        set: { 'kafka.minInsyncReplicas': value },
      })),
      'unclean election': [false, true].map((value) => ({
        value,
        set: { 'kafka.uncleanElection': value },
      })),
      [SECONDS]: [1, 5, 10, 30, 60].map((value) => ({ value, set: { 'fault.seconds': value } })),
      failOnDataLoss: [true, false].map((value) => ({
        value,
        set: { 'spark.failOnDataLoss': value },
      })),
    },
    scenarios: { 'Network partition': [{ kind: 'leaderCutFromBrokers' }] },
    seeds: 5,
  },
};
