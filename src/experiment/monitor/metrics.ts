/**
 * What a cluster and a query are watched by: one table, from which the exposition of a simulated
 * run, the Grafana dashboard and the alert rules are made, so that all work on a real cluster too.
 *
 * The names are what these exporters give. Each was read off a running Kafka 4.1.0 (JMX exporter
 * 1.0.1, rules as below) or Spark 4.1.0, but for that of the lag, which is from the source.
 *
 *   jmx        prometheus/jmx_exporter: examples/kafka-kraft-3_0_0.yml; Strimzi's kafka-metrics
 *              ConfigMap has the same rules: lower case, `<name>PerSec<>Count` is `<name>_total`
 *   lag        danielqsj/kafka_exporter, which Strimzi deploys as `kafkaExporter`
 *   servlet    Spark: core/.../metrics/sink/PrometheusServlet.scala, getMetricsSnapshot:
 *              `metrics_`, the dropwizard key with all but letters and digits made `_`, `_Value`.
 *              The key is `<spark.metrics.namespace or id of the application>.driver.<source>`
 *              (MetricsSystem.scala, buildRegistryName), the source of a query
 *              `spark.streaming.<its name>`, registered where spark.sql.streaming.metricsEnabled
 *              is set (StreamExecution.scala, streamMetrics)
 *   executors  Spark: core/.../status/api/v1/PrometheusResource.scala (spark.ui.prometheus.enabled)
 */
import type { Sample } from '../result.ts';

export type Exporter = 'jmx' | 'lag' | 'servlet' | 'executors';

export interface Metric {
  /** Its name at Prometheus; `{app}` and `{query}` stand for what Spark writes into it. */
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly exporter: Exporter;
  /** MBean, gauge or field behind it. */
  readonly origin: string;
  /** Where it is defined: file and symbol. */
  readonly source: string;
  /**
   * Its value in a sample, of a counter what it grows by a second; null: a simulated run has no
   * such thing, and only a real cluster shows it.
   */
  readonly sample: ((sample: Sample) => number) | null;
}

const CONTROLLER = 'kafka: metadata/.../controller/metrics/ControllerMetadataMetrics.java';
const REPLICAS = 'kafka: core/.../kafka/server/ReplicaManager.scala';
const TOPICS = 'kafka: storage/.../log/metrics/BrokerTopicMetrics.java';
const REPORTER = 'spark: sql/core/.../streaming/runtime/MetricsReporter.scala, registerGauge';
const QUERY = 'metrics_{app}_driver_spark_streaming_{query}';

/** Before its first batch a query has no progress, and Spark's gauges say 0. */
const orZero = (value: number | null): number => value ?? 0;

export const METRICS = {
  underReplicated: {
    name: 'kafka_server_replicamanager_underreplicatedpartitions',
    type: 'gauge',
    help: 'Partitions led here with fewer replicas in sync than they have.',
    exporter: 'jmx',
    origin: 'kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions',
    source: `${REPLICAS}, UnderReplicatedPartitionsMetricName`,
    sample: (at) => at.underReplicatedPartitions,
  },
  underMinIsr: {
    name: 'kafka_server_replicamanager_underminisrpartitioncount',
    type: 'gauge',
    help: 'Partitions led here with fewer replicas in sync than min.insync.replicas.',
    exporter: 'jmx',
    origin: 'kafka.server:type=ReplicaManager,name=UnderMinIsrPartitionCount',
    source: `${REPLICAS}, UnderMinIsrPartitionCountMetricName`,
    sample: (at) => at.underMinIsrPartitions,
  },
  offline: {
    name: 'kafka_controller_kafkacontroller_offlinepartitionscount',
    type: 'gauge',
    help: 'Partitions without a leader; every controller says it of the whole cluster.',
    exporter: 'jmx',
    origin: 'kafka.controller:type=KafkaController,name=OfflinePartitionsCount',
    source: `${CONTROLLER}, OFFLINE_PARTITION_COUNT`,
    sample: (at) => at.offlinePartitions,
  },
  activeBrokers: {
    name: 'kafka_controller_kafkacontroller_activebrokercount',
    type: 'gauge',
    help: 'Brokers registered and not fenced; every controller says it of the whole cluster.',
    exporter: 'jmx',
    origin: 'kafka.controller:type=KafkaController,name=ActiveBrokerCount',
    source: `${CONTROLLER}, ACTIVE_BROKER_COUNT`,
    sample: (at) => at.activeBrokers,
  },
  uncleanElections: {
    name: 'kafka_controller_controllerstats_uncleanleaderelections_total',
    type: 'counter',
    help: 'Leaders elected that were not in sync.',
    exporter: 'jmx',
    origin: 'kafka.controller:type=ControllerStats,name=UncleanLeaderElectionsPerSec',
    source: `${CONTROLLER}, UNCLEAN_LEADER_ELECTIONS_PER_SEC`,
    sample: null,
  },
  messagesIn: {
    name: 'kafka_server_brokertopicmetrics_messagesin_total',
    type: 'counter',
    help: 'Messages appended by leaders; of a simulated run, those acknowledged.',
    exporter: 'jmx',
    origin: 'kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec',
    source: `${TOPICS}, MESSAGE_IN_PER_SEC`,
    sample: (at) => at.acknowledgedPerSecond,
  },
  bytesIn: {
    name: 'kafka_server_brokertopicmetrics_bytesin_total',
    type: 'counter',
    help: 'Bytes received from producers.',
    exporter: 'jmx',
    origin: 'kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec',
    source: `${TOPICS}, BYTES_IN_PER_SEC`,
    sample: (at) => at.bytesInPerSecond,
  },
  replicationBytesIn: {
    name: 'kafka_server_brokertopicmetrics_replicationbytesin_total',
    type: 'counter',
    help: 'Bytes that followers fetched from leaders.',
    exporter: 'jmx',
    origin: 'kafka.server:type=BrokerTopicMetrics,name=ReplicationBytesInPerSec',
    source: `${TOPICS}, REPLICATION_BYTES_IN_PER_SEC`,
    sample: (at) => at.replicationBytesInPerSecond,
  },
  consumerLag: {
    name: 'kafka_consumergroup_lag_sum',
    type: 'gauge',
    help: 'Messages of a topic that a consumer group has not read, all partitions together.',
    exporter: 'lag',
    origin: 'end offset - offset the group committed',
    source: 'kafka_exporter: kafka_exporter.go, consumergroupLagSum',
    sample: (at) => at.consumerLag,
  },
  batchDuration: {
    name: `${QUERY}_latency_Value`,
    type: 'gauge',
    help: 'Duration of the batch that ended last, milliseconds.',
    exporter: 'servlet',
    origin: 'latency: StreamingQueryProgress.durationMs.triggerExecution',
    source: REPORTER,
    sample: (at) => orZero(at.batchMilliseconds),
  },
  inputRate: {
    name: `${QUERY}_inputRate_total_Value`,
    type: 'gauge',
    help: 'Rows of the batch that ended last, a second since the trigger before it.',
    exporter: 'servlet',
    origin: 'inputRate-total: StreamingQueryProgress.inputRowsPerSecond',
    source: REPORTER,
    sample: (at) => orZero(at.inputRowsPerSecond),
  },
  processingRate: {
    name: `${QUERY}_processingRate_total_Value`,
    type: 'gauge',
    help: 'Rows of the batch that ended last, a second that it took.',
    exporter: 'servlet',
    origin: 'processingRate-total: StreamingQueryProgress.processedRowsPerSecond',
    source: REPORTER,
    sample: (at) => orZero(at.processedRowsPerSecond),
  },
  stateRows: {
    name: `${QUERY}_states_rowsTotal_Value`,
    type: 'gauge',
    help: 'Rows of state, all operators together.',
    exporter: 'servlet',
    origin: 'states-rowsTotal: sum of StreamingQueryProgress.stateOperators.numRowsTotal',
    source: REPORTER,
    sample: (at) => at.stateRows,
  },
  watermark: {
    name: `${QUERY}_eventTime_watermark_Value`,
    type: 'gauge',
    help: 'The watermark, milliseconds since 1970; 0 of a query without one.',
    exporter: 'servlet',
    origin: 'eventTime-watermark: StreamingQueryProgress.eventTime.watermark',
    source: REPORTER,
    sample: null,
  },
  executors: {
    name: 'metrics_{app}_driver_ExecutorAllocationManager_executors_numberAllExecutors_Value',
    type: 'gauge',
    help: 'Executors that the driver has; a real driver says it under dynamic allocation only.',
    exporter: 'servlet',
    origin: 'ExecutorAllocationManager: executors.numberAllExecutors',
    source: 'spark: core/.../ExecutorAllocationManager.scala, ExecutorAllocationManagerSource',
    sample: (at) => at.activeExecutors,
  },
  executorCores: {
    name: 'metrics_executor_totalCores',
    type: 'gauge',
    help: 'Cores of an executor; one series for each that is alive, and one for the driver.',
    exporter: 'executors',
    origin: 'ExecutorSummary.totalCores',
    source: 'spark: core/.../status/api/v1/PrometheusResource.scala, executors',
    sample: null,
  },
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof METRICS;

/** All of them, in the order they are shown and written in. */
export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[];

/** What a sample says that neither Kafka nor Spark has a metric for, and what comes nearest. */
export const WITHOUT_METRIC: Readonly<Partial<Record<keyof Sample, string>>> = {
  at: 'the timestamp',
  producerBacklog: 'a producer counts bytes (buffer-available-bytes), not messages',
  processedPerSecond: 'processingRate-total says it of a batch, not of a second',
  batchId: 'StreamingQueryProgress says it to listeners, and no gauge does',
};

/** As Spark makes a dropwizard key part of a name (PrometheusServlet.scala, `normalizeKey`). */
const normalized = (part: string): string => part.replaceAll(/[^a-zA-Z0-9]/g, '_');

/** The name that a metric has for one application and query. */
export const nameFor = (metric: Metric, app: string, query: string): string =>
  metric.name.replace('{app}', normalized(app)).replace('{query}', normalized(query));

/** A regular expression for the names that a metric has, whatever the application and query. */
export const namePattern = (metric: Metric, app = '.+', query = '.+'): string =>
  metric.name.replace('{app}', app).replace('{query}', query);
