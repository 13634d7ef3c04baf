/**
 * An experiment: a setting, what is varied of it, faults by name, and seeds. A run is one combination
 * of values (a cell), under one scenario, with the chance of one seed; all runs stand in a fixed order.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConfigError, quoted } from '../config/index.ts';
import { issueText } from './issue.ts';
import type { SettingValue } from './row.ts';
import { type RunSetting, runSetting } from './setting.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);

/** A value of a dimension: as what a table shows, and what it sets. */
const level = z.strictObject({
  value: value.describe('What rows and tables call it.'),
  set: z
    .record(z.string(), value)
    .describe(
      'Dotted paths of the setting, each with what it becomes: { spark.triggerMs: 10000 }.',
    ),
});

/** The content of an experiment's file. */
export const experimentSchema = z.strictObject({
  title: z.string().min(1).optional(),
  base: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('What all runs share: kafka, spark, workload, seconds. The rest has its defaults.'),
  vary: z
    .record(z.string(), z.array(z.union([value, level])).min(1))
    .default({})
    .describe(
      'Name -> its values; every combination is a cell, the first name varies slowest. A plain value ' +
        'is set at the dotted path that is the name; fault.seconds and the like change every fault.',
    ),
  scenarios: z
    .record(z.string(), z.array(z.record(z.string(), z.unknown())))
    .refine((scenarios) => Object.keys(scenarios).length > 0, 'expected at least one scenario')
    .describe('Name -> its faults, as { kind: leaderKilled, seconds: 30 }; none is a calm run.'),
  seeds: z.int().min(1).max(100_000).default(5).describe('Runs of each cell and scenario.'),
});

export type Experiment = z.infer<typeof experimentSchema>;
export type ExperimentInput = z.input<typeof experimentSchema>;

/** A cell under a scenario: its runs are done together, one for each seed. */
export interface Unit {
  readonly cell: number;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly fault: string;
  readonly setting: RunSetting;
  /** What tells the setting from any other, its faults and recording included. */
  readonly of: string;
  /** The run with seed 1; the others follow it. */
  readonly firstRun: number;
}

/** Reads what an experiment's file says. @throws ConfigError naming the first thing that is wrong. */
export function experimentOf(content: unknown, file: string): Experiment {
  const read = experimentSchema.safeParse(content ?? {});
  if (read.success) return read.data;
  throw new ConfigError(
    { file },
    issueText(read.error, 'the experiment', experimentSchema, content),
  );
}

interface Point {
  readonly settings: Record<string, SettingValue>;
  readonly set: Record<string, SettingValue>;
}

function pointsOf({ vary }: Experiment): Point[] {
  return Object.entries(vary).reduce<Point[]>(
    (points, [name, levels]) =>
      points.flatMap(({ settings, set }) =>
        levels.map((each) => {
          const { value: is, set: paths } =
            typeof each === 'object' ? each : { value: each, set: { [name]: each } };
          return { settings: { ...settings, [name]: is }, set: { ...set, ...paths } };
        }),
      ),
    [{ settings: {}, set: {} }],
  );
}

/**
 * All units in order: cell by cell, scenario by scenario.
 * @param readText what a recording holds: it belongs to the setting.
 * @throws ConfigError for a setting that is none, naming the values that make it one.
 */
export function unitsOf(
  experiment: Experiment,
  file: string,
  readText: (file: string) => string = () => '',
): Unit[] {
  const { scenarios, seeds, base } = experiment;
  const faults = Object.entries(scenarios);
  return pointsOf(experiment).flatMap(({ settings, set }, cell) =>
    faults.map(([fault, own], at): Unit => {
      const place = `${fault}${Object.keys(settings).length > 0 ? `, ${told(settings)}` : ''}`;
      const setting = settingOf({ base, set, faults: own, place }, file);
      const firstRun = (cell * faults.length + at) * seeds;
      return { cell, settings, fault, setting, of: digestOf(setting, readText), firstRun };
    }),
  );
}

const told = (settings: Point['settings']): string =>
  Object.entries(settings)
    .map(([name, is]) => `${name} ${is}`)
    .join(', ');

interface Draft {
  readonly base: Record<string, unknown>;
  readonly set: Point['set'];
  readonly faults: readonly Record<string, unknown>[];
  /** For errors: which run it is of. */
  readonly place: string;
}

function settingOf({ base, set, faults, place }: Draft, file: string): RunSetting {
  const content: Record<string, unknown> = { ...base, faults };
  const refuse = (sentence: string): never => {
    throw new ConfigError({ file }, `${place}: ${sentence}`);
  };
  for (const [path, is] of Object.entries(set)) {
    const [first = '', ...rest] = path.split('.');
    if (rest.length === 0 && first !== 'seconds') {
      refuse(
        `${quoted(path)} is no path of a setting; write it as kafka.acks or fault.seconds, or give each ` +
          'value as { value, set: { path: value } }',
      );
    }
    if (first === 'fault') {
      content.faults = (content.faults as object[]).map((one) => withPath(one, rest, is));
    } else Object.assign(content, withPath(content, [first, ...rest], is));
  }
  const read = runSetting.safeParse(content);
  if (!read.success) {
    return refuse(issueText(read.error, 'the setting', runSetting, content));
  }
  const refusal = refusalOf(read.data);
  return refusal === null ? read.data : refuse(refusal);
}

/** A copy of `object` in which the member at `path` is `value`. */
export function withPath(object: object, [name = '', ...rest]: string[], is: SettingValue): object {
  const member = (object as Record<string, unknown>)[name];
  const inner = typeof member === 'object' && member !== null ? member : {};
  return { ...object, [name]: rest.length === 0 ? is : withPath(inner, rest, is) };
}

/** Batches at the end of a run of which nothing can be said yet. */
const LAST_BATCHES = 3;

/** Why these settings make no run, or Kafka would not take them together; null if neither. */
export function refusalOf({ kafka, spark, seconds }: RunSetting): string | null {
  const least = (LAST_BATCHES * spark.triggerMs) / 1000;
  if (seconds !== undefined && seconds <= least) {
    return `a run of ${seconds} s ends before anything is in the sink; give it more than ${least} s`;
  }
  const { acks, brokers, deliveryTimeoutMs, idempotence, lingerMs, requestTimeoutMs } = kafka;
  if (kafka.replicationFactor > brokers) {
    return (
      `replication factor ${kafka.replicationFactor} is more than ${brokers} brokers; add brokers, or ` +
      'lower it'
    );
  }
  if (idempotence && acks !== 'all') {
    return `idempotence needs acks=all, and acks is ${acks}; set kafka.idempotence to false`;
  }
  if (deliveryTimeoutMs < lingerMs + requestTimeoutMs) {
    return (
      `delivery.timeout.ms is ${deliveryTimeoutMs}, less than linger.ms and request.timeout.ms together ` +
      `(${lingerMs + requestTimeoutMs}); raise it`
    );
  }
  return null;
}

const DIGITS = 12;

function digestOf(setting: RunSetting, readText: (file: string) => string): string {
  const { workload } = setting;
  const recording = workload.kind === 'recorded' ? readText(workload.file) : '';
  const hash = createHash('sha256').update(JSON.stringify(setting)).update(recording);
  return hash.digest('hex').slice(0, DIGITS);
}

/** The golden ratio's part: steps of it go through a whole without falling into its rhythm. */
const STEP = 0.618;

/** `count` of the cells, spread over all; fewer cells are always among more. */
export function someCells(units: readonly Unit[], count: number): Unit[] {
  const all = new Set(units.map(({ cell }) => cell)).size;
  let step = Math.max(1, Math.round(all * STEP));
  while (divisor(step, all) > 1) step++;
  const taken = new Set(Array.from({ length: Math.min(count, all) }, (_, at) => (at * step) % all));
  return units.filter(({ cell }) => taken.has(cell));
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
