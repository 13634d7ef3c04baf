/**
 * How long things take that no setting decides: the one table of the experiments on a virtual clock.
 *
 * Milliseconds; one way where a message travels. Each entry says what it means, where the figure comes
 * from, and how sure we are; `docs/timing.md` is written from it. The figures are those of a cluster in
 * one region, on SSDs, that is not overloaded: what load does comes from the capacities.
 */
import { assumed, between, type Duration, recalled, skewed } from './duration.ts';

export { CAPACITIES, type CapacityName } from './capacities.ts';
export type { Capacity, Duration, Mark } from './duration.ts';
export { STORAGE, type StorageOperation, type StorageProfile } from './storage.ts';

export const DURATIONS = {
  networkOneWay: {
    spread: skewed(0.25, 0.8),
    means: 'a message between two machines in different zones of one region, one way',
    ...assumed('half of a round trip of about 0.5 ms'),
  },
  produceHandling: {
    spread: skewed(0.4, 1.5),
    means: 'a produce request in the leader: queue, append to the page cache',
    ...assumed('from end-to-end latencies of 2 ms'),
  },
  fetchHandling: {
    spread: skewed(0.3, 1.2),
    means: 'a fetch request in the leader: queue, read from the page cache',
    ...assumed('from end-to-end latencies of 2 ms'),
  },
  fsync: {
    spread: skewed(2, 10),
    means: 'a flush of a few kilobytes to an SSD',
    ...assumed('cloud SSDs'),
  },
  metadataPropagation: {
    spread: skewed(15, 60),
    means: "the controller's change, from its commit until a broker has applied it",
    ...assumed('a fetch, and the image is rebuilt'),
  },
  alterPartitionRoundTrip: {
    spread: skewed(20, 80),
    means: 'ALTER_PARTITION from the leader to the controller, committed, and answered',
    ...assumed('a quorum write, and two ways'),
  },
  sessionCheck: {
    spread: between(0, 100),
    means: 'from the end of a session until the controller looks',
    ...assumed('to be read'),
  },
  connectionRefused: {
    spread: skewed(1, 5),
    means: "a client finds a killed process' socket closed",
    ...assumed('a reset takes one way, and a reconnect is refused at once'),
  },
  clientMetadataRefresh: {
    spread: skewed(2, 10),
    means: 'a client asks any broker for metadata and has the answer',
    ...assumed('a request and its answer'),
  },
  brokerStart: {
    spread: skewed(8_000, 20_000),
    means: 'from process start until registered, after an unclean stop',
    ...assumed('JVM, and the active segments are recovered'),
  },
  brokerStop: {
    spread: skewed(2_000, 6_000),
    means: 'a controlled shutdown, from the signal until the process is gone',
    ...assumed('leaders are moved, logs flushed'),
  },
  controllerFailover: {
    spread: between(1_500, 3_000),
    means: 'from the death of the active controller until another one is active',
    ...recalled('fetch timeout 2 s of the quorum, election timeout 1 s'),
  },
  processExitNoticed: {
    spread: skewed(50, 300),
    means: 'from the death of an executor process until the driver knows',
    ...assumed("the worker's report, or the closed connection"),
  },
  executorStart: {
    spread: skewed(3_000, 6_000),
    means: 'from the order to a worker until the executor is registered with the driver',
    ...assumed('JVM, classes, registration'),
  },
  driverStart: {
    spread: skewed(12_000, 25_000),
    means: 'from the order until the query runs: JVM, SparkContext, executors, query start',
    ...assumed('JVM, SparkContext, query start'),
  },
  driverExitNoticed: {
    spread: between(1_000, 2_000),
    means: 'from the death of the driver until its supervisor starts it again',
    ...recalled('the standalone worker sleeps 1 s before it starts a supervised driver again'),
  },
  batchPlanning: {
    spread: skewed(80, 250),
    means: 'the driver plans a micro-batch: analysis, physical plan, closures',
    ...assumed('queryPlanning of progress reports'),
  },
  taskLaunch: {
    spread: skewed(15, 60),
    means: 'a wave of tasks, from the scheduler until they run',
    ...assumed('serialise, send, deserialise'),
  },
  offsetsFetched: {
    spread: skewed(10, 60),
    means: 'the driver asks Kafka for the latest offsets',
    ...assumed('latestOffset of progress reports'),
  },
  sinkCommit: {
    spread: skewed(50, 250),
    means: 'what the sink does once a batch, after its tasks',
    ...assumed('one transaction of a database'),
  },
} satisfies Record<string, Duration>;
export type DurationName = keyof typeof DURATIONS;
