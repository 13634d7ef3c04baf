/**
 * A direct Kafka stream over one partition: its driver, the log, the checkpoint directory and the
 * sink, with every place to keep offsets and every way to write output.
 *
 * Sinks: `append` every write adds rows; `byRecord` rows are keyed, a second write changes nothing;
 * `skipByTime` output of a batch time that is there already is skipped; `replaceByTime` it replaces
 * what is there; `transactional` rows and offsets change together, and only from the offset on that
 * is stored (the own store of the integration guide).
 */
import { setup } from 'xstate';
import {
  act,
  type Budget,
  type Component,
  defineSystem,
  type Message,
  type Stimulus,
  type System,
} from '../../../src/model/index.ts';
import { directDriver, type Offsets } from './direct-driver.ts';
import type * as m from './direct-messages.ts';
import { type DirectRules, spark4Direct } from './direct-rules.ts';

export type Sink = 'append' | 'byRecord' | 'skipByTime' | 'replaceByTime' | 'transactional';

export interface DirectOptions {
  source: 'direct';
  offsets: Offsets;
  sink: Sink;
  rules: DirectRules;
  bounds: { records: number; batches: number };
  /** driverCrash, tornCheckpoint, jobFailure, gracefulStop, hardStop, stopTimeout. */
  faults: Budget;
}
export const directDefaults: DirectOptions = {
  source: 'direct',
  offsets: 'checkpoint',
  sink: 'byRecord',
  rules: spark4Direct,
  bounds: { records: 2, batches: 3 },
  faults: {},
};

/** The one partition, and the group's committed offset. */
export type Topic = { end: number; committed: number; [key: string]: unknown };
/** The two newest checkpoint files, the newest last. */
export type Checkpoints = { files: m.Snapshot[]; [key: string]: unknown };
export type SinkState = {
  /** By batch time, for sinks that know it: the offsets written, [from, until). */
  byTime: Record<string, [from: number, until: number]>;
  /** By offset: how many rows of this record are there, at most 2. */
  rows: number[];
  /** Offset stored with the results. */
  offset: number;
  [key: string]: unknown;
};

const topicMachine = (records: number) =>
  setup({
    types: {} as {
      context: Topic;
      events: { type: 'PRODUCE' } | m.AskEnd | m.CommitOffset | m.AskStart;
    },
    guards: { hasRecord: ({ context }) => context.end < records },
    actions: {
      append: act<Topic, { type: 'PRODUCE' }>(({ end }) => ({ set: { end: end + 1 } })),
      tellEnd: act<Topic, m.AskEnd>(({ end }) => ({
        send: [{ type: 'END', to: 'driver', end } as m.End],
      })),
      commit: act<Topic, m.CommitOffset>((_, { offset }) => ({ set: { committed: offset } })),
      // A group without a commit begins at the earliest offset.
      tellStart: act<Topic, m.AskStart>(({ committed }) => ({
        send: [{ type: 'START_FROM', to: 'driver', snapshot: null, offset: committed } as m.Start],
      })),
      tellStartEnd: act<Topic, Message & { snapshot: m.Snapshot | null }>(
        ({ end }, { snapshot }) => ({
          send: [
            {
              type: 'START_FROM',
              to: 'driver',
              snapshot,
              offset: snapshot === null ? 0 : end,
            } as m.Start,
          ],
        }),
      ),
    },
  }).createMachine({
    id: 'topic',
    context: { end: 0, committed: 0 },
    initial: 'open',
    states: {
      open: {
        on: {
          PRODUCE: { guard: 'hasRecord', actions: 'append' },
          ASK_END: { actions: 'tellEnd' },
          COMMIT_OFFSET: { actions: 'commit' },
          ASK_START: { actions: 'tellStart' },
          ...({ CHECKPOINT_FOUND: { actions: 'tellStartEnd' } } as object),
        },
      },
    },
  });

const checkpointMachine = setup({
  types: {} as {
    context: Checkpoints;
    events: m.WriteCheckpoint | m.AskStart | { type: 'TEAR' };
  },
  guards: { hasFile: ({ context }) => context.files.length > 0 },
  actions: {
    write: act<Checkpoints, m.WriteCheckpoint>(({ files }, { snapshot }) => ({
      set: { files: [...files, snapshot].slice(-2) },
    })),
    // CheckpointReader tries the newest file first and passes over what it cannot read. The times
    // since are generated anew, for which Kafka is asked on the way back.
    read: act<Checkpoints, m.AskStart>(({ files }) => ({
      send: [{ type: 'CHECKPOINT_FOUND', to: 'kafka', snapshot: files.at(-1) ?? null } as Message],
    })),
    tear: act<Checkpoints, { type: 'TEAR' }>(({ files }) => ({
      set: { files: files.slice(0, -1) },
    })),
  },
}).createMachine({
  id: 'checkpoint',
  context: { files: [] },
  initial: 'open',
  states: {
    open: {
      on: {
        WRITE_CHECKPOINT: { actions: 'write' },
        ASK_START: { actions: 'read' },
        TEAR: { guard: 'hasFile', actions: 'tear' },
      },
    },
  },
});

function write(kind: Sink, me: SinkState, batch: m.Output, rules: DirectRules): Partial<SinkState> {
  const { time, from, until } = batch;
  const covers = (offset: number) => offset >= from && offset < until;
  const add = (rows: number[], most: number) =>
    rows.map((times, offset) => (covers(offset) ? Math.min(times + 1, most) : times));
  if (kind === 'byRecord') return { rows: add(me.rows, 1) };
  if (kind === 'append') return { rows: add(me.rows, 2) };
  if (kind === 'transactional') {
    if (!rules.storesOffsetsWithResults) return { rows: add(me.rows, 2) };
    return me.offset === from ? { rows: add(me.rows, 2), offset: until } : {};
  }
  if (kind === 'skipByTime' && me.byTime[time]) return {};
  const byTime = { ...me.byTime, [time]: [from, until] as [number, number] };
  const rows = me.rows.map((_, offset) => {
    const times = Object.values<[number, number]>(byTime).filter(
      ([a, b]) => offset >= a && offset < b,
    );
    return Math.min(times.length, 2);
  });
  return { byTime, rows };
}

const sinkMachine = (kind: Sink, rules: DirectRules) =>
  setup({
    types: {} as {
      context: SinkState;
      events: m.Output | m.StoreOffset | m.AskStart;
      input: { records: number };
    },
    actions: {
      output: act<SinkState, m.Output>((me, event) => ({ set: write(kind, me, event, rules) })),
      storeOffset: act<SinkState, m.StoreOffset>((_, { offset }) => ({ set: { offset } })),
      tellStart: act<SinkState, m.AskStart>(({ offset }) => ({
        send: [{ type: 'START_FROM', to: 'driver', snapshot: null, offset } as m.Start],
      })),
    },
  }).createMachine({
    id: 'sink',
    context: ({ input }) => ({ byTime: {}, rows: Array<number>(input.records).fill(0), offset: 0 }),
    initial: 'open',
    states: {
      open: {
        on: {
          OUTPUT: { actions: 'output' },
          STORE_OFFSET: { actions: 'storeOffset' },
          ASK_START: { actions: 'tellStart' },
        },
      },
    },
  });

/** The direct stream that `options` describe. */
export function direct(options: Partial<DirectOptions> = {}): System {
  const { offsets, sink, rules, bounds, faults } = { ...directDefaults, ...options };
  const checkpoint: Component = { machine: checkpointMachine };
  return defineSystem({
    name: 'spark direct stream',
    components: {
      driver: directDriver({ offsets, rules, batches: bounds.batches }),
      kafka: { machine: topicMachine(bounds.records) },
      checkpoint,
      sink: { machine: sinkMachine(sink, rules), input: { records: bounds.records } },
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
  to('kafka', 'PRODUCE', 'client'),
  ...['GENERATE', 'RUN_JOB', 'COMPLETE', 'CHECKPOINT', 'END_STOP'].map((type) =>
    to('driver', type, 'protocol'),
  ),
  to('driver', 'RESTART', 'repair'),
  to('driver', 'STOP_GRACEFULLY', 'client', { gracefulStop: 1 }),
  to('driver', 'STOP_HARD', 'client', { hardStop: 1 }),
  to('driver', 'TIME_OUT', 'fault', { stopTimeout: 1 }),
  to('driver', 'CRASH', 'fault', { driverCrash: 1 }),
  to('driver', 'FAIL_JOB', 'fault', { jobFailure: 1 }),
  to('checkpoint', 'TEAR', 'fault', { tornCheckpoint: 1 }),
];
