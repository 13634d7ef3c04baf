/** Table 1 of the paper, all of it: 324 combinations under its three faults. */
import type { Builtin } from './index.ts';

export const paper: Builtin = {
  about: "The paper's Table 1 under its three faults: 324 combinations of settings.",
  notes: [
    'The paper does not say acks and min.insync.replicas: acks is all, and min.insync.replicas is the ' +
      'replication factor less one, so that one broker may fail.',
    'Nor does it say how much state the query keeps: 10 million rows of 200 bytes, 2 GB in all.',
    'A checkpoint is every micro-batch, so that the checkpoint interval is the trigger interval.',
    'A worker is killed while tasks of a batch run; between batches its end delays nothing.',
    'The network partition cuts a leader off from the other brokers and the controllers for 30 s; ' +
      'clients still reach it.',
  ],
  experiment: {
    title: 'The paper’s grid',
    base: { spark: { stateKeys: 10_000_000 } },
    vary: {
      workers: [3, 5, 7].map((value) => ({ value, set: { 'spark.workers': value } })),
      triggerSeconds: [10, 30, 60].map((value) => ({
        value,
        set: { 'spark.triggerMs': value * 1000 },
      })),
      storage: ['hdfs', 's3'].map((value) => ({ value, set: { 'spark.storage': value } })),
      brokers: [3, 5, 7].map((value) => ({ value, set: { 'kafka.brokers': value } })),
      replicationFactor: [2, 3].map((value) => ({
        value,
        set: { 'kafka.replicationFactor': value, 'kafka.minInsyncReplicas': value - 1 },
      })),
      partitions: [10, 20, 50].map((value) => ({ value, set: { 'kafka.partitions': value } })),
    },
    scenarios: {
      'Spark node failure': [{ kind: 'workerKilled', during: 'batch' }],
      'Kafka node failure': [{ kind: 'leaderKilled' }],
      'Network partition': [{ kind: 'leaderCutFromBrokers' }],
    },
    seeds: 20,
  },
};
