/**
 * A job of two stages as its scheduler sees it, and what each event makes of it.
 * Sources: core/.../scheduler/DAGScheduler.scala (handleTaskCompletion, handleExecutorLost),
 * TaskSetManager.scala, MapOutputTracker.scala; SPARK-23243, 25341, 51272, 51756, 54556.
 */
import type { Effect, Message } from '../../../src/model/index.ts';
import type * as m from './lineage-messages.ts';
import type { LineageRules } from './lineage-rules.ts';

export type Job = {
  /** By map partition: the executor registered for its output (MapOutputTracker). */
  maps: m.Locations;
  /** By map partition: checksum of the output last registered; null before the first. */
  checksums: (number | null)[];
  /** By result partition: was its result taken? */
  done: boolean[];
  /** Present stage attempt. */
  attempt: number;
  /** Results of attempts before this one do not count: their input was thrown away. */
  oldestValid: number;
  /** Task attempts of the present stage attempt that the scheduler believes to run. */
  running: (m.TaskId & { on: string })[];
  /** Stage attempts that ended in a failed fetch. */
  fetchFailures: number;
  /** Task failures that count. */
  failures: number;
  /** Was a result taken that no longer agrees with its input, and cannot be taken back? */
  isMixed: boolean;
  [key: string]: unknown;
};

/** How a job is set up. */
export interface JobSettings {
  executors: readonly string[];
  /** Does Spark know that a recomputed map output may differ? (RDD.outputDeterministicLevel) */
  knownIndeterminate: boolean;
  /** spark.stage.maxConsecutiveAttempts */
  maxStageAttempts: number;
  /** spark.task.maxFailures */
  maxTaskFailures: number;
  rules: LineageRules;
}

type Effects = Effect<Job>;

export const isMissing = (job: Job, kind: m.Kind, partition: number): boolean =>
  kind === 'map' ? job.maps[partition] === null : !job.done[partition];
/** Copies of the present attempt's task. */
export const copies = (job: Job, kind: m.Kind, partition: number) =>
  job.running.filter((task) => task.kind === kind && task.partition === partition);
/** Running tasks without one; tasks of earlier attempts are nothing the scheduler waits for. */
const runningWithout = ({ running }: Job, task: m.TaskId & { from: string }) =>
  running.filter(
    (one) =>
      one.on !== task.from ||
      one.kind !== task.kind ||
      one.partition !== task.partition ||
      one.attempt !== task.attempt,
  );

/** The scheduler as a step function: what each event makes of its job. */
export class Steps {
  private readonly settings: JobSettings;
  constructor(settings: JobSettings) {
    this.settings = settings;
  }

  launch(job: Job, { kind, partition, executor }: m.Launch): Effects {
    const task: m.TaskId = { kind, partition, attempt: job.attempt };
    const locations = kind === 'result' ? job.maps : [];
    const launched: m.LaunchTask = { ...task, type: 'LAUNCH_TASK', to: executor, locations };
    const key = (one: m.TaskId & { on: string }) =>
      `${one.kind} ${one.partition} ${one.attempt} ${one.on}`;
    const running = [...job.running, { ...task, on: executor }];
    running.sort((a, b) => key(a).localeCompare(key(b)));
    return { set: { running }, send: [launched] };
  }

  /** A map output is registered; of an indeterminate stage only the present attempt's. */
  mapDone(job: Job, event: m.MapDone): Effects {
    const { rules, knownIndeterminate } = this.settings;
    const { partition, from, attempt, reducer } = event;
    const running = runningWithout(job, event);
    const isOld = attempt < (knownIndeterminate ? job.oldestValid : 0);
    if (isOld || job.maps[partition] !== null) return { set: { running } };
    const before = job.checksums[partition]!;
    const compares = rules.comparesShuffleChecksums && !knownIndeterminate;
    const next = {
      running,
      maps: job.maps.with(partition, { on: from, attempt }),
      ...(compares && { checksums: job.checksums.with(partition, reducer) }),
    };
    const differs = before !== null && before !== reducer;
    if (!compares || !differs) return { set: next };
    // The new block stands; whoever read the old one must not count any more.
    if (job.done.includes(true)) return { set: { ...next, isMixed: true } };
    const retry = job.attempt + 1;
    return { set: { ...next, running: [], attempt: retry, oldestValid: retry } };
  }

  resultDone(job: Job, event: m.ResultDone): Effects {
    const { partition, rows, attempt } = event;
    const running = runningWithout(job, event);
    const isOld =
      attempt < job.oldestValid && !this.settings.rules.takesResultsOfRolledBackAttempts;
    if (isOld || job.done[partition]) return { set: { running } };
    const taken: m.ResultTaken = { type: 'RESULT_TAKEN', to: 'ledger', partition, rows };
    return { set: { running, done: job.done.with(partition, true) }, send: [taken] };
  }

  /** Retried, up to spark.task.maxFailures. */
  taskFailed(job: Job, event: m.TaskFailed): Effects {
    return { set: { running: runningWithout(job, event), failures: job.failures + 1 } };
  }

  /**
   * The stage attempt ends; every output of the executor that failed to serve is taken for lost,
   * and map stage and result stage are submitted again for what is missing.
   */
  fetchFailed(job: Job, event: m.FetchFailed): Effects {
    const { rules } = this.settings;
    const running = runningWithout(job, event);
    const missed: m.FetchMissed = { type: 'FETCH_MISSED', to: 'ledger' };
    if (rules.onFetchFailure !== 'retryStage') {
      const counts = rules.onFetchFailure === 'failTask' ? 1 : 0;
      return { set: { running, failures: job.failures + counts }, send: [missed] };
    }
    if (event.attempt !== job.attempt && rules.ignoresFetchFailuresOfOldAttempts) {
      return { set: { running } };
    }
    const lost = withoutOutputsOn(job, event.location?.on ?? null);
    const { attempt, oldestValid, isMixed } = this.rolledBack(job);
    const { recomputesIndeterminate, recomputesDeterminate } = rules;
    const isWhole =
      (this.settings.knownIndeterminate ? recomputesIndeterminate : recomputesDeterminate) ===
      'whole';
    const maps = isWhole ? job.maps.map(() => null) : lost;
    const fetchFailures = job.fetchFailures + 1;
    const set = { running: [], attempt, oldestValid, fetchFailures, maps, isMixed };
    return { set, send: [missed, ...tellLost(job, lost)] };
  }

  /** A decommissioned executor's copy is looked for at its peer from now on. */
  relocate(job: Job, { partition, attempt, was, from }: m.BlockMoved): Effects {
    const output = job.maps[partition];
    if (output?.on !== was || output.attempt !== attempt) return {};
    return { set: { maps: job.maps.with(partition, { on: from, attempt }) } };
  }

  executorLost(job: Job, { from }: m.ExecutorLost): Effects {
    const maps = withoutOutputsOn(job, from);
    const running = job.running.filter(({ on }) => on !== from);
    return { set: { maps, running }, send: tellLost(job, maps) };
  }

  /** The next attempt, from which on results count if the input is thrown away with this one. */
  private rolledBack(job: Job): Pick<Job, 'attempt' | 'oldestValid' | 'isMixed'> {
    const { rules, knownIndeterminate } = this.settings;
    const attempt = job.attempt + 1;
    if (!knownIndeterminate) return { attempt, oldestValid: job.oldestValid, isMixed: false };
    const isMixed = rules.abortsRatherThanMix && job.done.includes(true);
    return { attempt, oldestValid: attempt, isMixed };
  }
}

const withoutOutputsOn = (job: Job, executor: string | null): m.Locations =>
  job.maps.map((output) => (output?.on === executor ? null : output));

function tellLost(job: Job, maps: m.Locations): Message[] {
  const partitions = maps.flatMap((output, map) =>
    output === null && job.maps[map] !== null ? map : [],
  );
  const lost: m.OutputLost = { type: 'OUTPUT_LOST', to: 'ledger', partitions };
  return partitions.length > 0 ? [lost] : [];
}

/** A job of `maps` map tasks and as many result tasks, before its first task. */
export const newJob = (maps: number): Job => ({
  maps: Array<null>(maps).fill(null),
  checksums: Array<null>(maps).fill(null),
  done: Array<boolean>(maps).fill(false),
  attempt: 0,
  oldestValid: 0,
  running: [],
  fetchFailures: 0,
  failures: 0,
  isMixed: false,
});
