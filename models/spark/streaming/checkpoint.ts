/**
 * The checkpoint directory: metadata, offsets/, commits/, sources/0/0, on one of three kinds of
 * storage (see `Storage`). The state store's files are in `state.ts`.
 *
 * A file is there as soon as it is written. Left out: temporary files (their names keep readers
 * away), compaction, checksums of these logs (there are none), the two-entry cache of a log.
 *
 * Sources: HDFSMetadataLog.scala, CheckpointFileManager.scala.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect, type Message } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import type { StreamingOptions } from './options.ts';

export type CheckpointState = {
  /** offsets/N by N. */
  offsets: m.Files<m.OffsetEntry>;
  /** commits/N by N. */
  commits: m.Files<m.CommitEntry>;
  /** sources/0/0 */
  initial: m.Offsets | null;
  /** The id in `metadata`, drawn when the query starts first; here a count in place of a UUID. */
  query: number;
  [key: string]: unknown;
};

type Events =
  | m.ReadCheckpoint
  | m.WriteInitial
  | m.Probe
  | m.Create
  | m.Delete
  | { type: 'LOSE_NEWEST'; log: m.LogName };

const put = <T>(files: m.Files<T>, id: number, entry: T | 'torn'): m.Files<T> => {
  const length = Math.max(files.length, id + 1);
  const grown: m.Files<T> = Array.from({ length }, (_, at) => files[at] ?? null);
  return grown.with(id, entry);
};
const trim = <T>(files: m.Files<T>): m.Files<T> =>
  files.slice(0, files.findLastIndex((file) => file !== null) + 1);
const without = <T>(files: m.Files<T>, id: number): m.Files<T> =>
  id < 0 ? files : trim(files.with(id, null));
export const newest = (files: m.Files<unknown>): number =>
  files.findLastIndex((file) => file !== null);

const isThere = (state: CheckpointState, { log, id }: { log: m.LogName; id: number }): boolean =>
  state[log][id] != null;

function checkpointMachine({ storage, rules }: StreamingOptions) {
  /** What a write comes to, by the file manager's manner, and what its caller is told. */
  function create(state: CheckpointState, { from, file, lost, torn }: m.Create) {
    const reply = (type: m.Created['type']): Message[] => [{ type, to: from } as m.Created];
    const stored = {
      [file.log]: put(state[file.log] as m.Files<unknown>, file.id, torn ? 'torn' : file.entry),
    } as Partial<CheckpointState>;
    if (torn) return { set: stored };
    if (lost) return { send: reply(isNoticed() ? 'WRITE_FAILED' : 'CREATED') };
    if (storage === 'hdfs' && isThere(state, file)) return { send: reply('EXISTS') };
    if (storage === 's3abort' && isThere(state, file)) {
      // The second look before close finds the file; what it throws is logged and forgotten.
      return { send: reply(rules.rethrowsCloseErrors ? 'EXISTS' : 'CREATED') };
    }
    return { set: stored, send: reply('CREATED') };
  }
  /** Does the caller hear of a write that did not come about? */
  function isNoticed(): boolean {
    if (storage === 's3abort') return rules.rethrowsCloseErrors;
    return storage === 'hdfs' || rules.checksRenamedFile;
  }

  return setup({
    types: {} as { context: CheckpointState; events: Events; input: { state: CheckpointState } },
    guards: {
      // An offsets file that is lost before its batch is committed is as good as never written, and
      // nobody can tell: only what the commits still speak of is of interest.
      isNamed: ({ context, event }) =>
        (event as { log: m.LogName }).log === 'commits' ||
        newest(context.offsets) <= newest(context.commits),
    },
    actions: {
      list: act<CheckpointState, m.ReadCheckpoint>((state, { from, stale }) => {
        const seen = <T>(log: m.LogName, files: m.Files<T>): m.Files<T> =>
          stale === log ? without(files, newest(files)) : files;
        const reply: m.Checkpoint = {
          type: 'CHECKPOINT',
          to: from,
          offsets: seen('offsets', state.offsets),
          commits: seen('commits', state.commits),
          initial: state.initial,
          query: state.query,
        };
        return { send: [reply] };
      }),
      storeInitial: act<CheckpointState, m.WriteInitial>((state, { offsets }) =>
        state.initial === null ? { set: { initial: offsets } } : {},
      ),
      look: act<CheckpointState, m.Probe>((state, probe) => ({
        send: [{ type: isThere(state, probe) ? 'EXISTS' : 'ABSENT', to: probe.from }],
      })),
      create: act<CheckpointState, m.Create>(
        (state, event): Effect<CheckpointState> => create(state, event),
      ),
      deleteAll: act<CheckpointState, m.Delete>(({ query }) => ({
        set: { offsets: [], commits: [], initial: null, query: query + 1 },
      })),
      loseNewest: act<CheckpointState, { type: 'LOSE_NEWEST'; log: m.LogName }>(
        (state, { log }) => ({
          set: { [log]: without(state[log] as m.Files<unknown>, newest(state[log])) },
        }),
      ),
    },
  }).createMachine({
    id: 'streamingCheckpoint',
    context: ({ input }) => input.state,
    initial: 'storing',
    states: {
      storing: {
        on: {
          READ_CHECKPOINT: { actions: 'list' },
          WRITE_INITIAL: { actions: 'storeInitial' },
          PROBE: { actions: 'look' },
          CREATE: { actions: 'create' },
          DELETE_CHECKPOINT: { actions: 'deleteAll' },
          LOSE_NEWEST: { guard: 'isNamed', actions: 'loseNewest' },
        },
      },
    },
  });
}

/** Two epochs of a continuous query, logged as their ends came in and not committed. */
const epochsInFlight = ({ partitions }: StreamingOptions): m.Files<m.OffsetEntry> =>
  [1, 2].map((end) => ({ end: Array<number>(partitions).fill(end), watermark: 0 }));

export function checkpoint(options: StreamingOptions): Component {
  const inherited = options.inherits === 'epochsInFlight';
  const state: CheckpointState = {
    offsets: inherited ? epochsInFlight(options) : [],
    commits: [],
    initial: inherited ? Array<number>(options.partitions).fill(0) : null,
    query: 0,
  };
  return { machine: checkpointMachine(options), input: { state } };
}
