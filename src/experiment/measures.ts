/** What is measured in a run, and how numbers, settings and phases are called. */
import { grouped } from '../report/text.ts';
import type { ExperimentRow } from './row.ts';
import { levelsOf, type Measure } from './statistics.ts';

/** Seconds until writes were acknowledged again; where the fault stopped none, until the output was current. */
export const recoveryTime: Measure = ({ result: { writes, output, recovered } }) =>
  recovered ? ((writes ?? output)?.total ?? null) : null;

/** Seconds until the output was current again; 0 where it was never late. */
export const outputTime: Measure = ({ result: { output, recovered } }) =>
  recovered ? (output?.total ?? 0) : null;

/** Acknowledged messages a second. */
export const throughput: Measure = ({ result }) => result.throughput;

/** Messages that were acknowledged, and are gone. */
export const acknowledgedLoss: Measure = ({ result }) => result.loss.acknowledgedAndLost;

/** Milliseconds until half of the messages were acknowledged, and were in the sink. */
export const acknowledgement: Measure = ({ result }) => result.acknowledgement.p50;
export const endToEnd: Measure = ({ result }) => result.endToEnd.p50;

/** Per cent of the time in which a batch was under way. */
export const batchBusy: Measure = ({ result }) => result.resources.batchBusy * 100;

export const WRITE_PHASES = ['detect', 'elect', 'resume'] as const;
export const OUTPUT_PHASES = ['detect', 'reschedule', 'reload', 'rerun', 'catchUp'] as const;
export const PHASE_WORDS: Readonly<Record<string, string>> = {
  reload: 'reload state',
  catchUp: 'catch up',
};

/** Seconds of a phase, in runs that came back. */
export const writePhase =
  (phase: (typeof WRITE_PHASES)[number]): Measure =>
  ({ result }) =>
    result.recovered ? (result.writes?.phases[phase] ?? null) : null;

export const outputPhase =
  (phase: (typeof OUTPUT_PHASES)[number]): Measure =>
  ({ result }) =>
    result.recovered ? (result.output?.phases[phase] ?? null) : null;

const SETTINGS: Readonly<Record<string, readonly [words: string, unit?: string]>> = {
  workers: ['Spark workers'],
  triggerSeconds: ['checkpoint interval', 's'],
  storage: ['checkpoint storage'],
  brokers: ['Kafka brokers'],
  replicationFactor: ['replication factor'],
  partitions: ['partitions'],
};

const known = (name: string): readonly [words: string, unit?: string] =>
  Object.hasOwn(SETTINGS, name) ? SETTINGS[name]! : [name];

export const settingWords = (name: string): string => known(name)[0];

/** With its unit, where it has one. */
export function settingAxis(name: string): string {
  const [words, unit] = known(name);
  return unit === undefined ? words : `${words} (${unit})`;
}

/** Settings that differ among rows; the others say nothing. */
export function variedSettings(rows: readonly ExperimentRow[]): string[] {
  const names = Object.keys(rows[0]?.settings ?? {});
  return names.filter((name) => levelsOf(rows, name).length > 1);
}

/** Three digits or so, thousands apart: more would claim what nobody knows. */
export function shown(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return grouped(Math.round(value));
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(size >= 10 ? 1 : 2);
}

/** Of one, as per cent. */
export const percent = (share: number): string =>
  share > 0 && share < 0.01 ? 'below 1 %' : `${Math.round(share * 100)} %`;
