/** Claims about one job over an RDD lineage: what recomputation keeps, and at what price. */
import type { Job, JobLedger, LineageOptions } from '../../../models/spark/core/index.ts';
import { type Claim, type Local, sometimes, type Violation } from '../../../src/model/index.ts';
import { count } from './claim.ts';

type Status = 'running' | 'finished' | 'aborted';
const status = ({ value }: Local): Status =>
  typeof value === 'string' ? (value as Status) : 'running';
const results = ({ context }: Local): string[][][] => (context as JobLedger).results;

/** The input's rows: one a map partition. */
const inputOf = ({ bounds }: LineageOptions): string[] =>
  Array.from({ length: bounds.partitions }, (_, map) => String.fromCharCode(97 + map));

/** Rows that the action got fewer or more than one time, once the job has finished. */
const ofTheResult = (
  options: LineageOptions,
  name: string,
  means: string,
  isWrong: (times: number) => boolean,
): Claim => ({
  name,
  modality: 'always',
  means,
  cites: 'RDD programming guide, "Resilient Distributed Datasets"; SPARK-23207, SPARK-23243',
  reads: { scheduler: status, ledger: results },
  check: ({ scheduler, ledger }): Violation | null => {
    if (scheduler !== 'finished') return null;
    const rows = (ledger as string[][][]).flat(2);
    const wrong = inputOf(options).find((row) => isWrong(count(rows, row)));
    return wrong === undefined
      ? null
      : {
          because: `the job finished and row ${wrong} is in its result ${count(rows, wrong)} times`,
          witness: { results: ledger as string[][][] },
        };
  },
});

/** NoLoss */
const everyRowReachesTheResult = (options: LineageOptions): Claim =>
  ofTheResult(
    options,
    'everyRowReachesTheResult',
    'A job that finishes has given its action every row of its input, whatever had to be recomputed.',
    (times) => times < 1,
  );

/** NoDup */
const noRowReachesTheResultTwice = (options: LineageOptions): Claim =>
  ofTheResult(
    options,
    'noRowReachesTheResultTwice',
    'A job that finishes has given its action no row of its input more than once.',
    (times) => times > 1,
  );

/** Recoverable: not of a job whose outputs may come out otherwise a second time. */
export const aDeterminateJobIsNotAborted = (): Claim => ({
  name: 'aDeterminateJobIsNotAborted',
  modality: 'always',
  means:
    'Fewer losses than spark.stage.maxConsecutiveAttempts and fewer task failures than spark.task.maxFailures never fail a job whose outputs Spark may recompute.',
  cites: 'DAGScheduler.handleTaskCompletion; Configuration, spark.stage.maxConsecutiveAttempts',
  reads: { scheduler: status },
  check: ({ scheduler }): Violation | null =>
    scheduler === 'aborted' ? { because: 'the job was aborted' } : null,
});

const onlyLostOutputsAreComputedAgain = (): Claim => ({
  name: 'onlyLostOutputsAreComputedAgain',
  modality: 'always',
  means:
    'Without speculation a map partition of a determinate stage is computed once, and once more for each loss of its output.',
  cites: 'Zaharia et al., NSDI 2012, section 5.1; DAGScheduler.submitMissingTasks',
  reads: { ledger: ({ context }) => (context as JobLedger).needless },
  check: ({ ledger }): Violation | null => {
    const partition = (ledger as number[]).findIndex((times) => times > 0);
    return partition < 0
      ? null
      : { because: `map partition ${partition} was computed again though its output was there` };
  },
});

const aDecommissionCostsNoRecomputation = (): Claim => ({
  name: 'aDecommissionCostsNoRecomputation',
  modality: 'always',
  means:
    'Where executors go by decommission only, and copy their shuffle blocks before, no output is lost.',
  cites: 'SPARK-20629; Configuration, spark.storage.decommission.shuffleBlocks.enabled',
  reads: { ledger: ({ context }) => (context as JobLedger).recomputed },
  check: ({ ledger }): Violation | null =>
    ledger ? { because: 'an output was lost with a decommissioned executor' } : null,
});

/** Recoverable */
const theJobEnds = (): Claim => ({
  name: 'theJobEnds',
  modality: 'recovers',
  unaided: true,
  means: 'Once faults stop, the job finishes or is aborted with an error: it never hangs.',
  cites: 'SPARK-17644, SPARK-25250 (hangs after stage retry)',
  reads: { scheduler: status },
  check: ({ scheduler }): Violation | null =>
    scheduler === 'running' ? { because: 'the job is still running' } : null,
});

/** What must be true of the job that `options` describe. */
export function lineageClaims(options: LineageOptions): Claim[] {
  const { partitioning, faults } = options;
  const kinds = Object.keys(faults).filter((kind) => faults[kind]! > 0);
  const isDeterminate = partitioning === 'hash' || partitioning === 'sortedRoundRobin';
  const hasEnough =
    (faults.taskFailure ?? 0) < options.maxTaskFailures &&
    (faults.executorLoss ?? 0) + (faults.fetchFailure ?? 0) + (faults.decommission ?? 0) <
      options.maxStageAttempts;
  return [
    everyRowReachesTheResult(options),
    noRowReachesTheResultTwice(options),
    ...(isDeterminate && hasEnough ? [aDeterminateJobIsNotAborted()] : []),
    ...(isDeterminate && !kinds.includes('speculation') ? [onlyLostOutputsAreComputedAgain()] : []),
    ...(kinds.join() === 'decommission' ? [aDecommissionCostsNoRecomputation()] : []),
    theJobEnds(),
  ];
}

/** Situations that the faults of `options` must bring about. */
export function lineageSituations(options: LineageOptions): Claim[] {
  const { partitioning, faults } = options;
  const has = (kind: string): boolean => (faults[kind] ?? 0) > 0;
  const mayRetry = has('executorLoss') || has('fetchFailure');
  const isFree = partitioning === 'roundRobin' || partitioning === 'undeclared';
  const running = ({ context }: Local) => (context as Job).running;
  const situation = (
    name: string,
    means: string,
    reads: Claim['reads'],
    // biome-ignore lint/suspicious/noExplicitAny: the views' types are each situation's own.
    isThere: (views: any) => boolean,
  ) => sometimes(name, means, reads, isThere);
  return [
    situation(
      'aJobFinishes',
      'A job gives its action every result.',
      { scheduler: status },
      ({ scheduler }) => scheduler === 'finished',
    ),
    ...(mayRetry
      ? [
          situation(
            'aLostOutputIsComputedAgain',
            'A map output is lost and recomputed from its lineage.',
            { ledger: ({ context }) => (context as JobLedger).recomputed },
            ({ ledger }) => ledger,
          ),
          situation(
            'aTaskOfAnOldAttemptRuns',
            'A task of a stage attempt that has ended still runs (a zombie task set).',
            { scheduler: ({ context }) => (context as Job).attempt, e1: oldestAttempt },
            ({ scheduler, e1 }) => e1 < scheduler,
          ),
        ]
      : []),
    ...(mayRetry && isFree
      ? [
          situation(
            'aJobIsAbortedRatherThanWrong',
            'A job is aborted because what it gave out no longer agrees with its input.',
            { scheduler: status },
            ({ scheduler }) => scheduler === 'aborted',
          ),
        ]
      : []),
    ...(has('speculation')
      ? [
          situation(
            'aTaskRunsTwice',
            'Two copies of one task run.',
            { scheduler: running },
            ({ scheduler }: { scheduler: ReturnType<typeof running> }) =>
              new Set(scheduler.map((task) => `${task.kind} ${task.partition} ${task.attempt}`))
                .size < scheduler.length,
          ),
        ]
      : []),
  ];
}

/** The oldest stage attempt that has a task on an executor. */
const oldestAttempt = ({ context }: Local): number =>
  Math.min(99, ...(context.tasks as { attempt: number }[]).map(({ attempt }) => attempt));
