/**
 * A receiver on an executor, and the source it reads.
 *
 * The receiver takes one record at a time (a block of one): `received` it is in its buffer; `stored`
 * it is a block (in the memory of two executors, and in the write-ahead log if there is one);
 * `reported` the driver was told and has not answered yet. An unreliable receiver's source forgets a
 * record when it hands it out; a reliable one acknowledges when the driver has answered.
 *
 * Left out: blocks of many records, more than one receiver, rate limits.
 * Sources: streaming/.../receiver/ReceiverSupervisorImpl.scala (pushAndReportBlock), Receiver.scala;
 * ReceivedBlockHandler.scala; streaming custom receivers guide, "Receiver Reliability".
 */
import { setup } from 'xstate';
import { act, type Component, type Message } from '../../../src/model/index.ts';

export type Receiver = {
  phase: 'empty' | 'received' | 'stored' | 'reported';
  /** The record at hand; null if none. */
  record: number | null;
  [key: string]: unknown;
};
export type Source = {
  /** The next record to hand out. */
  position: number;
  /** Records that will never be handed out again: those below. */
  acknowledged: number;
  [key: string]: unknown;
};

/** Messages that carry one record. */
export interface OfRecord extends Message {
  type: 'RECORD' | 'ADD_BLOCK' | 'BLOCK_ADDED' | 'ACKNOWLEDGE';
  record: number;
}

type ReceiverEvents =
  | { type: 'RECEIVE' | 'STORE' | 'REPORT' | 'DEREGISTER' | 'RESTART_RECEIVER' | 'LOSE_EXECUTOR' }
  | { type: 'START_RECEIVER' | 'STOP_RECEIVER' | 'KILL_RECEIVER' }
  | OfRecord;

const nothing: Receiver = { phase: 'empty', record: null };
const tell = (type: string, to: string): Message => ({ type, to });

function receiverMachine(reliable: boolean) {
  const sends = (...messages: Message[]) =>
    act<Receiver, ReceiverEvents>(() => ({ send: messages }));
  const becomes = (phase: Receiver['phase']) =>
    act<Receiver, ReceiverEvents>(() => ({ set: { phase } }));
  return setup({
    types: {} as { context: Receiver; events: ReceiverEvents },
    guards: {
      isEmpty: ({ context }) => context.phase === 'empty',
      isReceived: ({ context }) => context.phase === 'received',
      isStored: ({ context }) => context.phase === 'stored',
      isReported: ({ context }) => context.phase === 'reported',
    },
    actions: {
      pull: sends(tell('PULL', 'source')),
      take: act<Receiver, OfRecord>((_, { record }) => ({ set: { phase: 'received', record } })),
      store: becomes('stored'),
      report: act<Receiver, ReceiverEvents>(({ record }) => ({
        set: { phase: 'reported' },
        send: [{ type: 'ADD_BLOCK', to: 'driver', record: record! } as OfRecord],
      })),
      acknowledge: act<Receiver, ReceiverEvents>(({ record }) => ({
        set: nothing,
        send: reliable ? [{ type: 'ACKNOWLEDGE', to: 'source', record: record! } as OfRecord] : [],
      })),
      resume: sends(tell('RESUME', 'source')),
      deregister: sends(tell('RECEIVER_STOPPED', 'driver')),
      // Blocks the driver knows of have a second copy; what it does not know of is nobody's.
      forget: act<Receiver, ReceiverEvents>(() => ({ set: nothing })),
    },
  }).createMachine({
    id: 'receiver',
    context: nothing,
    initial: 'receiving',
    on: { KILL_RECEIVER: { target: '.down', actions: 'forget' } },
    states: {
      receiving: {
        on: {
          RECEIVE: { guard: 'isEmpty', actions: 'pull' },
          RECORD: { actions: 'take' },
          STORE: { guard: 'isReceived', actions: 'store' },
          REPORT: { guard: 'isStored', actions: 'report' },
          BLOCK_ADDED: { guard: 'isReported', actions: 'acknowledge' },
          STOP_RECEIVER: 'draining',
          LOSE_EXECUTOR: { target: 'lost', actions: 'forget' },
        },
      },
      draining: {
        on: {
          STORE: { guard: 'isReceived', actions: 'store' },
          REPORT: { guard: 'isStored', actions: 'report' },
          BLOCK_ADDED: { guard: 'isReported', actions: 'acknowledge' },
          DEREGISTER: { guard: 'isEmpty', target: 'down', actions: 'deregister' },
        },
      },
      // The driver starts it on another executor.
      lost: {
        on: {
          RESTART_RECEIVER: { target: 'receiving', actions: 'resume' },
          STOP_RECEIVER: { target: 'down', actions: 'deregister' },
        },
      },
      down: { on: { START_RECEIVER: { target: 'receiving', actions: 'resume' } } },
    },
  });
}

type SourceEvents = { type: 'PULL' | 'RESUME' } | OfRecord;

const sourceMachine = (records: number, reliable: boolean) =>
  setup({
    types: {} as { context: Source; events: SourceEvents },
    guards: { hasRecord: ({ context }) => context.position < records },
    actions: {
      handOut: act<Source, SourceEvents>(({ position, acknowledged }) => ({
        set: { position: position + 1, acknowledged: reliable ? acknowledged : position + 1 },
        send: [{ type: 'RECORD', to: 'receiver', record: position } as OfRecord],
      })),
      resume: act<Source, SourceEvents>(({ acknowledged }) => ({
        set: { position: acknowledged },
      })),
      forget: act<Source, OfRecord>((_, { record }) => ({ set: { acknowledged: record + 1 } })),
    },
  }).createMachine({
    id: 'source',
    context: { position: 0, acknowledged: 0 },
    initial: 'open',
    states: {
      open: {
        on: {
          PULL: { guard: 'hasRecord', actions: 'handOut' },
          RESUME: { actions: 'resume' },
          ACKNOWLEDGE: { actions: 'forget' },
        },
      },
    },
  });

export const receiver = (reliable: boolean): Component => ({ machine: receiverMachine(reliable) });
export const source = (records: number, reliable: boolean): Component => ({
  machine: sourceMachine(records, reliable),
});
