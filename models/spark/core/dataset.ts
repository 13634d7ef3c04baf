/**
 * An RDD of one partition as its actions see it: what keeps its data, and where a read finds it.
 * Sources: core/.../rdd/RDD.scala (iterator, computeOrReadCheckpoint), ReliableRDDCheckpointData.scala,
 * storage/BlockManagerMasterEndpoint.scala.
 */
import type { Budget, Effect, Message } from '../../../src/model/index.ts';

export interface PersistenceRules {
  /** Does a lost copy of a replicated block get a new one? (spark.storage.replication.proactive) */
  replicatesAgain: boolean;
  /** Does a checkpoint task that finds the file of its twin count as done? (SPARK-58750) */
  takesTwinsCheckpoint: boolean;
}
export const sparkPersistence: PersistenceRules = {
  replicatesAgain: true,
  takesTwinsCheckpoint: true,
};

export interface PersistenceOptions {
  /** Does recomputing give the same rows? */
  deterministic: boolean;
  /** Copies that persist() asks for: 0 is not persisted, 2 is MEMORY_AND_DISK_2. */
  replicas: 0 | 1 | 2;
  checkpoint: 'none' | 'reliable' | 'local';
  /** Is the first action's result output, or does it only fill the checkpoint (a count)? */
  firstActionIsOutput: boolean;
  /** spark.storage.decommission.rddBlocks.enabled */
  migratesBlocks: boolean;
  rules: PersistenceRules;
  bounds: { executors: number; actions: number };
  /** executorLoss, eviction, decommission; speculation: a twin of the checkpoint task. */
  faults: Budget;
}
export const persistenceDefaults: PersistenceOptions = {
  deterministic: true,
  replicas: 0,
  checkpoint: 'none',
  firstActionIsOutput: true,
  migratesBlocks: true,
  rules: sparkPersistence,
  bounds: { executors: 3, actions: 2 },
  faults: {},
};

/** Rows as one number: what one computation gave. */
export type Rows = number;

export type Dataset = {
  /** By executor: the block it keeps, null if none (BlockManagerMaster). */
  blocks: Record<string, Rows | null>;
  /** The lineage can be computed; a checkpoint cuts it. */
  isCut: boolean;
  actions: number;
  /** Is there a checkpoint to be written, or being written by a twin as well? */
  due: boolean;
  twin: boolean;
  [key: string]: unknown;
};
/** A task that reads the RDD: where it runs, and what the lineage gives if it is computed there. */
export type Read = { executor: string; rows: Rows };

/** What each event makes of the RDD. */
export class Reading {
  private readonly options: PersistenceOptions;
  constructor(options: PersistenceOptions) {
    this.options = options;
  }

  /** Some block that is kept. */
  kept({ blocks }: Dataset): Rows | null {
    return Object.values(blocks).find((rows) => rows !== null) ?? null;
  }

  /** RDD.iterator: kept, else the checkpoint, else the lineage. */
  run(me: Dataset, { executor, rows }: Read): Effect<Dataset> {
    const kept = this.kept(me);
    if (kept !== null) return this.give(me, executor, kept);
    if (!me.isCut) return this.give(me, executor, rows);
    const read: Message = { type: 'READ_CHECKPOINT', to: 'files', executor, rows } as Message;
    return { send: [read] };
  }

  give(me: Dataset, executor: string, rows: Rows): Effect<Dataset> {
    const { checkpoint, firstActionIsOutput } = this.options;
    const isFirst = me.actions === 0;
    const cuts = isFirst && checkpoint === 'local';
    const output: Message = { type: 'OUTPUT', to: 'ledger', rows } as Message;
    return {
      set: {
        blocks: this.persisted(me, executor, rows),
        actions: me.actions + 1,
        due: me.due || (isFirst && checkpoint === 'reliable'),
        isCut: me.isCut || cuts,
      },
      send: isFirst && !firstActionIsOutput ? [] : [output],
    };
  }

  /** The block where it was computed and, for two replicas, at the next executor. */
  persisted({ blocks }: Dataset, executor: string, rows: Rows): Dataset['blocks'] {
    const { replicas, checkpoint } = this.options;
    const copies = checkpoint === 'local' ? Math.max(replicas, 1) : replicas;
    if (Object.values(blocks).some((block) => block !== null) || copies === 0) return blocks;
    const names = Object.keys(blocks);
    const peer = names[(names.indexOf(executor) + 1) % names.length]!;
    const stored = { ...blocks, [executor]: rows };
    return copies === 2 ? { ...stored, [peer]: rows } : stored;
  }

  /** ReliableRDDCheckpointData.doCheckpoint: computed again unless it is kept. */
  checkpoint(me: Dataset, job: Read): Effect<Dataset> {
    const rows = this.kept(me) ?? job.rows;
    const write: Message = { type: 'WRITE_FILE', to: 'files', rows } as Message;
    return {
      set: { due: false, isCut: true, blocks: this.persisted(me, job.executor, rows) },
      send: [write],
    };
  }

  without({ blocks }: Dataset, executor: string): Effect<Dataset> {
    return { set: { blocks: { ...blocks, [executor]: null } } };
  }

  /** Blocks of a decommissioned executor go to a peer that has none. */
  decommission(me: Dataset, executor: string): Effect<Dataset> {
    const rows = me.blocks[executor]!;
    const peer = Object.keys(me.blocks).find(
      (name) => name !== executor && me.blocks[name] === null,
    );
    if (!this.options.migratesBlocks || peer === undefined) return this.without(me, executor);
    return { set: { blocks: { ...me.blocks, [executor]: null, [peer]: rows } } };
  }
}
