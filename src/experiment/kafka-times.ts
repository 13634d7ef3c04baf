/** How long things take in Kafka and on the way to it that no setting decides. */
import { assumed, between, type Duration, read, skewed } from './duration.ts';

export const KAFKA_TIMES = {
  networkOneWay: {
    spread: skewed(0.4, 1.2),
    means: 'a message between two machines in different zones of one region, one way',
    ...read(
      'half of the round trips between zones: 0.82 to 0.83 ms on average, 12.3 ms at worst',
      '(L. Liesis, AWS EC2 cross availability zones network lag, 2022); 0.25 to 3.37 ms by pair of',
      'zones (xkyle.com, Measuring AWS Region and AZ Latency); p95 assumed',
    ),
  },
  produceHandling: {
    spread: skewed(0.3, 1.2),
    means: 'a produce request in the leader: request queue, append to the page cache',
    ...assumed(
      "so that a record's whole way is as published: median 2 ms, p99 3 ms in one hall (LinkedIn,",
      'Benchmarking Apache Kafka); p99 5 ms at 200 MB/s (Confluent, Benchmarking Apache Pulsar,',
      'Kafka, and RabbitMQ)',
    ),
  },
  fetchHandling: {
    spread: skewed(0.2, 0.8),
    means: 'a fetch request in the leader: request queue, read from the page cache',
    ...assumed('with produceHandling'),
  },
  metadataPropagation: {
    spread: skewed(32, 60),
    means:
      "from the controller's decision until a broker has applied it: linger, quorum, fetch, image",
    ...read(
      'controller.quorum.append.linger.ms, 25 ms by default (QuorumConfig.java); assumed on top: a',
      "fetch of the quorum with an fsync, the broker's fetch, the publishers",
    ),
  },
  alterPartitionRoundTrip: {
    spread: skewed(31, 55),
    means: 'ALTER_PARTITION from leader to controller, committed by the quorum, and answered',
    ...read('the same linger of 25 ms; assumed on top: both ways, queue, quorum'),
  },
  connectionRefused: {
    spread: skewed(1, 5),
    means: "a client finds a killed process' socket closed, or is refused a new one",
    ...assumed(
      'the kernel closes at once: a network way and the selector; not where a machine is gone',
    ),
  },
  clientMetadataRefresh: {
    spread: skewed(2, 8),
    means: 'a client asks any broker for metadata and has the answer',
    ...assumed('both ways, handling, and at times a connection to be made'),
  },
  brokerStart: {
    spread: skewed(8_000, 20_000),
    means: 'from process start until it asks to be registered, after an unclean stop, small logs',
    ...assumed(
      'JVM, then every segment after the recovery point is read, by 2 threads; with terabytes it',
      'takes hours (KIP-831), which is not what the experiments write',
    ),
  },
  brokerStop: {
    spread: skewed(2_500, 6_000),
    means: 'a controlled shutdown, from the signal until the process is gone',
    ...assumed(
      'leaders moved, then a heartbeat after 50 ms and every heartbeat interval after it',
      '(BrokerLifecycleManager.java), then logs flushed',
    ),
  },
  controllerFailover: {
    spread: between(1_600, 2_300),
    means: 'from the death of the active controller until another one is active',
    ...read(
      'controller.quorum.fetch.timeout.ms 2 s (QuorumConfig.java) after the last fetch, at most',
      '500 ms before the death (KafkaRaftClient.java); a voter refuses a pre-vote until its own',
      'fetch times out (FollowerState.java); assumed on top: votes and activation',
    ),
  },
} satisfies Record<string, Duration>;
