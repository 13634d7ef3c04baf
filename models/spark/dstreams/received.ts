/** A receiver stream: source, receiver, driver with its tracker, the write-ahead log, the sink. */
import { setup } from 'xstate';
import {
  act,
  type Budget,
  type Component,
  defineSystem,
  type Stimulus,
  type System,
} from '../../../src/model/index.ts';
import { receiver, source } from './receiver.ts';
import { type OutputBlocks, receiverDriver, trackerLog } from './receiver-driver.ts';
import { type ReceiverRules, spark4Receiver } from './tracker-log.ts';

export interface ReceiverOptions {
  source: 'receiver';
  /** Does the receiver acknowledge only what is stored? */
  reliable: boolean;
  /** spark.streaming.receiver.writeAheadLog.enable */
  writeAheadLog: boolean;
  sink: 'append' | 'byRecord';
  rules: ReceiverRules;
  bounds: { records: number };
  /** driverCrash, executorLoss, logWriteFailure, gracefulStop, hardStop. */
  faults: Budget;
}
export const receiverDefaults: ReceiverOptions = {
  source: 'receiver',
  reliable: true,
  writeAheadLog: true,
  sink: 'byRecord',
  rules: spark4Receiver,
  bounds: { records: 2 },
  faults: {},
};

/** By record: how often it is in the sink, at most 2. */
export type ReceivedSink = { rows: number[]; [key: string]: unknown };

const sinkMachine = (most: number) =>
  setup({
    types: {} as { context: ReceivedSink; events: OutputBlocks; input: { records: number } },
    actions: {
      output: act<ReceivedSink, OutputBlocks>(({ rows }, { blocks }) => ({
        set: {
          rows: rows.map((times, record) =>
            Math.min(times + blocks.filter((block) => block === record).length, most),
          ),
        },
      })),
    },
  }).createMachine({
    id: 'receivedSink',
    context: ({ input }) => ({ rows: Array<number>(input.records).fill(0) }),
    initial: 'open',
    states: { open: { on: { OUTPUT: { actions: 'output' } } } },
  });

/** The receiver stream that `options` describe. */
export function received(options: Partial<ReceiverOptions> = {}): System {
  const all = { ...receiverDefaults, ...options };
  const { reliable, writeAheadLog, rules, bounds, faults } = all;
  const sink: Component = {
    machine: sinkMachine(all.sink === 'append' ? 2 : 1),
    input: { records: bounds.records },
  };
  return defineSystem({
    name: 'spark receiver stream',
    components: {
      source: source(bounds.records, reliable),
      receiver: receiver(reliable),
      driver: receiverDriver({ writeAheadLog, rules }),
      log: trackerLog,
      sink,
    },
    stimuli,
    budget: faults,
    bounds,
  });
}

const to = (component: string, type: string, kind: Stimulus['class'], cost?: Budget): Stimulus => ({
  to: component,
  event: { type },
  class: kind,
  ...(cost && { cost }),
});
const stimuli: Stimulus[] = [
  ...['RECEIVE', 'STORE', 'REPORT', 'DEREGISTER', 'RESTART_RECEIVER'].map((type) =>
    to('receiver', type, 'protocol'),
  ),
  ...['QUEUE_BLOCK', 'ALLOCATE', 'RUN_JOB', 'COMPLETE', 'END_STOP'].map((type) =>
    to('driver', type, 'protocol'),
  ),
  to('driver', 'RESTART', 'repair'),
  to('driver', 'STOP_GRACEFULLY', 'client', { gracefulStop: 1 }),
  to('driver', 'STOP_HARD', 'client', { hardStop: 1 }),
  to('driver', 'CRASH', 'fault', { driverCrash: 1 }),
  to('driver', 'ALLOCATE_IN_VAIN', 'fault', { logWriteFailure: 1 }),
  to('receiver', 'LOSE_EXECUTOR', 'fault', { executorLoss: 1 }),
];
