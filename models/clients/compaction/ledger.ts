/** Ghost: the log as it would be had nobody ever cleaned it. No guard reads it. */
import { setup } from 'xstate';
import { act, type Component } from '../../../src/model/index.ts';
import type { Entry } from './log.ts';
import type * as m from './messages.ts';

/** What was written at an offset. */
export type Written = Pick<Entry, 'kind' | 'key' | 'transactional'>;

export type Ledger = {
  /** By offset: what a leader appended there last. */
  written: Written[];
  /** The highest high watermark of any leader: what lies below is never written anew. */
  committed: number;
  [key: string]: unknown;
};

const machine = setup({
  types: {} as { context: Ledger; events: m.Appended | m.Committed },
  actions: {
    write: act<Ledger, m.Appended>(({ written }, { entry }) => {
      const { offset, kind, key, transactional } = entry;
      return { set: { written: [...written.slice(0, offset), { kind, key, transactional }] } };
    }),
    commit: act<Ledger, m.Committed>(({ committed }, { highWatermark }) => ({
      set: { committed: Math.max(committed, highWatermark) },
    })),
  },
}).createMachine({
  id: 'ledger',
  context: { written: [], committed: 0 },
  initial: 'open',
  states: { open: { on: { APPENDED: { actions: 'write' }, COMMITTED: { actions: 'commit' } } } },
});

export const ledger: Component = { machine, ghost: true };
