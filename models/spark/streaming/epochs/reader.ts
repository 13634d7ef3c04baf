/**
 * The one long-running task: it reads, and marks where an epoch ends. In continuous mode it says so as
 * soon as it is there, then flushes what it wrote, then says that too. Any failure ends the query.
 *
 * Sources: ContinuousQueuedDataReader.scala, ContinuousWriteRDD.scala.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect, type Message } from '../../../../src/model/index.ts';
import type { EpochOptions } from './options.ts';

export type Reader = {
  epoch: number;
  /** The offset to read next. */
  position: number;
  /** Records of this epoch, read and not flushed. */
  buffer: number[];
  [key: string]: unknown;
};

export type Begin = Message & { type: 'BEGIN'; epoch: number; position: number };
export type EpochEnd = Message & { type: 'EPOCH_END'; epoch: number; end: number };
export type EpochFlushed = Message & { type: 'EPOCH_FLUSHED'; epoch: number };
export type Flush = Message & { type: 'FLUSH_ROWS'; epoch: number; records: number[] };

type Events = { type: 'READ' | 'MARK' | 'FLUSH' } | Begin | { type: 'KILL' };

function readerMachine({ mode, bounds }: EpochOptions) {
  const endOf = ({ epoch, position }: Reader): EpochEnd => ({
    type: 'EPOCH_END',
    to: 'query',
    epoch,
    end: position,
  });
  return setup({
    types: {} as { context: Reader; events: Events },
    guards: {
      hasMore: ({ context }) => context.position < bounds.records,
      mayMark: ({ context }) => context.epoch < bounds.epochs,
    },
    actions: {
      begin: act<Reader, Begin>((_, { epoch, position }) => ({
        set: { epoch, position, buffer: [] },
      })),
      read: act<Reader, Events>(({ position, buffer }) => ({
        set: { position: position + 1, buffer: [...buffer, position] },
      })),
      mark: act<Reader, Events>((reader) => ({
        send: mode === 'continuous' ? [endOf(reader)] : [],
      })),
      flush: act<Reader, Events>((reader): Effect<Reader> => {
        const { epoch, buffer } = reader;
        const rows: Flush = { type: 'FLUSH_ROWS', to: 'sink', epoch, records: buffer };
        const done: EpochFlushed = { type: 'EPOCH_FLUSHED', to: 'query', epoch };
        const end = mode === 'realTime' ? [endOf(reader)] : [];
        return { set: { epoch: epoch + 1, buffer: [] }, send: [rows, ...end, done] };
      }),
      die: act<Reader, Events>(() => ({ set: { epoch: 0, position: 0, buffer: [] } })),
    },
  }).createMachine({
    id: 'epochsReader',
    context: { epoch: 0, position: 0, buffer: [] },
    initial: 'stopped',
    on: { KILL: { target: '.stopped', actions: 'die' } },
    states: {
      stopped: { on: { BEGIN: { target: 'reading', actions: 'begin' } } },
      reading: {
        on: {
          READ: { guard: 'hasMore', actions: 'read' },
          MARK: { guard: 'mayMark', target: 'marked', actions: 'mark' },
        },
      },
      marked: { on: { FLUSH: { target: 'reading', actions: 'flush' } } },
    },
  });
}

export const reader = (options: EpochOptions): Component => ({ machine: readerMachine(options) });
