/**
 * One output partition of one write job: driver, task attempts, and where the output goes.
 *
 * The sinks differ in what a task's commit does and what the job's commit publishes:
 * - `renamed`: FileOutputCommitter algorithm 1. A task's commit moves its file to the partition's
 *   place (a later one replaces it); the job's commit publishes the places.
 * - `perAttempt`: a task's commit leaves a file of its own; the job's commit publishes all of them.
 * - `merged`: FileOutputCommitter algorithm 2. A task's commit publishes at the partition's place.
 * - `manifest`: the job's commit publishes the file that the accepted attempt reported, no other
 *   (Spark's streaming file sink, commit protocols that collect messages).
 * - `immediate`: rows are out when written; no coordinator is asked (Kafka, foreach).
 */
import { setup } from 'xstate';
import {
  act,
  type Budget,
  type Component,
  defineSystem,
  type Stimulus,
  type System,
} from '../../../src/model/index.ts';
import type * as m from './commit-messages.ts';
import { type CommitRules, spark24Commit } from './commit-rules.ts';
import { committer } from './committer.ts';
import { writers } from './writer.ts';

export const sinks = ['renamed', 'perAttempt', 'merged', 'manifest', 'immediate'] as const;
export type Sink = (typeof sinks)[number];

export interface OutputOptions {
  sink: Sink;
  rules: CommitRules;
  /** taskFailure, executorLoss, zombieTask (late write), stageRetry; speculation: copies of tasks. */
  faults: Budget;
}
export const outputDefaults: OutputOptions = {
  sink: 'renamed',
  rules: spark24Commit,
  faults: {},
};

export type Store = {
  /** Files written and not committed: they go with the job's staging directory. */
  staged: string[];
  /** Files that a task's commit put in place. */
  committed: string[];
  /** What readers see. */
  visible: string[];
  [key: string]: unknown;
};
type StoreEvents = m.ToStore | m.CommitJob;

const without = (files: readonly string[], file: string) => files.filter((one) => one !== file);
const plus = (files: readonly string[], file: string): string[] =>
  [...without(files, file), file].sort();

function storeMachine(sink: Sink) {
  const inPlace = sink === 'renamed' || sink === 'merged';
  return setup({
    types: {} as { context: Store; events: StoreEvents },
    guards: {
      // For an immediate sink there is nothing to be missing.
      isStaged: ({ context, event }) =>
        sink === 'immediate' || context.staged.includes((event as m.ToStore).file),
    },
    actions: {
      stage: act<Store, m.ToStore>(({ staged, visible }, { file }) => ({
        // Kafka has no names: what is written once more is there once more.
        set:
          sink === 'immediate' ? { visible: [...visible, file] } : { staged: plus(staged, file) },
      })),
      commitTask: act<Store, m.ToStore>((store, { file, from: to }) => {
        const committed = inPlace ? [file] : plus(store.committed, file);
        const done: m.TaskCommit = { type: 'TASK_COMMITTED', to };
        if (sink === 'immediate') return { send: [done] };
        const visible = sink === 'merged' ? committed : store.visible;
        return { set: { committed, visible, staged: without(store.staged, file) }, send: [done] };
      }),
      failCommit: act<Store, m.ToStore>((_, { from: to }) => ({
        send: [{ type: 'TASK_COMMIT_FAILED', to } as m.TaskCommit],
      })),
      // An abort deletes what the attempt wrote, wherever it is by now.
      abortTask: act<Store, m.ToStore>(({ staged, committed }, { file }) => ({
        set: {
          staged: without(staged, file),
          ...(sink === 'perAttempt' && { committed: without(committed, file) }),
        },
      })),
      commitJob: act<Store, m.CommitJob>((store, { file }) => {
        if (sink === 'immediate') return {};
        const visible =
          sink === 'manifest' ? store.committed.filter((one) => one === file) : store.committed;
        return { set: { staged: [], committed: [], visible } };
      }),
    },
  }).createMachine({
    id: 'store',
    context: { staged: [], committed: [], visible: [] },
    initial: 'open',
    states: {
      open: {
        on: {
          WRITE_FILE: { actions: 'stage' },
          COMMIT_TASK: [{ guard: 'isStaged', actions: 'commitTask' }, { actions: 'failCommit' }],
          ABORT_TASK: { actions: 'abortTask' },
          COMMIT_JOB: { target: 'published', actions: 'commitJob' },
        },
      },
      // The staging directory is gone: what a late task writes and commits comes to nothing.
      published: {
        on: {
          WRITE_FILE: { guard: () => sink === 'immediate', actions: 'stage' },
          COMMIT_TASK: [{ guard: 'isStaged', actions: 'commitTask' }, { actions: 'failCommit' }],
        },
      },
    },
  });
}

/** The write job that `options` describe. */
export function output(options: Partial<OutputOptions> = {}): System {
  const { sink, rules, faults } = { ...outputDefaults, ...options };
  const attempts = 1 + Object.values(faults).reduce((sum, amount) => sum + amount, 0);
  const ids = Array.from({ length: attempts }, (_, i) => `t${i + 1}`);
  const store: Component = { machine: storeMachine(sink) };
  return defineSystem({
    name: 'spark output commit',
    components: {
      driver: committer(rules, attempts),
      ...writers(ids, { rules, asksCoordinator: sink !== 'immediate' }),
      store,
    },
    stimuli: stimuli(ids),
    budget: faults,
    bounds: { attempts },
  });
}

function stimuli(ids: readonly string[]): Stimulus[] {
  const to = (component: string, type: string, kind: Stimulus['class'], cost?: Budget) => ({
    to: component,
    event: { type },
    class: kind,
    ...(cost && { cost }),
  });
  return [
    to('driver', 'LAUNCH', 'protocol'),
    to('driver', 'SPECULATE', 'protocol', { speculation: 1 }),
    to('driver', 'COMMIT_JOB_NOW', 'protocol'),
    to('driver', 'RETRY_STAGE', 'fault', { stageRetry: 1 }),
    ...ids.flatMap((id) => [
      to(id, 'WRITE', 'protocol'),
      to(id, 'ASK', 'protocol'),
      to(id, 'COMMIT', 'protocol'),
      to(id, 'REPORT', 'protocol'),
      to(id, 'FAIL_TASK', 'fault', { taskFailure: 1 }),
      to(id, 'LOSE_EXECUTOR', 'fault', { executorLoss: 1 }),
      to(id, 'CUT_OFF', 'fault', { zombieTask: 1 }),
    ]),
  ];
}
