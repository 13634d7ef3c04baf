/** What the paper says and no model here decides, with the reason. */
export interface NotDecided {
  readonly says: string;
  readonly why: string;
}

const clock = 'It takes a clock: the models know an order of events and no durations.';
const amount = 'It takes amounts and rates: the models know single records.';

export const notDecided: readonly NotDecided[] = [
  {
    says: 'Recovery takes 15 s (Spark node), 12 s (Kafka node), 20 s (network partition).',
    why: `${clock} That recovery comes at all is decided above.`,
  },
  {
    says: 'A network partition loses 50 (the unit is not clear: seconds, or records).',
    why: `${amount} Whether anything is lost, and with which settings, is decided above.`,
  },
  {
    says: 'Throughput is 9,000 to 12,000 messages/s and latency 45 to 55 ms.',
    why: 'It takes measurements of a real cluster.',
  },
  {
    says: 'Recovery time falls with the number of workers (3, 5, 7).',
    why: clock,
  },
  {
    says: 'Throughput falls with the replication factor (2, 3).',
    why: 'It takes measurements of a real cluster.',
  },
  {
    says: 'Frequent checkpoints (10, 30, 60 s) shorten recovery and cost throughput.',
    why: `${clock} What is recovered does not hang on the interval in the models: a crash may come between any two steps.`,
  },
  {
    says: 'Lineage recovers fast; log-based recovery of Kafka is faster still.',
    why: `${clock} What lineage gives back is decided above.`,
  },
  {
    says: 'Spark in memory tolerates faults better than Hadoop and Flink.',
    why: 'Neither is modelled.',
  },
  {
    says: 'Log compaction keeps the newest state of every key.',
    why: 'Compaction is left out of the Kafka model.',
  },
  {
    says: "Kafka's idempotent producer writes each record once.",
    why: "The Kafka model's producer does not repeat a request whose outcome it does not know.",
  },
  {
    says: 'Partitions (10, 20, 50) spread over brokers balance load and isolate faults.',
    why: `${amount} One partition is modelled; the others are independent of it.`,
  },
  {
    says: 'Monitoring and alerting (Prometheus, Grafana, JMX) detect failures early.',
    why: 'It is about operators, not about the protocols.',
  },
  {
    says: 'Rejuvenation and preemptive migration avoid failures.',
    why: 'Of these only the decommissioning of an executor is modelled, and no failure is foreseen.',
  },
];
