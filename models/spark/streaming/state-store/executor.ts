/**
 * An executor with its state store providers: one attempt at a time, what it keeps in memory, the
 * snapshot it has queued, and the write of an attempt that was given up and not stopped.
 *
 * An attempt loads its base, from memory if it is there, computes, saves the next version, and
 * reports. Left out: maintenance unloading a provider, locks inside RocksDB.
 *
 * Sources: HDFSBackedStateStoreProvider.scala, RocksDB.scala, RocksDBStateStoreProvider.scala.
 */
import { setup } from 'xstate';
import { act, beyondBounds, type Component, type Effect } from '../../../../src/model/index.ts';
import type * as m from './messages.ts';
import type { StateStoreOptions } from './options.ts';

export type Executor = {
  name: string;
  attempt: m.Attempt | null;
  /** The next version, computed and perhaps saved, not reported. */
  made: m.Upload | null;
  /** Versions in memory (hdfs: loadedMaps, two; RocksDB: the local database, one). Newest first. */
  memory: m.Version[];
  /** A snapshot that waits for maintenance; only the newest is kept. */
  queued: m.Upload | null;
  /** What an attempt that was given up has still to save. */
  late: m.Upload | null;
  [key: string]: unknown;
};

type Saving = { type: 'SAVE_VERSION'; fault: m.Save['fault'] };
type Events =
  | Saving
  | {
      type:
        | 'LOAD_BASE'
        | 'REPORT'
        | 'FAIL'
        | 'GIVE_UP'
        | 'LOSE_RESULT'
        | 'SAVE_LATE'
        | 'UPLOAD_SNAPSHOT';
    }
  | { type: 'SNAPSHOT' }
  | m.Run
  | m.Stop
  | m.Loaded
  | m.Saved;

/** Which variant of its rows an attempt makes, and of which store they are. */
function entryOf(
  { store, batch, attempt, width }: m.Attempt,
  { deterministic }: StateStoreOptions,
): m.Entry {
  // Batch N has rows of one key, N mod 2; the key is in the store of its remainder.
  const mine = (batch % 2) % width === store;
  return mine ? `${batch}.${deterministic ? 0 : attempt}` : '';
}

function executorMachine(options: StateStoreOptions) {
  const { provider, format, snapshotEvery, rules } = options;
  const kept = provider === 'hdfs' ? 2 : 1;

  /** What is in memory of the attempt's base: the same version, and in format 2 the same id. */
  const remembered = ({ memory, attempt }: Executor): m.Version | undefined =>
    memory.find(
      ({ store, version, id }) =>
        store === attempt!.store &&
        version === attempt!.batch &&
        (format === 1 || id === attempt!.base),
    );
  function compute({ attempt, name }: Executor, entries: readonly m.Entry[]): Effect<Executor> {
    const { store, batch, attempt: nth, base } = attempt!;
    const id = format === 2 ? `${batch}.${nth}` : null;
    const next = [...entries, entryOf(attempt!, options)];
    const writer = `${batch}.${nth}@${name}`;
    return { set: { made: { store, version: batch + 1, id, base, entries: next, writer } } };
  }
  function remember(memory: readonly m.Version[], made: m.Upload): m.Version[] {
    const { store, version, id, entries } = made;
    const others = memory.filter((known) => known.store !== store || known.version !== version);
    const mine = [{ store, version, id, entries }, ...others];
    const held = (of: number) => mine.filter((known) => known.store === of).slice(0, kept);
    return [...new Set(mine.map((known) => known.store))].sort().flatMap(held);
  }
  function save({ name }: Executor, upload: m.Upload, fault: m.Save['fault']): m.Save {
    const kind = provider === 'rocksdb' ? 'snapshot' : 'delta';
    return { type: 'SAVE', to: 'files', from: name, kind, upload, fault };
  }
  const isDue = ({ version }: { version: number }): boolean => version % snapshotEvery === 0;

  return setup({
    types: {} as { context: Executor; events: Events; input: { executor: Executor } },
    guards: {
      remembers: ({ context }) => remembered(context) !== undefined,
      isMissing: ({ event }) => (event as m.Loaded).entries === null,
      isTorn: ({ event }) => (event as Saving).fault === 'torn',
      isBusyLate: ({ context }) => context.late !== null,
      hasLate: ({ context }) => context.late !== null,
      hasQueued: ({ context }) => context.queued !== null,
      // HDFS-backed maintenance takes the newest version it holds in memory.
      mayWriteSnapshot: ({ context: { memory } }) =>
        provider === 'hdfs' && memory[0] !== undefined && isDue(memory[0]),
    },
    actions: {
      take: act<Executor, m.Run>((_, { attempt }) => ({ set: { attempt } })),
      computeFromMemory: act<Executor, Events>((me) => compute(me, remembered(me)!.entries)),
      load: act<Executor, Events>(({ name, attempt }) => {
        const { store, batch, base } = attempt!;
        const load: m.Load = {
          type: 'LOAD',
          to: 'files',
          from: name,
          store,
          version: batch,
          id: base,
        };
        return { send: [load] };
      }),
      compute: act<Executor, m.Loaded>((me, { entries }) => compute(me, entries!)),
      saveVersion: act<Executor, Saving>((me, { fault }) => ({
        send: [save(me, me.made!, fault)],
      })),
      keep: act<Executor, Events>(({ memory, made, queued }) => ({
        set: {
          memory: remember(memory, made!),
          queued: provider === 'rocksdbChangelog' && isDue(made!) ? made : queued,
        },
      })),
      report: act<Executor, Events>(({ attempt, made, memory }) => {
        const { store } = attempt!;
        const held = memory.find((known) => known.store === store);
        const id = rules.reportsOwnId ? made!.id : (held?.id ?? null);
        const entry = made!.entries.at(-1)!;
        const told: m.Reported = { type: 'REPORTED', to: 'query', store, id, entry };
        return { set: { attempt: null, made: null }, send: [told] };
      }),
      tellFailure: act<Executor, Events>(() => ({
        set: { attempt: null, made: null },
        send: [{ type: 'ATTEMPT_FAILED', to: 'query' } as m.AttemptFailed],
      })),
      tellLost: act<Executor, Events>(({ attempt }) => ({
        set: { attempt: null, made: null },
        send: [{ type: 'ATTEMPT_LOST', to: 'query', store: attempt!.store } as m.AttemptLost],
      })),
      forgetAll: act<Executor, Events>(() => ({
        set: { memory: [], queued: null, late: null },
      })),
      linger: act<Executor, Events>(({ made }) => ({ set: { late: made } })),
      refuse: act<Executor, Events>(() => ({ send: [beyondBounds] })),
      // The provider is the executor's own: what a late attempt commits is in its memory too.
      saveLate: act<Executor, Events>((me) => ({
        set: { late: null, memory: remember(me.memory, me.late!) },
        send: [{ ...save(me, me.late!, 'none'), from: null }],
      })),
      uploadSnapshot: act<Executor, Events>((me) => ({
        set: { queued: null },
        send: [{ ...save(me, me.queued!, 'none'), kind: 'snapshot', from: null }],
      })),
      writeSnapshot: act<Executor, Events>((me) => {
        const upload = { ...me.memory[0]!, base: null, writer: me.name };
        return { send: [{ ...save(me, upload, 'none'), kind: 'snapshot', from: null }] };
      }),
      dropAttempt: act<Executor, Events>(() => ({ set: { attempt: null, made: null } })),
    },
  }).createMachine({
    id: 'stateStoreExecutor',
    context: ({ input }) => input.executor,
    initial: 'idle',
    on: {
      SAVE_LATE: { guard: 'hasLate', actions: 'saveLate' },
      UPLOAD_SNAPSHOT: { guard: 'hasQueued', actions: 'uploadSnapshot' },
      SNAPSHOT: { guard: 'mayWriteSnapshot', actions: 'writeSnapshot' },
      // One attempt at a time: the scheduler has another executor for the next.
      RUN: { actions: 'refuse' },
      // A new run has a provider of its own (SPARK-21145): nothing in memory serves it.
      STOP: { target: '.idle', actions: ['dropAttempt', 'forgetAll'] },
    },
    states: {
      idle: { on: { RUN: { target: 'started', actions: 'take' } } },
      started: {
        on: {
          LOAD_BASE: [
            { guard: 'remembers', target: 'staged', actions: 'computeFromMemory' },
            { actions: 'load' },
          ],
          LOADED: [
            { guard: 'isMissing', target: 'idle', actions: 'tellFailure' },
            { target: 'staged', actions: 'compute' },
          ],
        },
      },
      staged: {
        on: {
          SAVE_VERSION: [
            // The executor dies half way.
            { guard: 'isTorn', target: 'idle', actions: ['saveVersion', 'tellLost', 'forgetAll'] },
            { actions: 'saveVersion' },
          ],
          SAVED: { target: 'saved', actions: 'keep' },
          SAVE_FAILED: { target: 'idle', actions: 'tellFailure' },
          FAIL: { target: 'idle', actions: ['tellLost', 'forgetAll'] },
          GIVE_UP: [
            { guard: 'isBusyLate', actions: 'refuse' },
            { target: 'idle', actions: ['linger', 'tellLost'] },
          ],
        },
      },
      saved: {
        on: {
          REPORT: { target: 'idle', actions: 'report' },
          FAIL: { target: 'idle', actions: ['tellLost', 'forgetAll'] },
          // The result is lost on its way; the executor lives, with all it has in memory.
          LOSE_RESULT: { target: 'idle', actions: 'tellLost' },
        },
      },
    },
  });
}

export const executor = (options: StateStoreOptions, name: string): Component => {
  const first = { name, attempt: null, made: null, memory: [], queued: null, late: null };
  return { machine: executorMachine(options), input: { executor: first } };
};
