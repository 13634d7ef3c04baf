/**
 * The driver of a receiver stream: ReceivedBlockTracker, JobGenerator and JobScheduler.
 *
 * Without a write-ahead log a restarted driver begins with nothing, and the blocks died with the
 * executors. With one it reads its log back; the blocks themselves are in the log too.
 *
 * Left out: batch times (a batch is the blocks allocated to it), the driver's own checkpoint (it
 * holds the graph, no blocks), cleaning of old log segments.
 * Source: streaming/.../scheduler/ReceivedBlockTracker.scala (addBlock, allocateBlocksToBatch).
 */
import { setup } from 'xstate';
import { act, type Component, type Message } from '../../../src/model/index.ts';
import type { OfRecord } from './receiver.ts';
import { type LogEvent, type ReceiverRules, replay } from './tracker-log.ts';

export type ReceiverDriver = {
  /** A block that is in the log and not in the queue yet. */
  adding: number | null;
  /** Blocks that wait for a batch. */
  queue: number[];
  /** Batches generated and not done, in order. */
  jobs: number[][];
  /** Has the first of them written its output? */
  isOutput: boolean;
  /** In a graceful stop: has the receiver stopped? */
  receiverStopped: boolean;
  [key: string]: unknown;
};
export type TrackerLog = { events: LogEvent[]; [key: string]: unknown };

export interface ReceiverSettings {
  /** spark.streaming.receiver.writeAheadLog.enable */
  writeAheadLog: boolean;
  rules: ReceiverRules;
}

interface Append extends Message {
  type: 'APPEND';
  event: LogEvent;
}
interface LogRead extends Message {
  type: 'LOG_READ';
  events: LogEvent[];
}
export interface OutputBlocks extends Message {
  type: 'OUTPUT';
  blocks: number[];
}
type Plain = {
  type:
    | 'QUEUE_BLOCK'
    | 'ALLOCATE'
    | 'ALLOCATE_IN_VAIN'
    | 'RUN_JOB'
    | 'COMPLETE'
    | 'STOP_GRACEFULLY'
    | 'END_STOP'
    | 'STOP_HARD'
    | 'RECEIVER_STOPPED'
    | 'CRASH'
    | 'RESTART';
};
type Events = Plain | OfRecord | LogRead;

const empty: ReceiverDriver = {
  adding: null,
  queue: [],
  jobs: [],
  isOutput: false,
  receiverStopped: false,
};
const append = (kind: LogEvent['kind'], blocks: number[]): Append => ({
  type: 'APPEND',
  to: 'log',
  event: { kind, blocks },
});
const added = (record: number): Message =>
  ({ type: 'BLOCK_ADDED', to: 'receiver', record }) as OfRecord;

function driverMachine({ writeAheadLog, rules }: ReceiverSettings) {
  const logged = (...messages: Append[]): Message[] => (writeAheadLog ? messages : []);
  const does = (effect: (me: ReceiverDriver) => ReturnType<typeof stop>) =>
    act<ReceiverDriver, Events>(effect);
  const stop = (me: ReceiverDriver): { set?: Partial<ReceiverDriver>; send?: Message[] } => ({
    set: me,
    send: [{ type: 'STOP_RECEIVER', to: 'receiver' }],
  });
  return setup({
    types: {} as { context: ReceiverDriver; events: Events },
    guards: {
      isAdding: ({ context }) => context.adding !== null,
      hasBlocks: ({ context }) => context.queue.length > 0,
      losesBlocks: ({ context }) =>
        context.queue.length > 0 && writeAheadLog && !rules.dequeuesAfterLogging,
      hasJob: ({ context }) => context.jobs.length > 0 && !context.isOutput,
      isOutput: ({ context }) => context.isOutput,
      mayEndStop: ({ context: { adding, queue, jobs, receiverStopped } }) =>
        !rules.gracefulStopDrains ||
        (receiverStopped && adding === null && queue.length === 0 && jobs.length === 0),
    },
    actions: {
      // addBlock: the write to the log is outside the lock, the queue is not touched yet.
      logBlock: act<ReceiverDriver, OfRecord>((_, { record }) => ({
        set: { adding: record },
        send: rules.answersAfterLogging
          ? logged(append('blockAddition', [record]))
          : [added(record)],
      })),
      queueBlock: does(({ adding, queue }) => ({
        set: { adding: null, queue: [...queue, adding!] },
        send: rules.answersAfterLogging
          ? [added(adding!)]
          : logged(append('blockAddition', [adding!])),
      })),
      allocate: does(({ queue, jobs }) => ({
        set: { queue: [], jobs: [...jobs, queue] },
        send: logged(append('batchAllocation', queue)),
      })),
      loseBlocks: does(() => ({ set: { queue: [] } })),
      run: does(({ jobs }) => ({
        set: { isOutput: true },
        send: [{ type: 'OUTPUT', to: 'sink', blocks: jobs[0]! } as OutputBlocks],
      })),
      complete: does(({ jobs }) => ({
        set: { jobs: jobs.slice(1), isOutput: false },
        send: logged(append('batchCleanup', jobs[0]!)),
      })),
      stopReceiver: does((me) => stop(me)),
      noteStopped: does(() => ({ set: { receiverStopped: true } })),
      // The driver takes its executors with it.
      die: does(() => ({ set: empty, send: [{ type: 'KILL_RECEIVER', to: 'receiver' }] })),
      readLog: does(() => ({
        send: [
          writeAheadLog
            ? { type: 'READ_LOG', to: 'log' }
            : ({ type: 'LOG_READ', to: 'driver', events: [] } as LogRead),
        ],
      })),
      recover: act<ReceiverDriver, LogRead>((_, { events }) => {
        const { queue, batches } = replay(events, rules);
        const start: Message = { type: 'START_RECEIVER', to: 'receiver' };
        return { set: { ...empty, queue, jobs: batches }, send: [start] };
      }),
    },
  }).createMachine({
    id: 'receiverDriver',
    context: empty,
    initial: 'running',
    states: {
      running: {
        on: {
          ADD_BLOCK: { actions: 'logBlock' },
          QUEUE_BLOCK: { guard: 'isAdding', actions: 'queueBlock' },
          ALLOCATE: { guard: 'hasBlocks', actions: 'allocate' },
          RUN_JOB: { guard: 'hasJob', actions: 'run' },
          COMPLETE: { guard: 'isOutput', actions: 'complete' },
          STOP_GRACEFULLY: { target: 'stopping', actions: 'stopReceiver' },
          STOP_HARD: { target: 'stopped', actions: 'stopReceiver' },
          ALLOCATE_IN_VAIN: { guard: 'losesBlocks', actions: 'loseBlocks' },
          CRASH: { target: 'down', actions: 'die' },
        },
      },
      stopping: {
        on: {
          ADD_BLOCK: { actions: 'logBlock' },
          QUEUE_BLOCK: { guard: 'isAdding', actions: 'queueBlock' },
          ALLOCATE: { guard: 'hasBlocks', actions: 'allocate' },
          RUN_JOB: { guard: 'hasJob', actions: 'run' },
          COMPLETE: { guard: 'isOutput', actions: 'complete' },
          RECEIVER_STOPPED: { actions: 'noteStopped' },
          END_STOP: { guard: 'mayEndStop', target: 'stopped' },
          CRASH: { target: 'down', actions: 'die' },
        },
      },
      stopped: { on: { RESTART: { target: 'recovering', actions: ['die', 'readLog'] } } },
      down: { on: { RESTART: { target: 'recovering', actions: 'readLog' } } },
      recovering: { on: { LOG_READ: { target: 'running', actions: 'recover' } } },
    },
  });
}

const logMachine = setup({
  types: {} as { context: TrackerLog; events: Append | { type: 'READ_LOG' } },
  actions: {
    append: act<TrackerLog, Append>(({ events }, { event }) => ({
      set: { events: [...events, event] },
    })),
    tell: act<TrackerLog, { type: 'READ_LOG' }>(({ events }) => ({
      send: [{ type: 'LOG_READ', to: 'driver', events } as LogRead],
    })),
  },
}).createMachine({
  id: 'trackerLog',
  context: { events: [] },
  initial: 'open',
  states: { open: { on: { APPEND: { actions: 'append' }, READ_LOG: { actions: 'tell' } } } },
});

export const receiverDriver = (settings: ReceiverSettings): Component => ({
  machine: driverMachine(settings),
});
export const trackerLog: Component = { machine: logMachine };
