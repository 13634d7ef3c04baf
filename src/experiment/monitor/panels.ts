/** What the dashboard shows, in reading order. */
import type { MetricId } from './metrics.ts';
import { series } from './promql.ts';

export interface Target {
  readonly expr: string;
  readonly legend: string;
}

interface Place {
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

export type Panel =
  | (Place & { readonly kind: 'row' })
  | (Place & {
      readonly kind: 'stat' | 'timeseries';
      readonly metrics: readonly MetricId[];
      readonly description: string;
      readonly unit: string;
      /** From here on the value is red. */
      readonly alarm?: number;
      readonly targets: readonly Target[];
    });

/** Conditions that the dashboard's variables put. */
const CHOSEN = ['cluster=~"$cluster"', 'job=~"$job"'];
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: Grafana's variables
const OF_CHOSEN_QUERY = { matchers: CHOSEN, app: '${app:regex}', query: '${query:regex}' };
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: Grafana's variables

const kafka = (id: MetricId): string => series(id, { matchers: CHOSEN });
const spark = (id: MetricId): string => series(id, OF_CHOSEN_QUERY);
const ofChosenGroup = (id: MetricId): string =>
  series(id, { matchers: [...CHOSEN, 'consumergroup=~"$group"'] });
const perSecond = (id: MetricId): string =>
  `sum by (cluster) (rate(${kafka(id)}[$__rate_interval]))`;

const CLUSTER = '{{cluster}}';
const QUERY = '{{cluster}} {{app}} {{query}}';

const row = (title: string): Panel => ({ kind: 'row', title, width: 24, height: 1 });

/** One number a cluster, that ought to be 0. */
const alarming = (title: string, id: MetricId, expr: string, description: string): Panel => ({
  kind: 'stat',
  title,
  width: 6,
  height: 4,
  metrics: [id],
  description,
  unit: 'short',
  alarm: 1,
  targets: [{ expr, legend: CLUSTER }],
});

const graph = (
  title: string,
  metrics: readonly MetricId[],
  unit: string,
  description: string,
  targets: readonly Target[],
): Panel => {
  return { kind: 'timeseries', title, width: 8, height: 8, metrics, description, unit, targets };
};

const KAFKA_PANELS: readonly Panel[] = [
  row('Kafka: may it be written, and is it kept?'),
  alarming(
    'Offline partitions',
    'offline',
    `max by (cluster) (${kafka('offline')})`,
    'Without a leader: neither written nor read.',
  ),
  alarming(
    'Under min ISR',
    'underMinIsr',
    `sum by (cluster) (${kafka('underMinIsr')})`,
    'Writes with acks=all are refused; with acks=1 they are kept in too few copies.',
  ),
  alarming(
    'Under-replicated partitions',
    'underReplicated',
    `sum by (cluster) (${kafka('underReplicated')})`,
    'Fewer copies in sync than replication.factor says.',
  ),
  alarming(
    'Unclean elections in the last hour',
    'uncleanElections',
    `max by (cluster) (increase(${kafka('uncleanElections')}[1h]))`,
    'Each may have lost acknowledged records. A simulated run has no such counter.',
  ),
  graph(
    'Replicas',
    ['underReplicated', 'underMinIsr', 'offline'],
    'short',
    'The three over time.',
    [
      {
        expr: `sum by (cluster) (${kafka('underReplicated')})`,
        legend: `${CLUSTER} under-replicated`,
      },
      { expr: `sum by (cluster) (${kafka('underMinIsr')})`, legend: `${CLUSTER} under min ISR` },
      { expr: `max by (cluster) (${kafka('offline')})`, legend: `${CLUSTER} offline` },
    ],
  ),
  graph('Active brokers', ['activeBrokers'], 'short', 'Registered and not fenced.', [
    { expr: `max by (cluster) (${kafka('activeBrokers')})`, legend: CLUSTER },
  ]),
  graph('Messages in', ['messagesIn'], 'mps', 'Appended by leaders; simulated: acknowledged.', [
    { expr: perSecond('messagesIn'), legend: CLUSTER },
  ]),
  graph('Bytes in', ['bytesIn'], 'Bps', 'From producers.', [
    { expr: perSecond('bytesIn'), legend: CLUSTER },
  ]),
  graph('Replication bytes in', ['replicationBytesIn'], 'Bps', 'From leaders to followers.', [
    { expr: perSecond('replicationBytesIn'), legend: CLUSTER },
  ]),
  graph(
    'Consumer lag',
    ['consumerLag'],
    'short',
    'Spark commits no offsets to Kafka: its queries are here only if a listener commits for them.',
    [
      {
        expr: `sum by (cluster, consumergroup) (${ofChosenGroup('consumerLag')})`,
        legend: `${CLUSTER} {{consumergroup}}`,
      },
    ],
  ),
];

const SPARK_PANELS: readonly Panel[] = [
  row('Structured Streaming: does it keep up, and can it recover?'),
  graph('Batch duration', ['batchDuration'], 'ms', 'It ought to be below the trigger interval.', [
    { expr: spark('batchDuration'), legend: QUERY },
  ]),
  graph(
    'Input and processing rate',
    ['inputRate', 'processingRate'],
    'rowsps',
    'With processing below input the query falls behind.',
    [
      { expr: spark('inputRate'), legend: `${QUERY} input` },
      { expr: spark('processingRate'), legend: `${QUERY} processing` },
    ],
  ),
  graph(
    'State rows',
    ['stateRows'],
    'short',
    'Without bound, they end in executors out of memory.',
    [{ expr: spark('stateRows'), legend: QUERY }],
  ),
  graph(
    'Watermark delay',
    ['watermark'],
    's',
    'How far the watermark is behind the clock. A simulated run has no such gauge.',
    [{ expr: `time() - (${spark('watermark')} > 0) / 1000`, legend: QUERY }],
  ),
  graph(
    'Executors',
    ['executors', 'executorCores'],
    'short',
    'From the driver under dynamic allocation, else counted by the series of executors alive.',
    [
      { expr: spark('executors'), legend: '{{cluster}} {{app}}' },
      {
        expr: `count by (cluster, application_name) (${series('executorCores', {
          matchers: [...CHOSEN, 'executor_id!="driver"'],
        })})`,
        legend: '{{cluster}} {{application_name}}',
      },
    ],
  ),
];

export const PANELS: readonly Panel[] = [...KAFKA_PANELS, ...SPARK_PANELS];
