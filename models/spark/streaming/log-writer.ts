/**
 * The single thread that writes the logs of a query with asynchronous progress tracking.
 *
 * Entries wait here, in order, while batches go on; a crash of the driver loses what waits. A write
 * that fails is noticed at the next trigger; what waits behind it is not written.
 *
 * Sources: AsyncOffsetSeqLog.scala, AsyncCommitLog.scala.
 */
import { setup } from 'xstate';
import { act, type Component, type Stimulus } from '../../../src/model/index.ts';
import type * as m from './messages.ts';

export type LogWriter = {
  driver: string;
  /** Entries in the order in which they were issued. */
  waiting: m.NewEntry[];
  [key: string]: unknown;
};

export type Issue = { type: 'ISSUE'; file: m.NewEntry };
type Events = Issue | { type: 'CLEAR' | 'DRAIN' } | m.Created;

const machine = setup({
  types: {} as { context: LogWriter; events: Events; input: { driver: string } },
  guards: { hasWork: ({ context }) => context.waiting.length > 0 },
  actions: {
    append: act<LogWriter, Issue>(({ waiting }, { file }) => ({
      set: { waiting: [...waiting, file] },
    })),
    write: act<LogWriter, Events>(({ driver, waiting: [file] }) => {
      const from = writerOf(driver);
      const create = { type: 'CREATE', to: 'checkpoint', from, lost: false, torn: false };
      return { send: [{ ...create, file: file! } as m.Create] };
    }),
    next: act<LogWriter, Events>(({ waiting }) => ({ set: { waiting: waiting.slice(1) } })),
    tellFailure: act<LogWriter, Events>(({ driver }) => ({
      set: { waiting: [] },
      send: [{ type: 'LOG_WRITE_FAILED', to: driver }],
    })),
    clear: act<LogWriter, Events>(() => ({ set: { waiting: [] } })),
  },
}).createMachine({
  id: 'streamingLogWriter',
  context: ({ input }) => ({ driver: input.driver, waiting: [] }),
  initial: 'writing',
  states: {
    writing: {
      on: {
        ISSUE: { actions: 'append' },
        DRAIN: { guard: 'hasWork', actions: 'write' },
        CREATED: { actions: 'next' },
        EXISTS: { actions: 'tellFailure' },
        WRITE_FAILED: { actions: 'tellFailure' },
        CLEAR: { actions: 'clear' },
      },
    },
  },
});

export const writerOf = (driver: string): string => `${driver}-log-writer`;

export const logWriter = (driver: string): Component => ({ machine, input: { driver } });

export const logWriterStimuli = (driver: string): Stimulus[] => [
  { to: writerOf(driver), event: { type: 'DRAIN' }, class: 'protocol' },
];
