/**
 * The group coordinator of a transforming application: who may commit, and where a reader goes on.
 *
 * Every process that starts joins and raises the generation; the input has one partition, so it moves
 * to the newest member. Offsets travel through the offsets partition like any other record of the
 * transaction; the group serves positions from a cache of that log.
 *
 * Left out: rebalances in phases (models/clients/consumers), a group coordinator's failover (its cache
 * is read from the log again), members that leave.
 *
 * Sources: group-coordinator/.../OffsetMetadataManager.java (commitTransactionalOffset, fetchOffsets,
 * replayEndTransactionMarker), ConsumerGroup.java and ClassicGroup.java (validateOffsetCommit); KIP-447.
 */
import { setup } from 'xstate';
import { act, type Component } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import type { TransactionsOptions } from './options.ts';
import { answer } from './partition.ts';

/** What the offsets partition's log says. */
type Written = { committed: number; isPending: boolean };
export type Group = {
  generation: number;
  /** What is served. */
  cache: Written;
  /** What the log says and the cache does not; null if they agree. */
  behind: Written | null;
  [key: string]: unknown;
};

type Events =
  | m.JoinGroup
  | m.FetchOffset
  | m.TxnOffsetCommit
  | m.OffsetsWritten
  | { type: 'MATERIALISE' };

const machine = ({ rules }: TransactionsOptions) =>
  setup({
    types: {} as { context: Group; events: Events },
    guards: {
      isBehind: ({ context }) => context.behind !== null,
    },
    actions: {
      join: act<Group, m.JoinGroup>(({ generation }, { from }) => ({
        set: { generation: generation + 1 },
        send: [{ type: 'JOINED', to: from, generation: generation + 1 } as m.Joined],
      })),
      // requireStable: a pending offset may be committed yet; who goes on from the older one repeats.
      tellOffset: act<Group, m.FetchOffset>(({ cache }, { from }) => {
        const isUnstable = rules.waitsForStableOffsets && cache.isPending;
        const offset = isUnstable ? null : cache.committed;
        return { send: [{ type: 'OFFSET', to: from, offset } as m.Offset] };
      }),
      commitOffset: act<Group, m.TxnOffsetCommit>((me, { batch, generation }) => {
        if (rules.checksGeneration && generation !== me.generation) {
          return { send: answer(batch, 'ILLEGAL_GENERATION') };
        }
        if (rules.offsetsInTransaction) {
          return { send: [{ type: 'PRODUCE', to: 'offsets', batch } as m.Produce] };
        }
        const cache = { committed: batch.value, isPending: false };
        return { set: { cache }, send: answer(batch, null) };
      }),
      read: act<Group, m.OffsetsWritten>(({ cache }, { committed, isPending }) => {
        const written = { committed, isPending };
        if (rules.materialisesOffsets) return { set: { cache: written } };
        // The marker is answered, and nobody has told the cache yet.
        return isPending
          ? { set: { cache: { ...cache, isPending } } }
          : { set: { behind: written } };
      }),
      materialise: act<Group, Events>(({ behind }) => ({ set: { cache: behind!, behind: null } })),
    },
  }).createMachine({
    id: 'transactionsGroup',
    context: { generation: 1, cache: { committed: 0, isPending: false }, behind: null },
    initial: 'stable',
    states: {
      stable: {
        on: {
          JOIN_GROUP: { actions: 'join' },
          FETCH_OFFSET: { actions: 'tellOffset' },
          TXN_OFFSET_COMMIT: { actions: 'commitOffset' },
          OFFSETS_WRITTEN: { actions: 'read' },
          MATERIALISE: { guard: 'isBehind', actions: 'materialise' },
        },
      },
    },
  });

/** The group's coordinator. */
export const group = (options: TransactionsOptions): Component => ({ machine: machine(options) });
