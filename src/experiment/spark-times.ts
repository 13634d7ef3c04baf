/** How long things take in Spark, standalone, that no setting decides. */
import { assumed, between, type Duration, read, skewed } from './duration.ts';

export const SPARK_TIMES = {
  processExitNoticed: {
    spread: skewed(50, 300),
    means: 'from the death of an executor until the driver knows it from worker and master',
    ...assumed('three messages; the path is read in StandaloneSchedulerBackend.scala'),
  },
  executorStart: {
    spread: skewed(3_000, 6_000),
    means: 'from the order to a worker until the executor is registered with the driver',
    ...assumed(
      'JVM, classes, registration; a few seconds (K. Mammadov, Executor launch orchestration)',
    ),
  },
  driverStart: {
    spread: skewed(12_000, 25_000),
    means: 'from the order until the query runs: JVM, SparkContext, executors, query start',
    ...assumed('submission, SparkContext, the executors as executorStart, first analysis'),
  },
  driverExitNoticed: {
    spread: between(1_000, 1_100),
    means: 'from the death of the driver until its worker starts it again',
    ...read('DriverRunner.scala sleeps 1 s, and twice as long each time it had run less than 5 s'),
  },
  batchPlanning: {
    spread: skewed(50, 150),
    means: 'the driver plans a micro-batch: logical and physical plan, generated code, closures',
    ...assumed(
      'with taskLaunch and offsetsFetched: a stateless batch without its log writes takes 31 ms at',
      'best (waitingforcode.com on SPARK-39591), 150 to 250 ms with its tasks, up to a million',
      'messages a second (Databricks, Latency goes subsecond)',
    ),
  },
  taskLaunch: {
    spread: skewed(10, 40),
    means: 'a wave of tasks, from the scheduler until they run',
    ...assumed('serialise, send, deserialise; see batchPlanning'),
  },
  offsetsFetched: {
    spread: skewed(8, 40),
    means: 'the driver asks Kafka for the latest offsets',
    ...assumed('one request a broker, in parallel; see batchPlanning'),
  },
  sinkCommit: {
    spread: skewed(50, 250),
    means: 'what the sink does once a batch, after its tasks',
    ...assumed('one transaction of a database, or of a table of files'),
  },
} satisfies Record<string, Duration>;
