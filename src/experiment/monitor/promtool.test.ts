/** The rules and a run's exposition, judged by Prometheus itself where it is installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Sample } from '../result.ts';
import { exposition } from './exposition.ts';
import { monitoringFiles } from './files.ts';
import { PANELS } from './panels.ts';

const PROMTOOL = process.env.PROMTOOL ?? 'promtool';
const hasPromtool = spawnSync(PROMTOOL, ['--version']).status === 0;
if (!hasPromtool) {
  process.stderr.write(
    `Skipped: ${PROMTOOL} is not found, so Prometheus does not judge rules and exposition; ` +
      'Debian has it in the package prometheus, and PROMTOOL names one elsewhere.\n',
  );
}

const folder = mkdtempSync(join(tmpdir(), 'holdfast-monitor-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

function promtool(args: readonly string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(PROMTOOL, args, { encoding: 'utf8', input });
  return { status, output: stdout + stderr };
}

/** Ten minutes of a run: a broker dies in the middle. */
const SAMPLES: readonly Sample[] = Array.from({ length: 600 }, (_, second) => {
  const broken = second >= 300 && second < 330;
  return {
    at: second,
    underReplicatedPartitions: broken ? 7 : 0,
    underMinIsrPartitions: 0,
    offlinePartitions: broken && second < 309 ? 3 : 0,
    activeBrokers: broken ? 2 : 3,
    acknowledgedPerSecond: 10_000,
    processedPerSecond: 10_000,
    bytesInPerSecond: 1e7,
    replicationBytesInPerSecond: 2e7,
    producerBacklog: 0,
    consumerLag: 10_000 * (second % 10),
    batchId: second < 10 ? null : Math.floor(second / 10) - 1,
    batchMilliseconds: second < 10 ? null : 3000 + second,
    inputRowsPerSecond: second < 10 ? null : 10_000,
    processedRowsPerSecond: second < 10 ? null : 33_333.3,
    stateRows: 100_000,
    activeExecutors: 3,
  };
});
const LABELS = { cluster: 'run', query: 'orders', startEpochSeconds: 1_700_000_000 };

test.skipIf(!hasPromtool)('promtool finds nothing wrong with the committed rules', () => {
  expect(promtool(['check', 'rules', 'monitoring/holdfast-alerts.yaml'])).toEqual({
    status: 0,
    output: 'Checking monitoring/holdfast-alerts.yaml\n  SUCCESS: 15 rules found\n\n',
  });
});

test.skipIf(!hasPromtool).each([10, 60])(
  'the alerts fire and are quiet as their cases say, with a trigger of %i s',
  (triggerSeconds) => {
    for (const [name, text] of Object.entries(monitoringFiles({ triggerSeconds }))) {
      writeFileSync(at(name), text);
    }
    const { status, output } = promtool(['test', 'rules', at('holdfast-alerts.test.yaml')]);
    expect([output.replace(folder, ''), status]).toEqual([
      'Unit Testing:  /holdfast-alerts.test.yaml\n  SUCCESS\n\n',
      0,
    ]);
  },
);

test.skipIf(!hasPromtool)('every query of the dashboard is PromQL', () => {
  const queries = PANELS.flatMap((panel) => (panel.kind === 'row' ? [] : panel.targets));
  const rules = queries.map(({ expr }, i) => ({ record: `panel:${i}`, expr: filledIn(expr) }));
  writeFileSync(at('queries.yaml'), stringify({ groups: [{ name: 'panels', rules }] }));
  expect(promtool(['check', 'rules', at('queries.yaml')]).output.replace(folder, '')).toBe(
    `Checking /queries.yaml\n  SUCCESS: ${queries.length} rules found\n\n`,
  );
});

/** A query as Grafana sends it when all is chosen. */
const filledIn = (expr: string): string =>
  expr
    .replaceAll('$__rate_interval', '1m')
    .replaceAll(/\$\{(app|query):regex\}/g, '.+')
    .replaceAll(/\$(cluster|job|group)/g, '.*');

test.skipIf(!hasPromtool)('promtool has nothing against the exposition but real names', () => {
  const { output } = promtool(['check', 'metrics'], exposition(SAMPLES, LABELS, 'prometheus'));
  const findings = output.trimEnd().split('\n').sort();
  expect(findings.map((line) => line.split(' ')[0])).toEqual([
    'kafka_consumergroup_lag_sum',
    'metrics_holdfast_driver_ExecutorAllocationManager_executors_numberAllExecutors_Value',
    'metrics_holdfast_driver_spark_streaming_orders_inputRate_total_Value',
    'metrics_holdfast_driver_spark_streaming_orders_processingRate_total_Value',
    'metrics_holdfast_driver_spark_streaming_orders_states_rowsTotal_Value',
  ]);
  expect([...new Set(findings.map((line) => line.slice(line.indexOf(' ') + 1)))]).toEqual([
    'non-histogram and non-summary metrics should not have "_sum" suffix',
    "metric names should be written in 'snake_case' not 'camelCase'",
  ]);
});

test.skipIf(!hasPromtool)('a run becomes a block of a Prometheus, every sample of it', () => {
  writeFileSync(at('run.om'), exposition(SAMPLES, LABELS));
  const create = ['tsdb', 'create-blocks-from', 'openmetrics', at('run.om'), at('data')];
  expect(promtool(create).status).toBe(0);
  const [, ...blocks] = promtool(['tsdb', 'list', at('data')])
    .output.trimEnd()
    .split('\n');
  const columns = blocks.map((block) => block.split(/ {2,}/).slice(1, 7));
  const begin = LABELS.startEpochSeconds * 1000;
  expect(columns).toEqual([
    [String(begin), String(begin + 599_001), '9m59.001s', String(13 * 600), '78', '13'],
  ]);
});
