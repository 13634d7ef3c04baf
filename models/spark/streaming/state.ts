/**
 * The state store's files, as far as the protocol of a batch is concerned: one content per task and
 * version, written over by whoever comes last.
 *
 * Deltas, snapshots, ids, executor caches and maintenance are the subject of `state-store/`.
 * Source: StateStore.scala, HDFSBackedStateStoreProvider.scala.
 */
import { setup } from 'xstate';
import { act, type Component } from '../../../src/model/index.ts';
import type * as m from './messages.ts';

export type StateFiles = {
  /** By task, by version: the content; null where there is no file. Version 0 is empty, and no file. */
  versions: (number[] | null)[][];
  [key: string]: unknown;
};

type Events = m.LoadState | m.SaveState | m.Delete;

const machine = setup({
  types: {} as { context: StateFiles; events: Events; input: { tasks: string[] } },
  actions: {
    load: act<StateFiles, m.LoadState>(({ versions }, { from, version }) => {
      const task = Number(/task(\d+)/.exec(from)![1]) - 1;
      const content = version === 0 ? [] : (versions[task]?.[version] ?? null);
      return { send: [{ type: 'STATE', to: from, content } as m.State] };
    }),
    save: act<StateFiles, m.SaveState>(({ versions }, { task, version, content }) => {
      const known = versions[task]!;
      const length = Math.max(known.length, version + 1);
      const grown = Array.from({ length }, (_, at) => known[at] ?? null);
      return { set: { versions: versions.with(task, grown.with(version, content)) } };
    }),
    deleteAll: act<StateFiles, m.Delete>(({ versions }) => ({
      set: { versions: versions.map(() => []) },
    })),
  },
}).createMachine({
  id: 'streamingState',
  context: ({ input }) => ({ versions: input.tasks.map(() => []) }),
  initial: 'storing',
  states: {
    storing: {
      on: {
        LOAD_STATE: { actions: 'load' },
        SAVE_STATE: { actions: 'save' },
        DELETE_CHECKPOINT: { actions: 'deleteAll' },
      },
    },
  },
});

export const state = (tasks: number): Component => ({
  machine,
  input: { tasks: Array.from({ length: tasks }, (_, index) => String(index)) },
});
