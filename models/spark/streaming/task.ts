/**
 * A task of the batch's one stage, on its executor, with the retries that the scheduler gives it.
 *
 * `running` -> (`stateVisible`, if the query keeps state) -> `written` -> reported. State is saved before
 * the rows are written: the operator's iterator is exhausted before the sink's writer commits. A
 * task whose executor is lost begins anew on another one. What was lost may live on: a zombie, a
 * component of its own, finishes the attempt at any later time.
 *
 * Left out: speculation (a second attempt is a zombie by another name), the limit of
 * spark.task.maxFailures, commit coordination (the core model's subject).
 */
import { setup } from 'xstate';
import {
  act,
  beyondBounds,
  type Component,
  type Effect,
  type Message,
  type Stimulus,
} from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import { operate, type Step } from './operator.ts';
import type { StreamingOptions } from './options.ts';

export type Task = {
  /** Which task of the stage, from 0. */
  index: number;
  driver: string;
  /** The component that finishes attempts given up as lost. */
  heir: string | null;
  /** Its own name. */
  name: string;
  assignment: m.Assignment | null;
  /** The records read, until the state for them has come. */
  records: number[];
  /** What it has computed and not yet reported. */
  step: Step | null;
  [key: string]: unknown;
};

type Events =
  | { type: 'EXECUTE'; at?: string }
  | { type: 'WRITE' | 'REPORT' | 'FAIL' | 'GIVE_UP' }
  | m.Launch
  | m.Kill
  | m.Records
  | m.State;

const idle: Partial<Task> = { assignment: null, records: [], step: null };

/** Saves the state, if there is one to save. */
function saveState({ index, assignment, step }: Task): Message[] {
  const saved: m.SaveState = {
    type: 'SAVE_STATE',
    to: 'state',
    task: index,
    version: assignment!.batch + 1,
    content: step!.content,
  };
  return [saved];
}

function writeRows({ index, assignment, step }: Task): Message[] {
  const { query, batch } = assignment!;
  const { rows } = step!;
  const written: m.TaskWrite = { type: 'TASK_WRITE', to: 'sink', query, batch, task: index, rows };
  const produced: m.Produced = { ...written, type: 'PRODUCED_ROWS', to: 'ledger' };
  return [written, produced];
}

/** Actions that an attempt and its zombie have in common. */
function attemptActions(options: StreamingOptions) {
  return {
    read: act<Task, { type: 'EXECUTE'; at?: string }>(
      ({ name, assignment }, { type: _, ...where }) => {
        const { slices } = assignment!;
        return { send: [{ type: 'READ', to: 'source', from: name, slices, ...where } as m.Read] };
      },
    ),
    load: act<Task, m.Records>(({ name, assignment }, { records }) => {
      const load: m.LoadState = {
        type: 'LOAD_STATE',
        to: 'state',
        from: name,
        version: assignment!.batch,
      };
      return { set: { records }, send: [load] };
    }),
    compute: act<Task, m.Records>(({ assignment }, { records }) => ({
      set: { step: operate(options, assignment!, [], records) },
    })),
    computeWithState: act<Task, m.State>(({ assignment, records }, { content }) => ({
      set: { step: operate(options, assignment!, content!, records), records: [] },
    })),
    saveState: act<Task, Events>((task) => ({ send: saveState(task) })),
    writeRows: act<Task, Events>((task) => ({ send: writeRows(task) })),
  };
}

const attemptGuards = (options: StreamingOptions) => ({
  lossStops: ({ event }: { event: Events }) =>
    (event as m.Records).lossKnown && options.failOnDataLoss,
  keepsState: () => options.operator !== 'none',
  isMissing: ({ event }: { event: Events }) => (event as m.State).content === null,
});

function taskMachine(options: StreamingOptions) {
  const failed = (because: string) =>
    act<Task, Events>(({ driver }): Effect<Task> => {
      const told: m.TaskFailed = { type: 'TASK_FAILED', to: driver, because };
      return { set: idle, send: [told] };
    });

  return setup({
    types: {} as { context: Task; events: Events; input: { task: Task } },
    guards: {
      ...attemptGuards(options),
      survives: ({ event }) => (event as m.Kill).survives,
      hasHeir: ({ context }) => context.heir !== null,
    },
    actions: {
      ...attemptActions(options),
      take: act<Task, m.Launch>((_, { assignment }) => ({ set: { assignment } })),
      report: act<Task, Events>(({ driver, index, step }) => {
        const { rows, maxEventTime } = step!;
        const told: m.Reported = { type: 'REPORTED', to: driver, task: index, rows, maxEventTime };
        return { set: idle, send: [told] };
      }),
      startOver: act<Task, Events>(() => ({ set: { records: [], step: null } })),
      bequeath: act<Task, Events>(({ heir, assignment }) => ({
        send: [{ type: 'LAUNCH', to: heir!, assignment: assignment! } as m.Launch],
      })),
      forget: act<Task, Events>(() => ({ set: idle })),
      failForLoss: failed('dataLoss'),
      failForState: failed('stateMissing'),
    },
  }).createMachine({
    id: 'streamingTask',
    context: ({ input }) => input.task,
    initial: 'idle',
    on: { KILL: { target: '.idle', actions: 'forget' } },
    states: {
      idle: { on: { LAUNCH: { target: 'running', actions: 'take' } } },
      running: {
        on: {
          EXECUTE: { actions: 'read' },
          RECORDS: [
            { guard: 'lossStops', target: 'idle', actions: 'failForLoss' },
            { guard: 'keepsState', actions: 'load' },
            { target: 'written', actions: ['compute', 'writeRows'] },
          ],
          STATE: [
            { guard: 'isMissing', target: 'idle', actions: 'failForState' },
            { target: 'stateVisible', actions: ['computeWithState', 'saveState'] },
          ],
          GIVE_UP: { guard: 'hasHeir', actions: 'bequeath' },
          KILL: [
            { guard: 'survives', target: 'idle', actions: ['bequeath', 'forget'] },
            { target: 'idle', actions: 'forget' },
          ],
        },
      },
      stateVisible: {
        on: {
          WRITE: { target: 'written', actions: 'writeRows' },
          FAIL: { target: 'running', actions: 'startOver' },
        },
      },
      written: {
        on: {
          REPORT: { target: 'idle', actions: 'report' },
          FAIL: { target: 'running', actions: 'startOver' },
        },
      },
    },
  });
}

/** An executor that was given up as lost and lives: it finishes its attempt, and nobody listens. */
function zombieMachine(options: StreamingOptions) {
  return setup({
    types: {} as { context: Task; events: Events; input: { task: Task } },
    guards: attemptGuards(options),
    actions: {
      ...attemptActions(options),
      take: act<Task, m.Launch>((_, { assignment }) => ({ set: { assignment } })),
      refuse: act<Task, Events>(() => ({ send: [beyondBounds] })),
      forget: act<Task, Events>(() => ({ set: idle })),
    },
  }).createMachine({
    id: 'streamingZombie',
    context: ({ input }) => input.task,
    initial: 'gone',
    states: {
      gone: { on: { LAUNCH: { target: 'lingering', actions: 'take' } } },
      lingering: {
        on: {
          // One of them is enough to follow at a time.
          LAUNCH: { actions: 'refuse' },
          EXECUTE: { actions: 'read' },
          RECORDS: [
            { guard: 'lossStops', target: 'gone', actions: 'forget' },
            { guard: 'keepsState', actions: 'load' },
            { target: 'gone', actions: ['compute', 'writeRows', 'forget'] },
          ],
          STATE: [
            { guard: 'isMissing', target: 'gone', actions: 'forget' },
            { target: 'gone', actions: ['computeWithState', 'saveState', 'writeRows', 'forget'] },
          ],
        },
      },
    },
  });
}

export const taskName = (driver: string, index: number): string => `${driver}-task${index + 1}`;
export const zombieName = (task: string): string => `${task}-zombie`;

/** The tasks of a driver, and the zombies they may leave. */
export function tasks(
  options: StreamingOptions,
  driver: string,
): { components: Record<string, Component>; stimuli: Stimulus[] } {
  const mayLinger = (options.faults.zombieWrite ?? 0) > 0;
  const [task, zombie] = [taskMachine(options), zombieMachine(options)];
  const components: Record<string, Component> = {};
  const stimuli: Stimulus[] = [];
  const of = (to: string, type: 'EXECUTE' | 'WRITE' | 'REPORT' | 'FAIL' | 'GIVE_UP', fault = '') =>
    stimuli.push({
      to,
      event: { type },
      class: fault ? 'fault' : 'protocol',
      ...(fault && { cost: { [fault]: 1 } }),
    });
  for (let index = 0; index < options.partitions; index++) {
    const name = taskName(driver, index);
    const heir = mayLinger ? zombieName(name) : null;
    const first = { index, driver, heir, name, assignment: null, records: [], step: null };
    components[name] = { machine: task, input: { task: first } };
    for (const type of ['EXECUTE', 'WRITE', 'REPORT'] as const) of(name, type);
    of(name, 'FAIL', 'executorLoss');
    of(name, 'FAIL', 'taskRetry');
    if (heir === null) continue;
    components[heir] = { machine: zombie, input: { task: { ...first, name: heir, heir: null } } };
    of(name, 'GIVE_UP', 'zombieWrite');
    of(heir, 'EXECUTE');
  }
  return { components, stimuli };
}
