/** Ghost: what came of the records, and how polls followed each other. Nothing depends on it. */
import { setup } from 'xstate';
import { act, type Component } from '../../../src/model/index.ts';
import type * as m from './messages.ts';

export type History = {
  /** By record: how often it took effect, at most 2. */
  effects: number[];
  /** Consumer -> offset that its next poll must be at; absent where it may be anywhere. */
  next: Record<string, number>;
  /** Who passed over an offset between two polls. */
  skipped: string | null;
  /** Who was returned an offset again, or an earlier one. */
  repeated: string | null;
  /** Who was returned a record of a transaction that was not committed. */
  sawUndecided: string | null;
  [key: string]: unknown;
};

type Event = m.Processed | m.Polled | m.Repositioned;

const machine = setup({
  types: {} as { context: History; events: Event; input: { records: number } },
  actions: {
    count: act<History, m.Processed>(({ effects }, { values }) => ({
      set: {
        effects: effects.map((times, value) =>
          Math.min(times + values.filter((other) => other === value).length, 2),
        ),
      },
    })),
    follow: act<History, m.Polled>((me, { from, offset, decided }) => {
      const expected = me.next[from] ?? offset;
      return {
        set: {
          next: { ...me.next, [from]: offset + 1 },
          ...(offset > expected && { skipped: from }),
          ...(offset < expected && { repeated: from }),
          ...(!decided && { sawUndecided: from }),
        },
      };
    }),
    forget: act<History, m.Repositioned>(({ next }, { from }) => {
      const { [from]: _, ...others } = next;
      return { set: { next: others } };
    }),
  },
}).createMachine({
  id: 'history',
  context: ({ input }) => ({
    effects: Array<number>(input.records).fill(0),
    next: {},
    skipped: null,
    repeated: null,
    sawUndecided: null,
  }),
  initial: 'listening',
  states: {
    listening: {
      on: {
        PROCESSED: { actions: 'count' },
        POLLED: { actions: 'follow' },
        REPOSITIONED: { actions: 'forget' },
      },
    },
  },
});

export const history = (records: number): Component => ({
  machine,
  input: { records },
  ghost: true,
});
