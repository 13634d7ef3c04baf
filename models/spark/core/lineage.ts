/**
 * One job over an RDD lineage: input, a narrow map, a shuffle, a result stage; its scheduler, its
 * executors, and a ledger of what the action was given.
 *
 * Each input partition has one row. Where the shuffle sends it is fixed (`hash`, and round robin over
 * sorted input). Else the last partition's row goes to any reducer on every computation, as its input
 * has no order: `roundRobin`, which Spark knows to be indeterminate, and `undeclared`, a random key
 * that Spark takes for determinate. One such partition is enough for every way to go wrong.
 */
import { setup } from 'xstate';
import {
  act,
  type Budget,
  type Component,
  defineSystem,
  type Local,
  type Stimulus,
  type System,
} from '../../../src/model/index.ts';
import { type Executor, executors } from './executor.ts';
import type * as m from './lineage-messages.ts';
import { type LineageRules, spark42 } from './lineage-rules.ts';
import { scheduler } from './scheduler.ts';

export interface LineageOptions {
  partitioning: 'hash' | 'sortedRoundRobin' | 'roundRobin' | 'undeclared';
  /** spark.stage.maxConsecutiveAttempts */
  maxStageAttempts: number;
  /** spark.task.maxFailures */
  maxTaskFailures: number;
  rules: LineageRules;
  bounds: LineageBounds;
  /** executorLoss, fetchFailure, taskFailure, decommission; speculation: copies of tasks. */
  faults: Budget;
}

export type LineageBounds = {
  executors: number;
  /** Tasks a stage: map partitions, and as many result partitions. */
  partitions: number;
};

export const lineageDefaults: LineageOptions = {
  partitioning: 'hash',
  maxStageAttempts: 4,
  maxTaskFailures: 4,
  rules: spark42,
  bounds: { executors: 2, partitions: 2 },
  faults: {},
};

/** Ghost: what the action was given, and what work was done for it. */
export type JobLedger = {
  /** By result partition: every result that was taken; a right job takes one. */
  results: string[][][];
  /** By map partition: computations beyond the first that no loss asked for. */
  needless: number[];
  /** By map partition: is there a computation it may still do without being needless? */
  owed: boolean[];
  /** Was anything computed again? */
  recomputed: boolean;
  /** Did a fetch fail? */
  missed: boolean;
  [key: string]: unknown;
};

type LedgerEvents = m.Computed | m.OutputLost | m.ResultTaken | m.FetchMissed;

const ledgerMachine = setup({
  types: {} as { context: JobLedger; events: LedgerEvents; input: { partitions: number } },
  actions: {
    noteComputed: act<JobLedger, m.Computed>((ledger, { partition }) => {
      if (ledger.owed[partition]) return { set: { owed: ledger.owed.with(partition, false) } };
      const needless = Math.min(ledger.needless[partition]! + 1, 1);
      return { set: { needless: ledger.needless.with(partition, needless) } };
    }),
    noteLost: act<JobLedger, m.OutputLost>((ledger, { partitions }) => ({
      set: {
        owed: ledger.owed.map((is, map) => is || partitions.includes(map)),
        recomputed: true,
      },
    })),
    noteResult: act<JobLedger, m.ResultTaken>((ledger, { partition, rows }) => ({
      set: { results: ledger.results.with(partition, [...ledger.results[partition]!, rows]) },
    })),
    noteMissed: act<JobLedger, m.FetchMissed>(() => ({ set: { missed: true } })),
  },
}).createMachine({
  id: 'jobLedger',
  context: ({ input: { partitions } }) => ({
    results: Array.from({ length: partitions }, () => []),
    needless: Array<number>(partitions).fill(0),
    owed: Array<boolean>(partitions).fill(true),
    recomputed: false,
    missed: false,
  }),
  initial: 'listening',
  states: {
    listening: {
      on: {
        COMPUTED: { actions: 'noteComputed' },
        OUTPUT_LOST: { actions: 'noteLost' },
        RESULT_TAKEN: { actions: 'noteResult' },
        FETCH_MISSED: { actions: 'noteMissed' },
      },
    },
  },
});

const ledger = (partitions: number): Component => ({
  machine: ledgerMachine,
  input: { partitions },
  ghost: true,
});

/** The job that `options` describe. */
export function lineage(options: Partial<LineageOptions> = {}): System {
  const all = { ...lineageDefaults, ...options };
  const { partitioning, rules, bounds, maxStageAttempts, maxTaskFailures } = all;
  const ids = Array.from({ length: bounds.executors }, (_, i) => `e${i + 1}`);
  const settings = {
    executors: ids,
    knownIndeterminate: partitioning === 'roundRobin',
    maxStageAttempts,
    maxTaskFailures,
    rules,
  };
  return defineSystem({
    name: 'spark lineage',
    components: {
      scheduler: scheduler(settings, bounds.partitions),
      ...executors(ids, rules),
      ledger: ledger(bounds.partitions),
    },
    stimuli: [...launches(ids, bounds), ...ids.flatMap((id) => workOf(id, all))],
    budget: all.faults,
    bounds: { ...bounds, maxStageAttempts, maxTaskFailures },
  });
}

const upTo = (end: number): number[] => Array.from({ length: end }, (_, i) => i);
const isRunning = ({ value }: Local): boolean => typeof value !== 'string';
const kinds: m.Kind[] = ['map', 'result'];

function launches(ids: readonly string[], { partitions }: LineageBounds): Stimulus[] {
  return kinds.flatMap((kind) =>
    upTo(partitions).flatMap((partition) =>
      ids.flatMap((executor): Stimulus[] => {
        const launch: m.Launch = { type: 'LAUNCH', kind, partition, executor };
        const copy: m.Launch = { type: 'SPECULATE', kind, partition, executor };
        return [
          { to: 'scheduler', event: launch, class: 'protocol', when: isRunning },
          {
            to: 'scheduler',
            event: copy,
            class: 'protocol',
            cost: { speculation: 1 },
            when: isRunning,
          },
        ];
      }),
    ),
  );
}

/** Does the executor run this task? The cheap half of every guard on its stimuli. */
const runs = ({ context }: Local, task: m.OfTask): boolean =>
  (context as Executor).tasks.some(
    ({ kind, partition, attempt }) =>
      kind === task.kind && partition === task.partition && attempt === task.attempt,
  );

/** What an executor's tasks may do, and what may befall it. */
function workOf(id: string, { partitioning, bounds, maxStageAttempts }: LineageOptions) {
  const isFixed = partitioning === 'hash' || partitioning === 'sortedRoundRobin';
  const isFree = (map: number): boolean => !isFixed && map === bounds.partitions - 1;
  // A checksum mismatch begins a stage attempt of its own.
  const attempts = upTo(2 * maxStageAttempts);
  const tasks = kinds.flatMap((kind) =>
    upTo(bounds.partitions).flatMap((partition) =>
      attempts.map((attempt): m.OfTask => ({ kind, partition, attempt })),
    ),
  );
  const stimulus = (
    event: Stimulus['event'],
    kind: Stimulus['class'],
    cost?: Budget,
  ): Stimulus => ({
    to: id,
    event,
    class: kind,
    ...(cost && { cost }),
    ...('attempt' in event && { when: (local: Local) => runs(local, event as never) }),
  });
  const ofTask = (task: m.OfTask): Stimulus[] => {
    const fail = stimulus({ ...task, type: 'FAIL_TASK' } as m.OnTask, 'fault', { taskFailure: 1 });
    if (task.kind === 'map') {
      const reducers = isFree(task.partition) ? upTo(bounds.partitions) : [task.partition];
      return [
        ...reducers.map((reducer) =>
          stimulus({ ...task, type: 'FINISH_MAP', reducer } as m.FinishMap, 'protocol'),
        ),
        fail,
      ];
    }
    return [
      stimulus({ ...task, type: 'READ' } as m.OnTask, 'protocol'),
      stimulus({ ...task, type: 'REPORT' } as m.OnTask, 'protocol'),
      ...upTo(bounds.partitions).map((map) =>
        stimulus({ ...task, type: 'MISS_FETCH', map } as m.MissFetch, 'fault', { fetchFailure: 1 }),
      ),
      fail,
    ];
  };
  return [
    ...tasks.flatMap(ofTask),
    stimulus({ type: 'CRASH' }, 'fault', { executorLoss: 1 }),
    stimulus({ type: 'DECOMMISSION' }, 'fault', { decommission: 1 }),
    stimulus({ type: 'REPLACE' }, 'protocol'),
  ];
}
