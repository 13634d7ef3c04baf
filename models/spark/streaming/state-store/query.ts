/**
 * A stateful query, reduced to what its stores see of it: a batch is logged, its tasks are scheduled
 * one per store, their reports accepted, and the batch committed with the ids of the versions made.
 *
 * Offsets, sink and watermark are the subject of the batch protocol's model. What is durable
 * here (newest offsets and commit, and its ids) is kept beside what is in memory.
 *
 * Sources: MicroBatchExecution.scala, StateStoreCoordinator.scala.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect, type Message } from '../../../../src/model/index.ts';
import type * as m from './messages.ts';
import type { StateStoreOptions } from './options.ts';

export type Query = {
  /** Durable: newest offsets, newest commit, and the ids in it by store. */
  lo: number;
  lc: number;
  committedIds: m.StateId[];
  /** Attempts at the batch that were lost, over all runs: where a UUID comes from. */
  attempts: number;
  /** Stores in this run. */
  width: number;
  /** Ids of the versions that the next batch loads, by store. */
  ids: m.StateId[];
  /** By store: what became of the batch's task. */
  tasks: ('waiting' | 'running' | { id: m.StateId; entry: m.Entry })[];
  /** The user's function has looked at a part of the batch only. */
  partial: boolean;
  [key: string]: unknown;
};

type Start = { type: 'START'; width: number };
type Schedule = { type: 'SCHEDULE'; store: number; executor: string };
type Events =
  | Start
  | Schedule
  | { type: 'LOG' | 'COMMIT' | 'CRASH' | 'CONSUME_PART' }
  | m.Reported
  | m.AttemptLost
  | m.AttemptFailed
  | m.Inspected;

export const executors = ['executor1', 'executor2'];

const stopAll = (): Message[] => executors.map((to): m.Stop => ({ type: 'STOP', to }));
const stopped: Partial<Query> = { tasks: [], ids: [], partial: false };

function queryMachine(options: StateStoreOptions) {
  const { rules, bounds } = options;
  const done = (query: Query): boolean =>
    query.tasks.every((task, store) => typeof task === 'object' || (query.partial && store > 0));
  function commit(query: Query): Effect<Query> {
    const { lo, ids, tasks } = query;
    const made = tasks.map((task, store) => (typeof task === 'object' ? task.id : ids[store]!));
    const entries = tasks.map((task) => (typeof task === 'object' ? task.entry : ''));
    const told: m.Committed = { type: 'COMMITTED', to: 'ledger', batch: lo, entries };
    return {
      set: { lc: lo, committedIds: made, ids: made, tasks: [], partial: false, attempts: 0 },
      send: [told],
    };
  }

  return setup({
    types: {} as { context: Query; events: Events; input: { query: Query } },
    guards: {
      mayLog: ({ context }) => context.lo + 1 < bounds.batches,
      isInDoubt: ({ context }) => context.lo > context.lc,
      isFirst: ({ context }) => context.lo < 0 && rules.refusesLeftovers,
      waits: ({ context, event }) => context.tasks[(event as Schedule).store] === 'waiting',
      isDone: ({ context }) => done(context),
      // Each store tells the driver that it has committed (4.1); a store that was not asked has not.
      missesStore: ({ context }) => context.partial && done(context) && rules.validatesCommits,
      severalStores: ({ context }) => context.width > 1 && !context.partial,
    },
    actions: {
      inspectDirectory: act<Query, Events>(() => ({
        send: [{ type: 'IS_EMPTY', to: 'files', from: 'query' } as m.Inspect],
      })),
      takeUp: act<Query, Start>((query, { width }) => {
        const known = rules.readsIdsAlways || query.lo === query.lc ? query.committedIds : [];
        const own = query.lo < 0 ? options.width : rules.pinsWidth ? query.width : width;
        const ids = Array.from({ length: own }, (_, store) => known[store] ?? null);
        return { set: { ids, width: own } };
      }),
      log: act<Query, Events>(({ lo }) => ({ set: { lo: lo + 1 } })),
      open: act<Query, Events>(({ width }) => ({
        set: { tasks: Array.from({ length: width }, () => 'waiting' as const) },
      })),
      schedule: act<Query, Schedule>((query, { store, executor }) => {
        const { lo, width, attempts, ids, tasks } = query;
        const base = ids[store] ?? null;
        const attempt: m.Attempt = { store, batch: lo, attempt: attempts, width, base };
        return {
          set: { tasks: tasks.with(store, 'running') },
          send: [{ type: 'RUN', to: executor, attempt } as m.Run],
        };
      }),
      accept: act<Query, m.Reported>(({ tasks }, { store, id, entry }) => ({
        set: { tasks: tasks.with(store, { id, entry }) },
      })),
      reschedule: act<Query, m.AttemptLost>(({ tasks, attempts }, { store }) => ({
        set: { tasks: tasks.with(store, 'waiting'), attempts: attempts + 1 },
      })),
      consumePart: act<Query, Events>(() => ({ set: { partial: true } })),
      commit: act<Query, Events>(commit),
      countAttempt: act<Query, Events>(({ lo, lc, attempts }) => ({
        set: { attempts: lo > lc ? attempts + 1 : 0 },
      })),
      stop: act<Query, Events>(() => ({ set: stopped, send: stopAll() })),
    },
  }).createMachine({
    id: 'stateStoreQuery',
    context: ({ input }) => input.query,
    initial: 'down',
    on: { CRASH: { target: '.down', actions: ['stop', 'countAttempt'] } },
    states: {
      down: {
        on: {
          START: [
            { guard: 'isFirst', target: 'starting', actions: ['takeUp', 'inspectDirectory'] },
            { guard: 'isInDoubt', target: 'running', actions: ['takeUp', 'open'] },
            { target: 'idle', actions: 'takeUp' },
          ],
          CRASH: {},
        },
      },
      starting: { on: { YES: 'idle', NO: { target: 'down', actions: 'stop' } } },
      idle: { on: { LOG: { guard: 'mayLog', target: 'running', actions: ['log', 'open'] } } },
      running: {
        on: {
          SCHEDULE: { guard: 'waits', actions: 'schedule' },
          CONSUME_PART: { guard: 'severalStores', actions: 'consumePart' },
          REPORTED: { actions: 'accept' },
          ATTEMPT_LOST: { actions: 'reschedule' },
          ATTEMPT_FAILED: { target: 'down', actions: 'stop' },
          COMMIT: [
            { guard: 'missesStore', target: 'down', actions: 'stop' },
            { guard: 'isDone', target: 'idle', actions: 'commit' },
          ],
        },
      },
    },
  });
}

export const query = (options: StateStoreOptions): Component => {
  const first: Query = {
    lo: -1,
    lc: -1,
    committedIds: [],
    attempts: 0,
    width: options.width,
    ids: [],
    tasks: [],
    partial: false,
  };
  return { machine: queryMachine(options), input: { query: first } };
};
