/**
 * A simulated run as Prometheus reads it: every sample of every metric, with its timestamp.
 *
 * OpenMetrics is what `promtool tsdb create-blocks-from openmetrics` takes; Prometheus's own text
 * format, which differs in the names of counters and the unit of timestamps, is what
 * `promtool check metrics` takes. prom-client, which writes /metrics elsewhere, has no timestamps.
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
import type { Sample } from '../result.ts';
import { METRIC_IDS, METRICS, type Metric, nameFor } from './metrics.ts';

export interface RunLabels {
  /** Tells one run's series from another's: label `cluster`. */
  readonly cluster: string;
  /** Name of the query; also the consumer group whose lag is shown. */
  readonly query: string;
  /** Seconds since 1970 at which the run is shown to begin. */
  readonly startEpochSeconds: number;
}

export type ExpositionFormat = 'openmetrics' | 'prometheus';

/** Stands for spark.metrics.namespace, which else would be an application's id. */
export const APP = 'holdfast';

/** All that was sampled of a run. */
export function exposition(
  samples: readonly Sample[],
  labels: RunLabels,
  format: ExpositionFormat = 'openmetrics',
): string {
  const lines = METRIC_IDS.flatMap((id) => family(METRICS[id], samples, labels, format));
  if (format === 'openmetrics') lines.push('# EOF');
  return `${lines.join('\n')}\n`;
}

/** A metric's lines; none if a run has no such thing. */
function family(
  metric: Metric,
  samples: readonly Sample[],
  labels: RunLabels,
  format: ExpositionFormat,
): string[] {
  if (metric.sample === null || samples.length === 0) return [];
  const name = nameFor(metric, APP, labels.query);
  const named = format === 'openmetrics' ? name.replace(/_total$/, '') : name;
  const series = name + labelSet(labelsOf(metric, labels));
  const begin = labels.startEpochSeconds;
  return [
    `# HELP ${named} ${metric.help}`,
    `# TYPE ${named} ${metric.type}`,
    ...valuesOf(metric, metric.sample, samples).map((value, i) => {
      return `${series} ${numeral(value)} ${timestamp(begin + samples[i]!.at, format)}`;
    }),
  ];
}

/** A counter is what it grew by until now; as those of brokers it counts whole things. */
function valuesOf(
  metric: Metric,
  sample: (sample: Sample) => number,
  samples: readonly Sample[],
): number[] {
  if (metric.type === 'gauge') return samples.map(sample);
  let total = 0;
  let before = 0;
  return samples.map((at) => {
    total += sample(at) * (at.at - before);
    before = at.at;
    return Math.round(total);
  });
}

/** The labels that exporter and scrape would give it. */
function labelsOf(metric: Metric, { cluster, query }: RunLabels): Record<string, string> {
  switch (metric.exporter) {
    case 'jmx':
      return { cluster, job: 'kafka' };
    case 'lag':
      return { cluster, job: 'kafka-exporter', consumergroup: query };
    case 'servlet':
      return { cluster, job: 'spark', type: 'gauges' };
    case 'executors':
      return { cluster, job: 'spark' };
  }
}

function labelSet(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function numeral(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

/** OpenMetrics counts seconds, the older format milliseconds; finer than that nobody stores. */
function timestamp(seconds: number, format: ExpositionFormat): string {
  const milliseconds = Math.round(seconds * 1000);
  return String(format === 'openmetrics' ? milliseconds / 1000 : milliseconds);
}
