/**
 * A reader that makes a table of the topic: by key the last record it has read. It reads committed
 * data from the start (auto.offset.reset=earliest), one record a fetch, from whoever leads.
 *
 * Left out: groups and commits, reading uncommitted data, fetching from followers, several records
 * a fetch (the same as several fetches with nothing in between).
 */
import { setup } from 'xstate';
import { act, type Component, type Message } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import type { CompactionOptions } from './options.ts';

export type Reader = {
  /** The next offset to read. */
  position: number;
  /** By key: offset of the last record read; null if none. */
  table: (number | null)[];
  [key: string]: unknown;
};

type Events = { type: 'BEGIN' | 'READ' } | m.Record | m.AtEnd | m.OutOfRange;

function readerMachine({ readerPace }: CompactionOptions, replicas: readonly string[]) {
  // Nobody sends this: it is how the model knows since when a reader of limited pace is on its way.
  const isHere: Message[] =
    readerPace === 'any'
      ? []
      : replicas.map((to) => ({ type: 'READER_BEGINS_OR_IS_AT_END', to }) as m.ReaderIsHere);

  return setup({
    types: {} as { context: Reader; events: Events; input: { reader: Reader } },
    actions: {
      begin: act<Reader, Events>(() => ({ send: isHere })),
      ask: act<Reader, Events>(({ position }) => ({
        send: replicas.map((to) => ({ type: 'READ_FROM', to, offset: position }) as m.Read),
      })),
      take: act<Reader, m.Record>(({ table }, { offset, key }) => ({
        set: { position: offset + 1, table: table.with(key, offset) },
      })),
      arrive: act<Reader, m.AtEnd>((_, { offset }) => ({
        set: { position: offset },
        send: isHere,
      })),
      reset: act<Reader, m.OutOfRange>((_, { startOffset }) => ({
        set: { position: startOffset },
      })),
    },
  }).createMachine({
    id: 'reader',
    context: ({ input }) => input.reader,
    // When it begins matters only to a reader that has no more than a limited time.
    initial: readerPace === 'any' ? 'onItsWay' : 'notYet',
    states: {
      notYet: { on: { BEGIN: { target: 'onItsWay', actions: 'begin' } } },
      onItsWay: {
        on: {
          READ: { actions: 'ask' },
          RECORD: { actions: 'take' },
          AT_END: { target: 'atEnd', actions: 'arrive' },
          OFFSET_OUT_OF_RANGE: { actions: 'reset' },
        },
      },
      atEnd: {
        on: {
          READ: { actions: 'ask' },
          RECORD: { target: 'onItsWay', actions: 'take' },
          AT_END: { actions: 'arrive' },
          OFFSET_OUT_OF_RANGE: { target: 'onItsWay', actions: 'reset' },
        },
      },
    },
  });
}

export const reader = (options: CompactionOptions, replicas: readonly string[]): Component => ({
  machine: readerMachine(options, replicas),
  input: {
    reader: { position: 0, table: Array<number | null>(options.bounds.keys).fill(null) } as Reader,
  },
});
