/** What the paper says and no model here decides, with the reason. */
export interface NotDecided {
  readonly says: string;
  readonly why: string;
}

const simulated =
  'A model knows an order of events and no durations. Simulated on a clock instead: ' +
  'reports/baseline/experiments/README.md.';

export const notDecided: readonly NotDecided[] = [
  {
    says: 'Recovery takes 15 s (Spark node), 12 s (Kafka node), 20 s (network partition).',
    why: `${simulated} That recovery comes at all is decided above.`,
  },
  {
    says: 'A network partition loses 50 (the unit is not clear: seconds, or records).',
    why: `${simulated} Whether anything is lost, and with which settings, is decided above.`,
  },
  {
    says: 'Throughput is 9,000 to 12,000 messages/s and latency 45 to 55 ms.',
    why: simulated,
  },
  {
    says: 'Recovery time falls with the number of workers (3, 5, 7).',
    why: simulated,
  },
  {
    says: 'Throughput falls with the replication factor (2, 3).',
    why: simulated,
  },
  {
    says: 'Frequent checkpoints (10, 30, 60 s) shorten recovery and cost throughput.',
    why: `${simulated} What is recovered does not hang on the interval in the models: a crash may come between any two steps.`,
  },
  {
    says: 'Lineage recovers fast; log-based recovery of Kafka is faster still.',
    why: 'It takes a clock, and lineage is not among what is simulated. What lineage gives back is decided above.',
  },
  {
    says: 'Spark in memory tolerates faults better than Hadoop and Flink.',
    why: 'Neither is modelled.',
  },
  {
    says: 'Log compaction keeps the newest state of every key.',
    why: 'It is the subject of a model of its own: models/clients/compaction/README.md.',
  },
  {
    says: "Kafka's idempotent producer writes each record once.",
    why: 'It is the subject of a model of its own: models/clients/idempotence/README.md.',
  },
  {
    says: 'Partitions (10, 20, 50) spread over brokers balance load and isolate faults.',
    why: `${simulated} One partition is modelled; the others are independent of it.`,
  },
  {
    says: 'Monitoring and alerting (Prometheus, Grafana, JMX) detect failures early.',
    why: 'It is about operators, not about the protocols; docs/monitoring.md has alerts.',
  },
  {
    says: 'Rejuvenation and preemptive migration avoid failures.',
    why: `Of these only the decommissioning of an executor is modelled. ${simulated}`,
  },
];
