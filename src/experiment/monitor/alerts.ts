/**
 * Alert rules for Prometheus, over the metrics of the table: each says which guarantee is in
 * danger, by the name that `holdfast check` has for it.
 *
 * Spark writes application and query into the names of its gauges, so the rules for them begin with
 * recording rules that make labels of both; else two queries of one driver could not be told apart.
 */
import type { GUARANTEES } from '../../config/holdfast-schema.ts';
import type { MetricId } from './metrics.ts';
import { series } from './promql.ts';

export interface Alert {
  readonly name: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'critical' | 'warning';
  readonly guarantee: (typeof GUARANTEES)[number];
  readonly summary: string;
  readonly description: string;
}

export interface Recording {
  readonly record: string;
  readonly expr: string;
}

export interface AlertSetting {
  /** Spark has no metric for the trigger interval, so the rules have to be told. */
  readonly triggerSeconds: number;
}

/**
 * Without a batch for twelve trigger intervals, and two minutes at least, a query is taken to hang;
 * in less than that, Prometheus may not have looked twice.
 */
export const silenceSeconds = ({ triggerSeconds }: AlertSetting): number =>
  Math.max(12 * triggerSeconds, 120);

const RECORDED = {
  batchDuration: 'app_query:spark_streaming_latency',
  inputRate: 'app_query:spark_streaming_inputRate_total',
  processingRate: 'app_query:spark_streaming_processingRate_total',
  stateRows: 'app_query:spark_streaming_states_rowsTotal',
} as const satisfies Partial<Record<MetricId, string>>;

export const RECORDINGS: readonly Recording[] = Object.entries(RECORDED).map(([id, record]) => ({
  record,
  expr: series(id as MetricId),
}));

/** One value a cluster: what brokers say of their own partitions, what controllers say of all. */
const summed = (expr: string): string => `sum by (cluster, job) (${expr})`;
const greatest = (expr: string): string => `max by (cluster, job) (${expr})`;

export const KAFKA_ALERTS: readonly Alert[] = [
  {
    name: 'KafkaOfflinePartitions',
    expr: `${greatest(series('offline'))} > 0`,
    for: '1m',
    severity: 'critical',
    guarantee: 'recovers',
    summary: '{{ $value }} partitions of {{ $labels.cluster }} have no leader',
    description:
      'Nothing can be written to them or read from them until a replica that was in sync comes ' +
      'back. Switching unclean.leader.election.enable on brings them back at once and may lose ' +
      'acknowledged records (no-acked-loss).',
  },
  {
    name: 'KafkaUnderMinIsr',
    expr: `${summed(series('underMinIsr'))} > 0`,
    for: '1m',
    severity: 'critical',
    guarantee: 'writable-with-one-broker-down',
    summary: '{{ $value }} partitions of {{ $labels.cluster }} are below min.insync.replicas',
    description:
      'Writes with acks=all are refused (NotEnoughReplicas): producers hold records back, and ' +
      'give them up after delivery.timeout.ms. Writes with acks=1 or 0 go on, and are kept in ' +
      'fewer copies than min.insync.replicas promises (no-acked-loss).',
  },
  {
    name: 'KafkaUnderReplicated',
    expr: `${summed(series('underReplicated'))} > 0`,
    for: '5m',
    severity: 'warning',
    guarantee: 'no-acked-loss',
    summary: '{{ $value }} partitions of {{ $labels.cluster }} have replicas out of sync',
    description:
      'What is acknowledged now is in fewer copies than replication.factor says, down to ' +
      'min.insync.replicas with acks=all and to one with acks=1: so many disks fewer may fail ' +
      'before acknowledged records are lost.',
  },
  {
    name: 'KafkaBrokersMissing',
    expr:
      `${greatest(series('activeBrokers'))} < ` +
      greatest(`max_over_time(${series('activeBrokers')}[1h])`),
    for: '1m',
    severity: 'warning',
    guarantee: 'writable-with-one-broker-down',
    summary: '{{ $labels.cluster }} is down to {{ $value }} active brokers',
    description:
      'There were more within the last hour. Partitions with a replica on the missing broker ' +
      'have one failure less to spare: with min.insync.replicas = replication.factor - 1 the ' +
      'next one stops writes with acks=all.',
  },
  {
    name: 'KafkaUncleanElection',
    expr: `${greatest(`increase(${series('uncleanElections')}[10m])`)} > 0`,
    for: '0m',
    severity: 'critical',
    guarantee: 'no-acked-loss',
    summary: 'A replica that was not in sync became leader in {{ $labels.cluster }}',
    description:
      'Records that were acknowledged and that it did not have are lost, and readers that had ' +
      'read them have seen what no longer exists (no-phantom-output). Compare the offsets in ' +
      'Spark checkpoints with the ends of the partitions before the query goes on.',
  },
  {
    name: 'KafkaConsumerFallsBehind',
    expr:
      `min_over_time(${series('consumerLag')}[10m]) > ` +
      `max_over_time(${series('consumerLag')}[10m] offset 30m)`,
    for: '5m',
    severity: 'warning',
    guarantee: 'no-silent-loss',
    summary: '{{ $labels.consumergroup }} is {{ $value }} messages behind, and falls back further',
    description:
      'Its least lag of ten minutes is above its greatest half an hour ago. When the lag ' +
      'reaches back to retention.ms or retention.bytes, records are deleted unread: with ' +
      'failOnDataLoss=true the query stops, with false they are skipped in silence.',
  },
];

const { batchDuration, inputRate, processingRate, stateRows } = RECORDED;
const ofQuery = (expr: string): string => `max by (cluster, job, query) (${expr})`;

/** What tells how a query is doing, whatever its trigger. */
const QUERY_ALERTS: readonly Alert[] = [
  {
    name: 'SparkProcessingBelowInput',
    expr: `avg_over_time(${processingRate}[5m]) < avg_over_time(${inputRate}[5m])`,
    for: '10m',
    severity: 'warning',
    guarantee: 'no-silent-loss',
    summary: '{{ $labels.query }} reads more slowly than its input arrives',
    description:
      'The query falls behind, each batch is larger than the one before, and in the end it ' +
      'needs records that retention has deleted: it stops, or with failOnDataLoss=false skips ' +
      'them in silence. With maxOffsetsPerTrigger both rates are equal; watch the lag.',
  },
  {
    name: 'SparkStateGrows',
    expr:
      `${stateRows} > 1.5 * (${stateRows} offset 1h) and ` +
      `(${stateRows} offset 1h) > 1.5 * (${stateRows} offset 2h) and ` +
      `(${stateRows} offset 2h) > 0`,
    for: '15m',
    severity: 'warning',
    guarantee: 'recovers-unattended',
    summary: 'State of {{ $labels.query }} has grown by half in each of the last two hours',
    description:
      'Where no watermark drops state, it grows without bound: checkpoints and the reload ' +
      'after a failure take longer and longer, until executors run out of memory and every ' +
      'restart fails the same way.',
  },
  {
    name: 'SparkQueryGone',
    expr: `${ofQuery(`${inputRate} offset 10m`)} unless ${ofQuery(inputRate)}`,
    for: '1m',
    severity: 'critical',
    guarantee: 'recovers-unattended',
    summary: '{{ $labels.query }} was running ten minutes ago and is no longer',
    description:
      'The query has failed, or its driver is gone. Nothing restarts it without a supervisor; ' +
      'begun anew it goes on from its checkpoint, if Kafka still has the records from there ' +
      'on (no-silent-loss).',
  },
];

/** What tells how it is doing at the trigger interval it has. */
function triggerAlerts(setting: AlertSetting): readonly Alert[] {
  const { triggerSeconds } = setting;
  const silence = `[${silenceSeconds(setting)}s]`;
  const gauges = [batchDuration, inputRate, processingRate];
  const changes = gauges.map((name) => `changes(${name}${silence})`).join(' + ');
  return [
    {
      name: 'SparkBatchLongerThanTrigger',
      expr: `${batchDuration} / 1000 > ${triggerSeconds}`,
      for: '5m',
      severity: 'warning',
      guarantee: 'recovers-end-to-end',
      summary: `Batches of {{ $labels.query }} take longer than the trigger, ${triggerSeconds} s`,
      description:
        'There is no time between batches in which to catch up: after the next failure the ' +
        'output does not become current again until the input slackens.',
    },
    {
      name: 'SparkNoBatch',
      expr: `${changes} == 0 and avg_over_time(${inputRate}${silence}) > 0`,
      for: '1m',
      severity: 'critical',
      guarantee: 'recovers-unattended',
      summary: `{{ $labels.query }} has ended no batch for ${silenceSeconds(setting)} s`,
      description:
        'None of its gauges has changed, and its last batch had input. A task hangs, no ' +
        'executor is left, or Kafka does not answer. Nothing is put out, and what is not read ' +
        'nears the end of its retention (no-silent-loss).',
    },
  ];
}

export const sparkAlerts = (setting: AlertSetting): readonly Alert[] => [
  ...QUERY_ALERTS,
  ...triggerAlerts(setting),
];

/** The file's content: rules as Prometheus reads them. */
export function ruleFile(setting: AlertSetting): object {
  const rule = ({ name, expr, for: after, severity, ...annotations }: Alert) => {
    return { alert: name, expr, for: after, labels: { severity }, annotations };
  };
  return {
    groups: [
      { name: 'holdfast-kafka', rules: KAFKA_ALERTS.map(rule) },
      { name: 'holdfast-spark', rules: [...RECORDINGS, ...sparkAlerts(setting).map(rule)] },
    ],
  };
}
