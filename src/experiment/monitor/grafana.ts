/**
 * The Grafana dashboard over the metrics of the table: of a simulated run that was loaded into
 * Prometheus, and as well of a real cluster.
 *
 * Schema version 42 is that of Grafana 12 (grafana: apps/dashboard/pkg/migration/schemaversion/
 * migrations.go, LATEST_VERSION); an older Grafana shows it too, a newer one migrates it.
 */
import { METRICS, namePattern } from './metrics.ts';
import { PANELS, type Panel } from './panels.ts';
import { series } from './promql.ts';

const SCHEMA_VERSION = 42;
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's variable
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };
const COLUMNS = 24;

/** The dashboard's JSON. */
export function dashboard(): object {
  return {
    annotations: { list: [] },
    description: 'Kafka and Structured Streaming: is what they promise in danger?',
    editable: true,
    fiscalYearStartMonth: 0,
    graphTooltip: 1,
    id: null,
    links: [],
    panels: laidOut(PANELS),
    preload: false,
    refresh: '',
    schemaVersion: SCHEMA_VERSION,
    tags: ['holdfast', 'kafka', 'spark'],
    templating: { list: VARIABLES },
    time: { from: 'now-1h', to: 'now' },
    timepicker: {},
    timezone: 'browser',
    title: 'Holdfast: Kafka and Structured Streaming',
    uid: 'holdfast',
    version: 1,
  };
}

const variable = (name: string, label: string, definition: string, regex = ''): object => ({
  name,
  label,
  type: 'query',
  datasource: DATASOURCE,
  definition,
  query: { query: definition, refId: name },
  regex,
  refresh: 2,
  sort: 1,
  multi: true,
  includeAll: true,
  allValue: regex === '' ? '.*' : '.+',
  current: { text: ['All'], value: ['$__all'] },
  options: [],
  hide: 0,
});

/** Applications and queries stand in the names of Spark's gauges, and are read off them. */
const ANY_QUERY = `metrics(${namePattern(METRICS.batchDuration)})`;
const ANY_JOB = [
  METRICS.underReplicated.name,
  METRICS.consumerLag.name,
  METRICS.executorCores.name,
  namePattern(METRICS.batchDuration),
].join('|');

const VARIABLES: readonly object[] = [
  {
    name: 'datasource',
    label: 'Prometheus',
    type: 'datasource',
    query: 'prometheus',
    regex: '',
    refresh: 1,
    multi: false,
    includeAll: false,
    current: {},
    options: [],
    hide: 0,
  },
  variable('cluster', 'Cluster', `label_values({__name__=~"${ANY_JOB}"}, cluster)`),
  variable('job', 'Job', `label_values({__name__=~"${ANY_JOB}"}, job)`),
  variable('group', 'Consumer group', `label_values(${series('consumerLag')}, consumergroup)`),
  variable('app', 'Application', ANY_QUERY, `/^${namePattern(METRICS.batchDuration, '(.+)')}$/`),
  variable('query', 'Query', ANY_QUERY, `/^${namePattern(METRICS.batchDuration, '.+', '(.+)')}$/`),
];

/** Panels from left to right and from top to bottom, under the row they belong to. */
function laidOut(panels: readonly Panel[]): object[] {
  const placed: object[] = [];
  let id = 1;
  let x = 0;
  let y = 0;
  let height = 0;
  for (const panel of panels) {
    if (x + panel.width > COLUMNS || panel.kind === 'row') {
      y += height;
      x = 0;
    }
    height = panel.height;
    const gridPos = { h: panel.height, w: panel.width, x, y };
    placed.push({ id: id++, gridPos, title: panel.title, ...contentOf(panel) });
    x += panel.width;
  }
  return placed;
}

function contentOf(panel: Panel): object {
  if (panel.kind === 'row') return { type: 'row', collapsed: false, panels: [] };
  return {
    type: panel.kind,
    description: panel.description,
    datasource: DATASOURCE,
    targets: panel.targets.map(({ expr, legend }, i) => ({
      datasource: DATASOURCE,
      editorMode: 'code',
      expr,
      legendFormat: legend,
      range: true,
      refId: String.fromCharCode('A'.charCodeAt(0) + i),
    })),
    fieldConfig: { defaults: fieldsOf(panel), overrides: [] },
    options: panel.kind === 'stat' ? STAT : TIME_SERIES,
  };
}

const STAT = {
  colorMode: 'value',
  graphMode: 'area',
  justifyMode: 'auto',
  orientation: 'auto',
  reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
  textMode: 'auto',
};

const TIME_SERIES = {
  legend: { calcs: ['lastNotNull', 'max'], displayMode: 'table', placement: 'bottom' },
  tooltip: { mode: 'multi', sort: 'desc' },
};

/** Green as long as all is well; a time series has colours of its own. */
function fieldsOf({ kind, unit, alarm }: Exclude<Panel, { kind: 'row' }>): object {
  const steps = [{ color: 'green', value: null as number | null }];
  if (alarm !== undefined) steps.push({ color: 'red', value: alarm });
  const thresholds = { mode: 'absolute', steps };
  if (kind === 'stat') return { unit, thresholds, color: { mode: 'thresholds' } };
  const custom = { drawStyle: 'line', lineWidth: 1, fillOpacity: 10, showPoints: 'never' };
  return { unit, min: 0, thresholds, color: { mode: 'palette-classic' }, custom };
}
