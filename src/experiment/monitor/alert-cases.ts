/**
 * What the alert rules are held to, in the format of `promtool test rules`: for each alert a case
 * in which it fires, and one close by in which it is quiet.
 */
import {
  type Alert,
  type AlertSetting,
  KAFKA_ALERTS,
  silenceSeconds,
  sparkAlerts,
} from './alerts.ts';
import { METRICS, type MetricId, nameFor } from './metrics.ts';

export interface AlertCase {
  readonly name: string;
  readonly alert: string;
  /** Series, four values a minute, in promtool's notation: `a+bxn` is a, then n times b more. */
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  /** The alerts that fire then. */
  readonly firing: readonly { readonly labels: Labels; readonly value: string }[];
}

type Labels = Readonly<Record<string, string>>;

const IN_MAIN = { cluster: 'main', job: 'kafka' };

/** A broker's or a controller's series. */
const kafka = (id: MetricId, instance: string): string =>
  `${METRICS[id].name}{cluster="main",job="kafka",instance="${instance}"}`;

/** A gauge of a query, under the name that Spark gives it. */
const spark = (id: MetricId, query = 'orders'): string =>
  `${nameFor(METRICS[id], 'shop', query)}{cluster="main",job="spark",type="gauges"}`;

const LAG = `${METRICS.consumerLag.name}{cluster="main",job="lag",consumergroup="orders"}`;
const LAG_LABELS = { cluster: 'main', job: 'lag', consumergroup: 'orders' };

const ofQuery = (query: string): Labels => {
  return { cluster: 'main', job: 'spark', type: 'gauges', app: 'shop', query };
};

const KAFKA_CASES: readonly AlertCase[] = [
  {
    name: 'a partition without a leader is told once, though every controller tells of it',
    alert: 'KafkaOfflinePartitions',
    series: { [kafka('offline', 'c1')]: '0x7 2x20', [kafka('offline', 'c2')]: '0x7 2x20' },
    at: '4m',
    firing: [{ labels: IN_MAIN, value: '2' }],
  },
  {
    name: 'a partition is given a minute for the election of a leader',
    alert: 'KafkaOfflinePartitions',
    series: { [kafka('offline', 'c1')]: '0x7 2x3 0x20' },
    at: '150s',
    firing: [],
  },
  {
    name: 'partitions below min.insync.replicas are summed over the brokers that lead them',
    alert: 'KafkaUnderMinIsr',
    series: { [kafka('underMinIsr', 'b1')]: '0x7 1x20', [kafka('underMinIsr', 'b2')]: '0x7 2x20' },
    at: '4m',
    firing: [{ labels: IN_MAIN, value: '3' }],
  },
  {
    name: 'partitions at min.insync.replicas are no alarm of writes refused',
    alert: 'KafkaUnderMinIsr',
    series: { [kafka('underMinIsr', 'b1')]: '0x30', [kafka('underReplicated', 'b1')]: '5x30' },
    at: '4m',
    firing: [],
  },
  {
    name: 'replicas out of sync for five minutes are an alarm',
    alert: 'KafkaUnderReplicated',
    series: { [kafka('underReplicated', 'b1')]: '0x7 5x40' },
    at: '8m',
    firing: [{ labels: IN_MAIN, value: '5' }],
  },
  {
    name: 'a broker is given five minutes for a restart',
    alert: 'KafkaUnderReplicated',
    series: { [kafka('underReplicated', 'b1')]: '0x7 5x12 0x40' },
    at: '5m',
    firing: [],
  },
  {
    name: 'a broker that was there half an hour ago is missed',
    alert: 'KafkaBrokersMissing',
    series: { [kafka('activeBrokers', 'c1')]: '3x60 2x120' },
    at: '40m',
    firing: [{ labels: IN_MAIN, value: '2' }],
  },
  {
    name: 'a broker added is not missed before it came',
    alert: 'KafkaBrokersMissing',
    series: { [kafka('activeBrokers', 'c1')]: '2x60 3x120' },
    at: '40m',
    firing: [],
  },
  {
    name: 'a leader that was not in sync is told at once',
    alert: 'KafkaUncleanElection',
    series: { [kafka('uncleanElections', 'c1')]: '4x20 5x20' },
    at: '6m',
    firing: [{ labels: IN_MAIN, value: '' }],
  },
  {
    name: 'elections of an earlier day are not told again',
    alert: 'KafkaUncleanElection',
    series: { [kafka('uncleanElections', 'c1')]: '5x80' },
    at: '6m',
    firing: [],
  },
  {
    name: 'a lag that grows through its ups and downs is seen',
    alert: 'KafkaConsumerFallsBehind',
    series: { [LAG]: '0+1000x240' },
    at: '55m',
    firing: [{ labels: LAG_LABELS, value: '180000' }],
  },
  {
    name: 'a lag that goes up and down with the batches is no falling behind',
    alert: 'KafkaConsumerFallsBehind',
    series: { [LAG]: `${'0 50000 100000 '.repeat(80)}0` },
    at: '55m',
    firing: [],
  },
];

const SPARK_CASES: readonly AlertCase[] = [
  {
    name: 'of two queries of one driver, that which is too slow is told',
    alert: 'SparkProcessingBelowInput',
    series: {
      [spark('inputRate')]: '1000x80',
      [spark('processingRate')]: '900x80',
      [spark('inputRate', 'refunds')]: '10x80',
      [spark('processingRate', 'refunds')]: '500x80',
    },
    at: '15m',
    firing: [{ labels: ofQuery('orders'), value: '900' }],
  },
  {
    name: 'one slow batch after a restart is no falling behind',
    alert: 'SparkProcessingBelowInput',
    series: { [spark('inputRate')]: '1000x80', [spark('processingRate')]: '5000x20 100x1 5000x60' },
    at: '15m',
    firing: [],
  },
  {
    name: 'state that doubles every hour grows without bound',
    alert: 'SparkStateGrows',
    series: { [spark('stateRows')]: '1000x239 2000x239 4000x239 8000x239' },
    at: '150m',
    firing: [{ labels: ofQuery('orders'), value: '4000' }],
  },
  {
    name: 'state that fills its first window does not',
    alert: 'SparkStateGrows',
    series: { [spark('stateRows')]: '1000+10x239 3390x480' },
    at: '150m',
    firing: [],
  },
  {
    name: 'a query that runs no longer is missed',
    alert: 'SparkQueryGone',
    series: { [spark('inputRate')]: '1000x40 stale' },
    at: '14m',
    firing: [{ labels: { cluster: 'main', job: 'spark', query: 'orders' }, value: '' }],
  },
  {
    name: 'a query begun anew as another application is not missed',
    alert: 'SparkQueryGone',
    series: {
      [spark('inputRate')]: '1000x40 stale',
      [spark('inputRate').replace('shop', 'shop_2')]: '_x42 1000x40',
    },
    at: '14m',
    firing: [],
  },
];

/** The cases of those rules that have the trigger interval in them. */
function triggerCases(setting: AlertSetting): readonly AlertCase[] {
  const milliseconds = setting.triggerSeconds * 1000;
  const silence = silenceSeconds(setting);
  /** Samples from the last batch until the alert is looked for, two minutes after it is due. */
  const still = Math.ceil(silence / 15) + 8;
  return [
    {
      name: 'batches longer than the trigger interval are told',
      alert: 'SparkBatchLongerThanTrigger',
      series: { [spark('batchDuration')]: `${milliseconds * 1.5}x40` },
      at: '8m',
      firing: [{ labels: ofQuery('orders'), value: String(setting.triggerSeconds * 1.5) }],
    },
    {
      name: 'batches just within the trigger interval are not',
      alert: 'SparkBatchLongerThanTrigger',
      series: { [spark('batchDuration')]: `${milliseconds}x40` },
      at: '8m',
      firing: [],
    },
    {
      name: 'a query whose gauges stand still has ended no batch',
      alert: 'SparkNoBatch',
      series: {
        [spark('batchDuration')]: `3000+7x20 3140x${still}`,
        [spark('inputRate')]: `1000+1x20 1020x${still}`,
        [spark('processingRate')]: `3000+5x20 3100x${still}`,
      },
      at: `${(20 + still) * 15}s`,
      firing: [{ labels: ofQuery('orders'), value: '0' }],
    },
    {
      name: 'a query that ends a batch now and then is slow, and does not hang',
      alert: 'SparkNoBatch',
      series: {
        [spark('batchDuration')]: `3000+7x${20 + still}`,
        [spark('inputRate')]: `1000x${20 + still}`,
        [spark('processingRate')]: `3000x${20 + still}`,
      },
      at: `${(20 + still) * 15}s`,
      firing: [],
    },
    {
      name: 'a query without input is idle, and does not hang',
      alert: 'SparkNoBatch',
      series: {
        [spark('batchDuration')]: `3x${20 + still}`,
        [spark('inputRate')]: `0x${20 + still}`,
        [spark('processingRate')]: `0x${20 + still}`,
      },
      at: `${(20 + still) * 15}s`,
      firing: [],
    },
  ];
}

export const alertCases = (setting: AlertSetting): readonly AlertCase[] => [
  ...KAFKA_CASES,
  ...SPARK_CASES,
  ...triggerCases(setting),
];

/** The cases as promtool reads them. */
export function ruleTests(setting: AlertSetting): object {
  const alerts = new Map(
    [...KAFKA_ALERTS, ...sparkAlerts(setting)].map((each) => [each.name, each]),
  );
  return {
    rule_files: ['holdfast-alerts.yaml'],
    evaluation_interval: '30s',
    tests: alertCases(setting).map(({ name, alert, series, at, firing }) => ({
      name,
      interval: '15s',
      input_series: Object.entries(series).map(([each, values]) => ({ series: each, values })),
      alert_rule_test: [
        {
          eval_time: at,
          alertname: alert,
          exp_alerts: firing.map(({ labels, value }) =>
            expected(alerts.get(alert)!, labels, value),
          ),
        },
      ],
    })),
  };
}

/** An alert as it is sent, its texts filled in. */
function expected(alert: Alert, labels: Labels, value: string): object {
  const filled = (text: string): string =>
    text
      .replaceAll('{{ $value }}', value)
      .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? '');
  return {
    exp_labels: { ...labels, severity: alert.severity },
    exp_annotations: {
      guarantee: alert.guarantee,
      summary: filled(alert.summary),
      description: filled(alert.description),
    },
  };
}
