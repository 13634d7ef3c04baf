/** How much a cluster takes, when producers have more to send than it can: the paper's Figure 3. */
import type { Builtin } from './index.ts';

export const saturation: Builtin = {
  about: 'Throughput against the replication factor, with more to send than the cluster takes.',
  notes: [
    'Producers have 2,000,000 messages of 1,000 bytes to send in every second; what is not sent in ' +
      'delivery.timeout.ms is given up.',
    'Disks and networks are those of docs/timing.md; the query keeps no state.',
  ],
  experiment: {
    title: 'A saturated cluster',
    base: {
      seconds: 150,
      spark: { stateful: false },
      workload: { kind: 'synthetic', messagesPerSecond: 2_000_000 },
    },
    vary: {
      replicationFactor: [1, 2, 3].map((value) => ({
        value,
        set: {
          'kafka.replicationFactor': value,
          'kafka.minInsyncReplicas': Math.max(1, value - 1),
        },
      })),
      brokers: [3, 5, 7].map((value) => ({ value, set: { 'kafka.brokers': value } })),
      partitions: [10, 20, 50].map((value) => ({ value, set: { 'kafka.partitions': value } })),
    },
    scenarios: { 'No fault': [], 'Kafka node failure': [{ kind: 'leaderKilled', at: 60 }] },
    seeds: 5,
  },
};
