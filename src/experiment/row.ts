/** The results of an experiment: one row a run. */
import type { RunResult } from './result.ts';

export type SettingValue = string | number | boolean;

/** One run of an experiment: a line of the results file. */
export interface ExperimentRow {
  /** Its place in the experiment, from zero. */
  readonly run: number;
  /** Which combination of settings. */
  readonly cell: number;
  /** What the experiment varies: `{ workers: 3, triggerSeconds: 10, storage: 'hdfs' }`. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** Name of the fault scenario: 'Spark node failure'. */
  readonly fault: string;
  readonly seed: number;
  readonly result: Omit<RunResult, 'samples'>;
}
