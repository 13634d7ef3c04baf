/**
 * An executor: runs task attempts and keeps the shuffle blocks they wrote.
 *
 * `serving` it answers fetches; `gone` it answers none, until its replacement registers (and with
 * that the scheduler learns of the loss). Without an external shuffle service the blocks die with it.
 *
 * A result task reads all its blocks in one move: what it has read of an attempt that later fails is
 * thrown away with the attempt, and its locations are those known at launch, so a fetch in between
 * could not see more. Reading and reporting are two moves: a result may be late.
 *
 * Left out: cores and locality, spilling, merged (push-based) shuffle, the shuffle service.
 * Sources: core/.../executor/Executor.scala, storage/BlockManager.scala, ShuffleBlockFetcherIterator.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect } from '../../../src/model/index.ts';
import type * as m from './lineage-messages.ts';
import type { LineageRules } from './lineage-rules.ts';

/** A task attempt that runs here. */
type Running = m.TaskId & {
  /** Where its inputs are, for a result task. */
  locations: m.Locations;
  /** Rows it has read; null before it has. */
  rows: string[] | null;
  /** Map outputs it still waits for, while it reads. */
  waits: number;
};

export type Executor = {
  id: string;
  /** Who takes this executor's blocks when it is decommissioned. */
  peer: string;
  /** Shuffle blocks here: which attempt wrote them, for which reducer their row is. */
  blocks: { partition: number; attempt: number; reducer: number }[];
  tasks: Running[];
  [key: string]: unknown;
};

type Events =
  | m.LaunchTask
  | m.JobEnded
  | m.FetchBlock
  | m.Block
  | m.MigrateBlock
  | m.FinishMap
  | m.OnTask
  | m.MissFetch
  | { type: 'CRASH' | 'DECOMMISSION' | 'REPLACE' };
type Effects = Effect<Executor>;
type Block = { partition: number; attempt: number };

const is = (a: m.TaskId, b: m.TaskId): boolean =>
  a.kind === b.kind && a.partition === b.partition && a.attempt === b.attempt;
const idOf = ({ kind, partition, attempt }: m.TaskId): m.TaskId => ({ kind, partition, attempt });
const find = ({ tasks }: Executor, task: m.TaskId) => tasks.find((one) => is(one, task));
const without = ({ tasks }: Executor, task: m.TaskId) => tasks.filter((one) => !is(one, task));
const replace = (me: Executor, task: Running) =>
  me.tasks.map((one) => (is(one, task) ? task : one));

/** The row of each map partition's input: `a`, `b`, ... */
export const rowOf = (partition: number): string => String.fromCharCode(97 + partition);

const byPartition = (a: Block, b: Block): number =>
  a.partition - b.partition || a.attempt - b.attempt;
const byKind = (a: m.TaskId, b: m.TaskId): number =>
  a.kind.localeCompare(b.kind) || byPartition(a, b);

/** Blocks with one more; one that an attempt had already written stays. */
function keep(blocks: Executor['blocks'], block: Executor['blocks'][number]) {
  const isKnown = blocks.some((one) => byPartition(one, block) === 0);
  return isKnown ? blocks : [...blocks, block].sort(byPartition);
}

function launch(me: Executor, event: m.LaunchTask): Effects {
  const { locations } = event;
  const task: Running = { ...idOf(event), locations, rows: null, waits: 0 };
  // Which task was launched first makes no difference.
  return { set: { tasks: [...me.tasks, task].sort(byKind) } };
}

/** The shuffle writer: the row goes to a reducer, the block stays here. */
function finishMap(me: Executor, event: m.FinishMap): Effects {
  const { partition, attempt, reducer } = event;
  const done: m.MapDone = {
    ...idOf(event),
    type: 'MAP_DONE',
    to: 'scheduler',
    from: me.id,
    reducer,
  };
  const computed: m.Computed = { type: 'COMPUTED', to: 'ledger', partition };
  return {
    set: { blocks: keep(me.blocks, { partition, attempt, reducer }), tasks: without(me, event) },
    send: [computed, done],
  };
}

/** Asks for every map output; one that is registered nowhere fails the fetch at once. */
function read(me: Executor, event: m.OnTask): Effects {
  const task = find(me, event)!;
  if (task.locations.includes(null)) return failFetch(me, task, null);
  const send = task.locations.map((location, map): m.FetchBlock => {
    const { on: to, attempt: written } = location!;
    return { ...idOf(task), type: 'FETCH_BLOCK', to, from: me.id, map, written };
  });
  return { set: { tasks: replace(me, { ...task, rows: [], waits: send.length }) }, send };
}

function serve(me: Executor, event: m.FetchBlock): Effects {
  const { map, written } = event;
  const block = me.blocks.find((one) => one.partition === map && one.attempt === written);
  return { send: [answer(me, event, block?.reducer ?? null)] };
}

const answer = (me: Executor, event: m.FetchBlock, reducer: number | null): m.Block => ({
  ...idOf(event),
  type: 'BLOCK',
  to: event.from,
  from: me.id,
  map: event.map,
  written: event.written,
  reducer,
});

function takeBlock(me: Executor, event: m.Block): Effects {
  const task = find(me, event)!;
  if (event.reducer === null) return failFetch(me, task, task.locations[event.map]!);
  const own = event.reducer === task.partition ? [rowOf(event.map)] : [];
  const rows = [...task.rows!, ...own];
  return { set: { tasks: replace(me, { ...task, rows, waits: task.waits - 1 }) } };
}

function failFetch(me: Executor, task: m.TaskId, location: m.MapStatus | null): Effects {
  const failed: m.FetchFailed = {
    ...idOf(task),
    type: 'FETCH_FAILED',
    to: 'scheduler',
    from: me.id,
    location,
  };
  return { set: { tasks: without(me, task) }, send: [failed] };
}

function report(me: Executor, event: m.OnTask): Effects {
  const { rows } = find(me, event)!;
  const done: m.ResultDone = {
    ...idOf(event),
    type: 'RESULT_DONE',
    to: 'scheduler',
    from: me.id,
    rows: rows!,
  };
  return { set: { tasks: without(me, event) }, send: [done] };
}

function failTask(me: Executor, event: m.OnTask): Effects {
  const failed: m.TaskFailed = {
    ...idOf(event),
    type: 'TASK_FAILED',
    to: 'scheduler',
    from: me.id,
  };
  return { set: { tasks: without(me, event) }, send: [failed] };
}

/** A copy that a decommissioned peer leaves here; the scheduler then looks for it here. */
function adopt(me: Executor, event: m.MigrateBlock): Effects {
  const { partition, attempt, reducer, from: was } = event;
  const from = me.id;
  const moved: m.BlockMoved = {
    type: 'BLOCK_MOVED',
    to: 'scheduler',
    from,
    partition,
    attempt,
    was,
  };
  return { set: { blocks: keep(me.blocks, { partition, attempt, reducer }) }, send: [moved] };
}

function migrate(me: Executor): Effects {
  const { id: from, peer: to } = me;
  return {
    send: me.blocks.map((block): m.MigrateBlock => ({ ...block, type: 'MIGRATE_BLOCK', to, from })),
  };
}

function executorMachine(rules: LineageRules) {
  const taskOf = (context: Executor, event: Events) => find(context, event as never as m.TaskId);
  return setup({
    types: {} as { context: Executor; events: Events; input: Executor },
    guards: {
      runs: ({ context, event }) => taskOf(context, event) !== undefined,
      mayRead: ({ context, event }) => taskOf(context, event)?.rows === null,
      reads: ({ context, event }) => (taskOf(context, event)?.waits ?? 0) > 0,
      hasRead: ({ context, event }) => {
        const task = taskOf(context, event);
        return task !== undefined && task.rows !== null && task.waits === 0;
      },
    },
    actions: {
      launch: act<Executor, m.LaunchTask>(launch),
      finishMap: act<Executor, m.FinishMap>(finishMap),
      read: act<Executor, m.OnTask>(read),
      serve: act<Executor, m.FetchBlock>(serve),
      takeBlock: act<Executor, m.Block>(takeBlock),
      report: act<Executor, m.OnTask>(report),
      forget: act<Executor, Events>(() => ({ set: { blocks: [], tasks: [] } })),
      adopt: act<Executor, m.MigrateBlock>(adopt),
      migrate: act<Executor, Events>((me) => (rules.migratesShuffleBlocks ? migrate(me) : {})),
      failTask: act<Executor, m.OnTask>(failTask),
      missFetch: act<Executor, m.MissFetch>((me, event) => {
        const task = find(me, event)!;
        return failFetch(me, task, task.locations[event.map] ?? null);
      }),
      answerNothing: act<Executor, m.FetchBlock>((me, event) => ({
        send: [answer(me, event, null)],
      })),
      register: act<Executor, Events>(({ id }) => ({
        send: [{ type: 'EXECUTOR_LOST', to: 'scheduler', from: id } as m.ExecutorLost],
      })),
    },
  }).createMachine({
    id: 'executor',
    context: ({ input }) => input,
    initial: 'serving',
    states: {
      serving: {
        on: {
          LAUNCH_TASK: { actions: 'launch' },
          FINISH_MAP: { guard: 'runs', actions: 'finishMap' },
          READ: { guard: 'mayRead', actions: 'read' },
          FETCH_BLOCK: { actions: 'serve' },
          BLOCK: { guard: 'reads', actions: 'takeBlock' },
          REPORT: { guard: 'hasRead', actions: 'report' },
          JOB_ENDED: { actions: 'forget' },
          MIGRATE_BLOCK: { actions: 'adopt' },
          FAIL_TASK: { guard: 'runs', actions: 'failTask' },
          MISS_FETCH: { guard: 'mayRead', actions: 'missFetch' },
          DECOMMISSION: { target: 'gone', actions: ['migrate', 'forget'] },
          CRASH: { target: 'gone', actions: 'forget' },
        },
      },
      gone: {
        on: {
          FETCH_BLOCK: { actions: 'answerNothing' },
          REPLACE: { target: 'serving', actions: 'register' },
        },
      },
    },
  });
}

/** The executors of a job, by name. */
export function executors(ids: readonly string[], rules: LineageRules) {
  const machine = executorMachine(rules);
  return Object.fromEntries(
    ids.map((id, i): [string, Component] => {
      const peer = ids[(i + 1) % ids.length]!;
      return [id, { machine, input: { id, peer, blocks: [], tasks: [] } }];
    }),
  );
}
