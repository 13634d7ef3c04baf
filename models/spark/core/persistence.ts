/**
 * One partition of an RDD that several actions read: where its data comes from each time.
 *
 * In order: a block that an executor keeps (`persist`), the checkpoint, the lineage. Recomputing a
 * deterministic lineage gives the same rows; otherwise each computation may give others, and only
 * what is kept makes two actions agree.
 *
 * - `checkpoint: 'reliable'`: a job of its own after the first action computes the RDD again unless
 *   it is kept, writes it to the checkpoint directory, and cuts the lineage.
 * - `checkpoint: 'local'`: the first action's block is the checkpoint; lineage is cut to executors.
 *
 * Left out: several partitions (each fares alike), disk levels, unpersist, broadcast. A block that is
 * evicted is a lost block of one executor. A cached block may be read from any executor that has it.
 *
 * Sources: core/.../rdd/RDD.scala (iterator, computeOrReadCheckpoint, localCheckpoint),
 * ReliableCheckpointRDD.scala, LocalCheckpointRDD.scala, BlockManagerMasterEndpoint.scala.
 */
import { setup } from 'xstate';
import {
  act,
  type Budget,
  type Component,
  defineSystem,
  type Local,
  type Message,
  type Stimulus,
  type System,
} from '../../../src/model/index.ts';
import {
  type Dataset,
  type PersistenceOptions,
  persistenceDefaults,
  type Read,
  Reading,
  type Rows,
} from './dataset.ts';

/** The checkpoint directory. */
export type CheckpointFile = { rows: Rows | null; [key: string]: unknown };
/** Ghost: what each output action was given. */
export type Given = { outputs: Rows[]; [key: string]: unknown };

type Events =
  | ({ type: 'RUN_ACTION' | 'WRITE_CHECKPOINT' } & Read)
  | { type: 'REPLICATE'; executor: string }
  | { type: 'START_TWIN' | 'END_TWIN' }
  | { type: 'LOSE_EXECUTOR' | 'EVICT' | 'DECOMMISSION'; executor: string }
  | ({ type: 'CHECKPOINT_READ'; found: Rows | null } & Read);

function datasetMachine(options: PersistenceOptions) {
  const reading = new Reading(options);
  const { rules, bounds, replicas } = options;
  const holds = (me: Dataset, event: Events): boolean =>
    me.blocks[(event as { executor: string }).executor] !== null;
  const copies = ({ blocks }: Dataset): number =>
    Object.values(blocks).filter((block) => block !== null).length;
  return setup({
    types: {} as { context: Dataset; events: Events; input: Dataset },
    guards: {
      // An action returns when the checkpoint that it caused is written.
      mayRun: ({ context }) => context.actions < bounds.actions && !context.due,
      isDue: ({ context }) => context.due,
      mayReplicate: ({ context, event }) =>
        rules.replicatesAgain && replicas === 2 && copies(context) === 1 && !holds(context, event),
      holds: ({ context, event }) => holds(context, event),
      isFound: ({ event }) => (event as { found: Rows | null }).found !== null,
      mayTwin: ({ context }) => context.due && !context.twin,
      twinFails: ({ context }) => context.twin && !context.due && !rules.takesTwinsCheckpoint,
      twinEnds: ({ context }) => context.twin && !context.due,
    },
    actions: {
      run: act<Dataset, Read & Events>((me, event) => reading.run(me, event)),
      checkpoint: act<Dataset, Read & Events>((me, event) => reading.checkpoint(me, event)),
      giveCheckpoint: act<Dataset, Events & Read & { found: Rows }>((me, { executor, found }) =>
        reading.give(me, executor, found),
      ),
      replicate: act<Dataset, Events & { executor: string }>((me, { executor }) => ({
        set: { blocks: { ...me.blocks, [executor]: reading.kept(me) } },
      })),
      startTwin: act<Dataset, Events>(() => ({ set: { twin: true } })),
      endTwin: act<Dataset, Events>(() => ({ set: { twin: false } })),
      lose: act<Dataset, Events & { executor: string }>((me, { executor }) =>
        reading.without(me, executor),
      ),
      migrate: act<Dataset, Events & { executor: string }>((me, { executor }) =>
        reading.decommission(me, executor),
      ),
    },
  }).createMachine({
    id: 'dataset',
    context: ({ input }) => input,
    initial: 'usable',
    states: {
      usable: {
        on: {
          RUN_ACTION: { guard: 'mayRun', actions: 'run' },
          // The block was the checkpoint, or the file is not there: nothing computes it any more.
          CHECKPOINT_READ: [{ guard: 'isFound', actions: 'giveCheckpoint' }, { target: 'failed' }],
          WRITE_CHECKPOINT: { guard: 'isDue', actions: 'checkpoint' },
          REPLICATE: { guard: 'mayReplicate', actions: 'replicate' },
          START_TWIN: { guard: 'mayTwin', actions: 'startTwin' },
          END_TWIN: [
            { guard: 'twinFails', target: 'failed', actions: 'endTwin' },
            { guard: 'twinEnds', actions: 'endTwin' },
          ],
          LOSE_EXECUTOR: { guard: 'holds', actions: 'lose' },
          EVICT: { guard: 'holds', actions: 'lose' },
          DECOMMISSION: { guard: 'holds', actions: 'migrate' },
        },
      },
      failed: {},
    },
  });
}

type FileEvents =
  | { type: 'WRITE_FILE'; rows: Rows }
  | ({ type: 'READ_CHECKPOINT' } & Read)
  | { type: 'DELETE_FILE' };

const filesMachine = setup({
  types: {} as { context: CheckpointFile; events: FileEvents },
  actions: {
    // A file that is there stays: the first writer wins.
    write: act<CheckpointFile, { type: 'WRITE_FILE'; rows: Rows }>((file, { rows }) => ({
      set: { rows: file.rows ?? rows },
    })),
    read: act<CheckpointFile, Read & { type: string }>((file, { executor, rows }) => {
      const found = file.rows;
      return { send: [{ type: 'CHECKPOINT_READ', to: 'rdd', executor, rows, found } as Message] };
    }),
  },
}).createMachine({
  id: 'files',
  context: { rows: null },
  initial: 'open',
  states: {
    open: { on: { WRITE_FILE: { actions: 'write' }, READ_CHECKPOINT: { actions: 'read' } } },
  },
});

const ledgerMachine = setup({
  types: {} as { context: Given; events: { type: 'OUTPUT'; rows: Rows } },
  actions: {
    note: act<Given, { type: 'OUTPUT'; rows: Rows }>(({ outputs }, { rows }) => ({
      set: { outputs: [...outputs, rows] },
    })),
  },
}).createMachine({
  id: 'given',
  context: { outputs: [] },
  initial: 'listening',
  states: { listening: { on: { OUTPUT: { actions: 'note' } } } },
});

/** The RDD that `options` describe. */
export function persistence(options: Partial<PersistenceOptions> = {}): System {
  const all = { ...persistenceDefaults, ...options };
  const { bounds, faults, deterministic } = all;
  const executors = Array.from({ length: bounds.executors }, (_, i) => `e${i + 1}`);
  const blocks = Object.fromEntries(executors.map((id) => [id, null]));
  const input: Dataset = { blocks, isCut: false, actions: 0, due: false, twin: false };
  const files: Component = { machine: filesMachine };
  return defineSystem({
    name: 'spark persistence',
    components: {
      rdd: { machine: datasetMachine(all), input },
      files,
      ledger: { machine: ledgerMachine, ghost: true },
    },
    stimuli: stimuli(executors, deterministic ? [0] : [0, 1]),
    budget: faults,
    bounds,
  });
}

function stimuli(executors: readonly string[], computations: readonly Rows[]): Stimulus[] {
  const to = (event: { type: string }, kind: Stimulus['class'], cost?: Budget): Stimulus => ({
    to: 'rdd',
    event,
    class: kind,
    ...(cost && { cost }),
  });
  const of = (type: string, executor: string) => ({ type, executor });
  return [
    ...executors.flatMap((executor) => [
      ...computations.flatMap((rows) => [
        to({ ...of('RUN_ACTION', executor), rows } as { type: string }, 'client'),
        to({ ...of('WRITE_CHECKPOINT', executor), rows } as { type: string }, 'protocol'),
      ]),
      to(of('REPLICATE', executor), 'protocol'),
      to(of('LOSE_EXECUTOR', executor), 'fault', { executorLoss: 1 }),
      to(of('EVICT', executor), 'fault', { eviction: 1 }),
      to(of('DECOMMISSION', executor), 'fault', { decommission: 1 }),
    ]),
    to({ type: 'START_TWIN' }, 'fault', { speculation: 1 }),
    to({ type: 'END_TWIN' }, 'protocol'),
  ];
}

/** Is the RDD beyond reach? For claims. */
export const isBeyondReach = ({ value }: Local): boolean => value === 'failed';
