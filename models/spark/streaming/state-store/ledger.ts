/** Ghost: which attempt's rows were accepted for each batch. Only claims read it. */
import { setup } from 'xstate';
import { act, type Component } from '../../../../src/model/index.ts';
import type * as m from './messages.ts';

export type Ledger = {
  /** By batch: the entry that was accepted. */
  accepted: m.Entry[];
  [key: string]: unknown;
};

const machine = setup({
  types: {} as { context: Ledger; events: m.Committed },
  actions: {
    note: act<Ledger, m.Committed>(({ accepted }, { batch, entries }) => {
      const entry = entries.find((known) => known !== '') ?? '';
      return { set: { accepted: [...accepted.slice(0, batch), entry] } };
    }),
  },
}).createMachine({
  id: 'stateStoreLedger',
  context: { accepted: [] },
  initial: 'listening',
  states: { listening: { on: { COMMITTED: { actions: 'note' } } } },
});

export const ledger: Component = { machine, ghost: true };
