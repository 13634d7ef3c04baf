/** The text of docs/timing.md: what a setting decides of time, and what the tables do. */
import type { z } from 'zod';
import {
  CAPACITIES,
  CHECKS,
  DURATIONS,
  type Duration,
  type Mark,
  STORAGE,
  type StorageProfile,
} from './durations.ts';
import { KAFKA_TIMES } from './kafka-times.ts';
import { kafkaSetting, sparkSetting } from './setting.ts';
import { SPARK_TIMES } from './spark-times.ts';
import type { Spread } from './spread.ts';

export function timingPage(): string {
  return `${[
    '# How long things take on the virtual clock',
    INTRODUCTION,
    marks(),
    '## What a setting decides',
    SETTINGS,
    '### Kafka',
    settings(kafkaSetting),
    '### Spark',
    settings(sparkSetting),
    '## How often something is looked at',
    CHECKED,
    checks(),
    '## What the table decides',
    '### Kafka, its clients and the network',
    durations(KAFKA_TIMES),
    '### Spark',
    durations(SPARK_TIMES),
    '### A checkpoint on HDFS',
    durations(STORAGE.hdfs),
    '### A checkpoint on S3',
    durations(STORAGE.s3),
    '## Capacities',
    CAPACITY,
    capacities(),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `An experiment runs the models on a virtual clock. What may happen is theirs
to say; how long it takes comes from here. Written by \`npm run timing\` from
\`src/experiment/durations.ts\`; a test holds the two together. The figures are those of a cluster
in one region of a cloud, on SSDs, that is not overloaded. Kafka's files were read at their state of
August 2026, Spark's as of 4.x.`;

const SETTINGS = `These come from the deployment's configuration files or from the experiment; a
default is what holds where neither says anything.`;

const CHECKED = 'A timeout is noticed at the first look after it ended: up to one period late.';

const CAPACITY = 'What goes beyond a capacity waits.';

const MARKS: Record<Mark, string> = {
  read: 'the figure, or what dominates it, is in the source; what is assumed on top is said',
  recalled: 'known, not looked up again',
  assumed: 'a guess that fits what the source says; to be replaced by a measurement',
};

function marks(): string {
  const profiles: StorageProfile[] = ['hdfs', 's3'];
  const entries: { mark: Mark }[] = [
    ...Object.values(DURATIONS),
    ...profiles.flatMap((profile) => Object.values(STORAGE[profile])),
    ...Object.values(CHECKS),
    ...Object.values(CAPACITIES),
  ];
  const rows = Object.entries(MARKS).map(([mark, means]) => [
    mark,
    String(entries.filter((entry) => entry.mark === mark).length),
    means,
  ]);
  return table(['mark', 'entries', 'means'], rows);
}

function settings(schema: typeof kafkaSetting | typeof sparkSetting): string {
  const defaults: Record<string, unknown> = schema.parse({});
  const rows = Object.entries<z.ZodType>(schema.shape).map(([name, { description }]) => [
    `\`${name}\``,
    plain(defaults[name]),
    description ?? '',
  ]);
  return table(['setting', 'default', 'is'], rows);
}

function checks(): string {
  const run = { kafka: kafkaSetting.parse({}), spark: sparkSetting.parse({}) };
  const rows = Object.entries(CHECKS).map(([name, { every, formula, means, source, mark }]) => [
    `\`${name}\``,
    formula,
    `${plain(every(run))} ms`,
    means,
    source,
    mark,
  ]);
  return table(['look', 'period', 'at the defaults', 'means', 'source', 'mark'], rows);
}

function durations(entries: Readonly<Record<string, Duration>>): string {
  const rows = Object.entries(entries).map(([name, { spread, means, source, mark }]) => [
    `\`${name}\``,
    spreadText(spread),
    means,
    source,
    mark,
  ]);
  return table(['duration', 'takes', 'means', 'source', 'mark'], rows);
}

function capacities(): string {
  const rows = Object.entries(CAPACITIES).map(([name, { value, unit, means, source, mark }]) => [
    `\`${name}\``,
    `${plain(value)} ${unit}`,
    means,
    source,
    mark,
  ]);
  return table(['capacity', 'is', 'means', 'source', 'mark'], rows);
}

/** A spread in words: `lognormal, median 2 ms, 95 % below 10 ms`. */
export function spreadText(spread: Spread): string {
  switch (spread.kind) {
    case 'fixed':
      return `always ${plain(spread.ms)} ms`;
    case 'uniform':
      return `uniform, ${plain(spread.from)} to ${plain(spread.to)} ms`;
    case 'lognormal':
      return `lognormal, median ${plain(spread.median)} ms, 95 % below ${plain(spread.p95)} ms`;
    case 'exponential':
      return `exponential, mean ${plain(spread.mean)} ms`;
  }
}

const plain = (value: unknown) =>
  typeof value === 'number' ? value.toLocaleString('en-US') : String(value);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
