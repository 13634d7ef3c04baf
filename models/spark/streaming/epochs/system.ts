/** A query with long-running tasks, one Kafka partition and a sink, ready to be checked. */
import { setup } from 'xstate';
import {
  act,
  type Component,
  defineSystem,
  type Plain,
  type Stimulus,
  type System,
} from '../../../../src/model/index.ts';
import { type EpochOptions, sound } from './options.ts';
import { type CommitSink, query } from './query.ts';
import { type Flush, reader } from './reader.ts';

export type Sink = {
  /** By record: how often readers see it; 2 stands for more. */
  seen: number[];
  /** By epoch: rows that wait for the epoch's commit. They die with the run. */
  staged: number[][];
  [key: string]: unknown;
};

export const defaults: EpochOptions = {
  mode: 'continuous',
  visible: 'flush',
  retain: 9,
  rules: sound,
  bounds: { records: 3, epochs: 3 },
  faults: {},
};

function sink({ visible, bounds }: EpochOptions): Component {
  const none: number[][] = Array.from({ length: bounds.epochs }, () => []);
  const show = (seen: readonly number[], records: readonly number[]): number[] =>
    seen.map((count, record) => (records.includes(record) ? Math.min(2, count + 1) : count));
  const machine = setup({
    types: {} as { context: Sink; events: Flush | CommitSink | { type: 'KILL' } },
    actions: {
      flush: act<Sink, Flush>(({ seen, staged }, { epoch, records }) =>
        visible === 'flush'
          ? { set: { seen: show(seen, records) } }
          : { set: { staged: staged.with(epoch, records) } },
      ),
      commit: act<Sink, CommitSink>(({ seen, staged }, { epoch }) => ({
        set: { seen: show(seen, staged[epoch]!), staged: staged.with(epoch, []) },
      })),
      drop: act<Sink, { type: 'KILL' }>(() => ({ set: { staged: none } })),
    },
  }).createMachine({
    id: 'epochsSink',
    context: { seen: Array<number>(bounds.records).fill(0), staged: none },
    initial: 'open',
    states: {
      open: {
        on: {
          FLUSH_ROWS: { actions: 'flush' },
          COMMIT_SINK: { actions: 'commit' },
          KILL: { actions: 'drop' },
        },
      },
    },
  });
  return { machine };
}

/** The system that `options` describe. */
export function epochs(options: Partial<EpochOptions> = {}): System {
  const all = { ...defaults, ...options };
  const ids = Array.from({ length: all.bounds.epochs }, (_, epoch) => epoch);
  const of = (to: string, event: Stimulus['event'] & Record<string, Plain>): Stimulus => ({
    to,
    event,
    class: 'protocol',
  });
  return defineSystem({
    name: 'epochs',
    components: { query: query(all), reader: reader(all), sink: sink(all) },
    stimuli: [
      { to: 'query', event: { type: 'START' }, class: 'repair' },
      ...['READ', 'MARK', 'FLUSH'].map((type) => of('reader', { type })),
      ...ids.map((epoch) => of('query', { type: 'DELIVER', epoch })),
      ...ids.map((epoch) => of('query', { type: 'COMMIT_EPOCH', epoch })),
      of('query', { type: 'COMMIT_LOG' }),
      { to: 'query', event: { type: 'CRASH' }, class: 'fault', cost: { driverCrash: 1 } },
    ],
    budget: all.faults,
    bounds: all.bounds,
  });
}
