/** Expressions over the table's metrics, in Prometheus's query language. */
import { METRICS, type Metric, type MetricId, namePattern } from './metrics.ts';

export interface Selection {
  /** Conditions on labels: `job=~"..."`. */
  readonly matchers?: readonly string[];
  /** Regular expressions for what Spark writes into names; left out: all. */
  readonly app?: string;
  readonly query?: string;
}

/** A broker counts each topic, and all together without the label: summed, all counts twice. */
const PER_TOPIC: ReadonlySet<MetricId> = new Set(['messagesIn', 'bytesIn']);

/** Series of a metric. What Spark writes into its name become the labels `app` and `query`. */
export function series(id: MetricId, { matchers = [], app, query }: Selection = {}): string {
  const metric: Metric = METRICS[id];
  const conditions = PER_TOPIC.has(id) ? ['topic=""', ...matchers] : matchers;
  if (!metric.name.includes('{app}')) return metric.name + braces(conditions);
  const named = braces([`__name__=~"${namePattern(metric, app, query)}"`, ...conditions]);
  const parts = namePattern(metric, '(.+)', '(.+)');
  const withApp = `label_replace(${named}, "app", "$1", "__name__", "${parts}")`;
  if (!metric.name.includes('{query}')) return withApp;
  return `label_replace(${withApp}, "query", "$2", "__name__", "${parts}")`;
}

const braces = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : `{${conditions.join(',')}}`;
