/**
 * state/: deltas (changelogs) and snapshots of each store, and what can be loaded from them.
 *
 * Sources: HDFSBackedStateStoreProvider.scala, RocksDBFileManager.scala, RocksDB.scala.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect } from '../../../../src/model/index.ts';
import type * as m from './messages.ts';
import type { StateStoreOptions } from './options.ts';

/** A file of one version. */
export type StateFile = {
  kind: 'delta' | 'snapshot';
  store: number;
  version: number;
  /** In format 2 part of the name. */
  id: m.StateId;
  /** In format 2: the lineage in the header, one step of it. */
  base: m.StateId;
  /** A delta's one entry, a snapshot's all. */
  entries: m.Entry[];
  torn: boolean;
  writer: string;
  /** Whose bytes the checksum beside it is of. */
  checksum: string;
};

export type StateDirectory = {
  /** In ascending order of store, version, kind and id. */
  files: StateFile[];
  [key: string]: unknown;
};

type Events = m.Load | m.Save | m.Inspect | { type: 'CLEAN' };

const nameOf = ({ store, version, kind, id }: StateFile): string =>
  `${store}/${version}.${kind}.${id ?? ''}`;

const isReadable = ({ torn, writer, checksum }: StateFile): boolean => !torn && writer === checksum;

/**
 * The files that make up a version, newest first: deltas down to a snapshot or to nothing; in format 2
 * along the lineage of ids only. Null if one is missing.
 */
function chain(
  files: readonly StateFile[],
  { store, version, id }: Pick<StateFile, 'store' | 'version' | 'id'>,
  format: 1 | 2,
): StateFile[] | null {
  if (version === 0) return [];
  const named = (kind: StateFile['kind']): StateFile | undefined =>
    files.find(
      (file) =>
        file.kind === kind &&
        file.store === store &&
        file.version === version &&
        (format === 1 || file.id === id),
    );
  const snapshot = named('snapshot');
  if (snapshot) return [snapshot];
  const delta = named('delta');
  const before = delta && chain(files, { store, version: version - 1, id: delta.base }, format);
  return before ? [delta, ...before] : null;
}

/** The content of a version; null if a file is missing or cannot be read: there is no partial answer. */
export function load(
  { files }: Pick<StateDirectory, 'files'>,
  of: Pick<StateFile, 'store' | 'version' | 'id'>,
  format: 1 | 2,
): m.Entry[] | null {
  const parts = chain(files, of, format);
  return parts?.every(isReadable) ? parts.reverse().flatMap(({ entries }) => entries) : null;
}

function filesMachine({ rules, format, retain }: StateStoreOptions) {
  function save(directory: StateDirectory, { from, kind, upload, fault }: m.Save) {
    const { store, version, id, base, entries, writer } = upload;
    const file: StateFile = {
      kind,
      store,
      version,
      id: format === 1 ? null : id,
      base: format === 1 ? null : base,
      // A delta is what the last batch has changed.
      entries: kind === 'delta' ? entries.slice(version - 1) : entries,
      torn: fault === 'torn',
      writer,
      checksum: writer,
    };
    const reply = (type: m.Saved['type']): m.Saved[] => (from === null ? [] : [{ type, to: from }]);
    if (fault === 'lost') {
      return { send: reply(rules.checksRenamedFile ? 'SAVE_FAILED' : 'SAVED') };
    }
    const old = directory.files.find((other) => nameOf(other) === nameOf(file));
    if (old && rules.overwrite === 'fails' && kind === 'delta') {
      return { send: reply('SAVE_FAILED') };
    }
    // Whoever keeps the old file must keep its checksum too.
    const checksum = rules.checksumsInStep && old ? old.checksum : writer;
    const stays = old && rules.overwrite === 'first' && kind === 'delta';
    const written = stays ? { ...old, checksum } : file;
    const others = directory.files.filter((other) => nameOf(other) !== nameOf(file));
    const files = [...others, written].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    return { set: { files }, send: fault === 'torn' ? [] : reply('SAVED') };
  }

  /** Deletes what no retained version needs. "Last" is what a listing says it is. */
  function clean({ files }: StateDirectory): StateFile[] {
    const last = (of: number): number =>
      Math.max(...files.filter(({ store }) => store === of).map(({ version }) => version));
    const retained = files.filter(({ store, version }) => version > last(store) - retain);
    if (!rules.cleansByNeed) return retained;
    const needed = new Set(retained.flatMap((file) => chain(files, file, format) ?? []));
    return files.filter((file) => retained.includes(file) || needed.has(file));
  }

  return setup({
    types: {} as { context: StateDirectory; events: Events; input: { files: StateFile[] } },
    actions: {
      load: act<StateDirectory, m.Load>((directory, { from, store, version, id }) => {
        const entries = load(directory, { store, version, id }, format);
        return { send: [{ type: 'LOADED', to: from, entries } as m.Loaded] };
      }),
      save: act<StateDirectory, m.Save>(
        (directory, event): Effect<StateDirectory> => save(directory, event),
      ),
      inspect: act<StateDirectory, m.Inspect>(({ files }, { from }) => ({
        send: [{ type: files.length === 0 ? 'YES' : 'NO', to: from } as m.Inspected],
      })),
      clean: act<StateDirectory, Events>((directory) => ({ set: { files: clean(directory) } })),
    },
  }).createMachine({
    id: 'stateStoreFiles',
    context: ({ input }) => ({ files: input.files }),
    initial: 'storing',
    states: {
      storing: {
        on: {
          LOAD: { actions: 'load' },
          SAVE: { actions: 'save' },
          IS_EMPTY: { actions: 'inspect' },
          CLEAN: { actions: 'clean' },
        },
      },
    },
  });
}

/** What another run left: three versions, and a snapshot of the second. */
function leftovers({ inherits, width }: StateStoreOptions): StateFile[] {
  if (inherits === 'nothing') return [];
  const old = { id: null, base: null, torn: false, writer: 'old', checksum: 'old' };
  const entries = ['old0', 'old1', 'old2'];
  return Array.from({ length: width }, (_, store) => [
    ...entries.map((entry, at): StateFile => {
      return { ...old, kind: 'delta', store, version: at + 1, entries: [entry] };
    }),
    { ...old, kind: 'snapshot' as const, store, version: 2, entries: entries.slice(0, 2) },
  ])
    .flat()
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

export const files = (options: StateStoreOptions): Component => ({
  machine: filesMachine(options),
  input: { files: leftovers(options) },
});
