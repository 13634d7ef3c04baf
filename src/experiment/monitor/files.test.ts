/** Dashboard, rules and guide are of the table, the whole table, and nothing but it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { alertCases } from './alert-cases.ts';
import { KAFKA_ALERTS, RECORDINGS, sparkAlerts } from './alerts.ts';
import { monitoringFiles, TRIGGER_SECONDS } from './files.ts';
import { METRIC_IDS, METRICS } from './metrics.ts';
import { PANELS } from './panels.ts';

const SETTING = { triggerSeconds: TRIGGER_SECONDS };
const FILES = monitoringFiles(SETTING);
const ALERTS = [...KAFKA_ALERTS, ...sparkAlerts(SETTING)];
const NAMES = METRIC_IDS.map((id) => METRICS[id].name);

/** What Grafana calls the parts of a panel that are read here. */
interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: { expr: string }[] }[];
  readonly templating: { readonly list: { readonly name: string; readonly definition?: string }[] };
}
const DASHBOARD = JSON.parse(FILES['holdfast-dashboard.json']!) as Dashboard;
const QUERIES = DASHBOARD.panels.flatMap((panel) => panel.targets ?? []).map(({ expr }) => expr);

const KEYWORDS = [
  ...['and', 'offset', 'unless', 'count', 'max', 'sum', 'label_replace', 'time'],
  ...['avg_over_time', 'changes', 'increase', 'max_over_time', 'min_over_time', 'rate'],
];

/** The metrics that an expression reads, Spark's with `{app}` and `{query}` in their names. */
function metricsIn(expr: string): string[] {
  const patterns = [...expr.matchAll(/__name__=~"([^"]+)"/g)].map(([, pattern]) =>
    pattern!
      .replace(/metrics_(\.\+|\$\{app:regex\})_driver/, 'metrics_{app}_driver')
      .replace(/streaming_(\.\+|\$\{query:regex\})_/, 'streaming_{query}_'),
  );
  const bare = expr
    .replaceAll(/"[^"]*"/g, ' ')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]|by \([^)]*\)/g, ' ')
    .match(/\b[a-z_:][\w:]*/gi);
  return [...patterns, ...(bare ?? []).filter((word) => !KEYWORDS.includes(word))];
}

test.each(Object.keys(FILES))('monitoring/%s is up to date (npm run monitoring)', (name) => {
  expect(readFileSync(`monitoring/${name}`, 'utf8')).toBe(FILES[name]);
});

test('the dashboard reads metrics of the table, and all of them', () => {
  expect([...new Set(QUERIES.flatMap(metricsIn))].sort()).toEqual([...NAMES].sort());
});

test('a panel says truly which metrics it reads', () => {
  const said = PANELS.map((panel) => (panel.kind === 'row' ? [] : panel.metrics));
  const read = PANELS.map((panel) =>
    panel.kind === 'row' ? [] : panel.targets.flatMap(({ expr }) => metricsIn(expr)),
  );
  expect(read).toEqual(said.map((ids) => ids.map((id) => METRICS[id].name)));
});

test('the dashboard asks for data source, cluster, job, group, application and query', () => {
  const { list } = DASHBOARD.templating;
  expect(list.map(({ name }) => name)).toEqual([
    'datasource',
    'cluster',
    'job',
    'group',
    'app',
    'query',
  ]);
});

test('panels do not overlap', () => {
  const cells = (
    DASHBOARD.panels as unknown as { gridPos: Record<'x' | 'y' | 'w' | 'h', number> }[]
  ).flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

test('rules are YAML, and read metrics of the table or what they recorded of them', () => {
  const { groups } = parse(FILES['holdfast-alerts.yaml']!) as {
    groups: { name: string; rules: { alert?: string; record?: string; expr: string }[] }[];
  };
  expect(groups.map(({ name, rules }) => [name, rules.length])).toEqual([
    ['holdfast-kafka', 6],
    ['holdfast-spark', 9],
  ]);
  const known = [...NAMES, ...RECORDINGS.map(({ record }) => record)];
  const read = groups.flatMap(({ rules }) => rules.flatMap(({ expr }) => metricsIn(expr)));
  expect(read.filter((name) => !known.includes(name))).toEqual([]);
});

test('every alert has a case in which it fires, and one in which it is quiet', () => {
  const cases = (alert: string) => alertCases(SETTING).filter((each) => each.alert === alert);
  const fires = ALERTS.map(({ name }) => cases(name).some(({ firing }) => firing.length > 0));
  const quiet = ALERTS.map(({ name }) => cases(name).some(({ firing }) => firing.length === 0));
  expect([fires, quiet]).toEqual([ALERTS.map(() => true), ALERTS.map(() => true)]);
});

test('another trigger interval changes the rules that have it in them, and no other', () => {
  const others = sparkAlerts({ triggerSeconds: 60 });
  const changed = sparkAlerts(SETTING).filter(({ expr }, i) => expr !== others[i]!.expr);
  expect(changed.map(({ name }) => name)).toEqual(['SparkBatchLongerThanTrigger', 'SparkNoBatch']);
});

test('the guide tells of every metric and every alert', () => {
  const guide = readFileSync('docs/monitoring.md', 'utf8');
  const missing = [...NAMES, ...ALERTS.map(({ name }) => name)].filter(
    (name) => !guide.includes(`\`${name}\``),
  );
  expect(missing).toEqual([]);
});
