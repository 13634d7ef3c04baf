/**
 * The sink, in what it shows to its readers: how often each record is there.
 *
 * Kinds differ by when rows become visible and by what a repetition is recognised (sink-kinds.ts).
 * Left out: order of rows, partial rows of one task (a task that fails after some of its rows is a
 * task that fails after all of them, for what may be doubled), the manifest's compaction.
 *
 * Sources: FileStreamSink.scala, ForeachBatchSink.scala, KafkaWriteTask.scala, memory.scala.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import type { StreamingOptions } from './options.ts';
import { sinkTraits } from './sink-kinds.ts';

/** More than twice is no worse than twice. */
const MANY = 2;

export type Sink = {
  /** By record: how often readers see it; `MANY` stands for more. */
  seen: number[];
  /** What is recognised as done: by key, the last batch id. */
  done: Record<string, number>;
  /** Ghost: by query, the last batch of which the job commit took place. */
  jobs: Record<string, number>;
  /** Ghost: by query, the last batch of which anything reached the sink. */
  touched: Record<string, number>;
  [key: string]: unknown;
};

type Events = m.BeginBatch | m.TaskWrite | m.JobCommit | m.RunEnded;

const noteMax = (
  map: Record<string, number>,
  key: string,
  batch: number,
): Record<string, number> => (batch > (map[key] ?? -1) ? { ...map, [key]: batch } : map);

function sinkMachine({ sink, rules }: StreamingOptions) {
  const traits = sinkTraits[sink];
  const listed = sink === 'file' && !rules.readersUseManifest;
  const taskVisible = traits.visible === 'task' || listed;

  function keyOf({ query, task }: { query: number; task?: number }): string {
    if (traits.key === 'queryAndBatchId') return `q${query}`;
    return traits.key === 'partitionAndEpoch' ? `p${task}` : 'any';
  }
  function isDone(state: Sink, event: { query: number; batch: number; task?: number }): boolean {
    return traits.key !== 'none' && event.batch <= (state.done[keyOf(event)] ?? -1);
  }
  function show(seen: readonly number[], rows: readonly number[]): number[] {
    return seen.map((count, record) =>
      Math.min(MANY, count + rows.filter((row) => row === record).length),
    );
  }
  const keep = (state: Sink, event: m.JobCommit | m.TaskWrite): Record<string, number> =>
    traits.key === 'none' ? state.done : noteMax(state.done, keyOf(event), event.batch);

  return setup({
    types: {} as { context: Sink; events: Events; input: { records: number } },
    guards: {
      isDone: ({ context, event }) => isDone(context, event as m.BeginBatch),
      showsTasks: () => taskVisible,
      keepsByTask: ({ context, event }) =>
        traits.key === 'partitionAndEpoch' && isDone(context, event as m.TaskWrite),
      isRace: ({ context, event }) =>
        traits.refusesRace &&
        !(event as m.JobCommit).repeated &&
        isDone(context, event as m.JobCommit),
      isVolatile: () => traits.volatile,
    },
    actions: {
      proceed: act<Sink, m.BeginBatch>((_, { from }) => ({
        send: [{ type: 'PROCEED', to: from }],
      })),
      skip: act<Sink, m.BeginBatch>((_, { from }) => ({ send: [{ type: 'SKIP', to: from }] })),
      showTask: act<Sink, m.TaskWrite>((state, event) => ({
        set: {
          seen: show(state.seen, event.rows),
          touched: noteMax(state.touched, `q${event.query}`, event.batch),
          ...(traits.key === 'partitionAndEpoch' && { done: keep(state, event) }),
        },
      })),
      commit: act<Sink, m.JobCommit>((state, event): Effect<Sink> => {
        const query = `q${event.query}`;
        const repeated = taskVisible || isDone(state, event);
        return {
          set: {
            seen: repeated ? state.seen : show(state.seen, event.rows),
            ...(traits.key !== 'partitionAndEpoch' && { done: keep(state, event) }),
            jobs: noteMax(state.jobs, query, event.batch),
            touched: noteMax(state.touched, query, event.batch),
          },
          send: [{ type: 'SINK_COMMITTED', to: event.from }],
        };
      }),
      refuse: act<Sink, m.JobCommit>((_, { from }) => ({
        send: [{ type: 'SINK_REFUSED', to: from }],
      })),
      forget: act<Sink, m.RunEnded>(({ seen }) => ({ set: { seen: seen.map(() => 0), done: {} } })),
    },
  }).createMachine({
    id: 'streamingSink',
    context: ({ input }) => ({
      seen: Array<number>(input.records).fill(0),
      done: {},
      jobs: {},
      touched: {},
    }),
    initial: 'open',
    states: {
      open: {
        on: {
          BEGIN_BATCH: [{ guard: 'isDone', actions: 'skip' }, { actions: 'proceed' }],
          TASK_WRITE: [{ guard: 'keepsByTask' }, { guard: 'showsTasks', actions: 'showTask' }],
          JOB_COMMIT: [{ guard: 'isRace', actions: 'refuse' }, { actions: 'commit' }],
          RUN_ENDED: { guard: 'isVolatile', actions: 'forget' },
        },
      },
    },
  });
}

export const sink = (options: StreamingOptions): Component => ({
  machine: sinkMachine(options),
  input: { records: options.partitions * options.bounds.records },
});
