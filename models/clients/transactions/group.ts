/**
 * The group coordinator of a transforming application: who may commit, and where a reader goes on.
 *
 * Every process that starts joins and raises the generation; the input has one partition, so it moves
 * to the newest member. Offsets travel through the offsets partition like any other record of the
 * transaction; the group serves positions from a cache of that log.
 *
 * Left out: that of two pending offsets the one written later counts (with generations checked and
 * pending offsets waited for there is one at a time), rebalances in phases
 * (models/clients/consumers), a group coordinator's failover (its cache is read from the log again),
 * members that leave.
 *
 * Sources: group-coordinator/.../OffsetMetadataManager.java (commitTransactionalOffset, fetchOffsets,
 * replayEndTransactionMarker), ConsumerGroup.java and ClassicGroup.java (validateOffsetCommit); KIP-447.
 */
import { setup } from 'xstate';
import { act, type Component } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import type { TransactionsOptions } from './options.ts';
import { answer } from './partition.ts';

export type Group = {
  generation: number;
  /** What is served. */
  committed: number;
  /** By producer id: what a marker will commit or drop. */
  pending: Record<string, number>;
  /** Markers that are in the log, and not yet in this cache. */
  marks: { pid: number; result: m.Result }[];
  [key: string]: unknown;
};

type Events =
  | m.JoinGroup
  | m.FetchOffset
  | m.TxnOffsetCommit
  | m.OffsetWritten
  | m.OffsetsMarked
  | { type: 'MATERIALISE' };

/** A marker takes whatever is pending of its producer id. */
function materialised(me: Group, { pid, result }: Group['marks'][number]): Partial<Group> {
  const { [pid]: own, ...pending } = me.pending;
  return { pending, committed: result === 'commit' ? (own ?? me.committed) : me.committed };
}

const machine = ({ rules }: TransactionsOptions) =>
  setup({
    types: {} as { context: Group; events: Events },
    guards: {
      isBehind: ({ context }) => context.marks.length > 0,
    },
    actions: {
      join: act<Group, m.JoinGroup>(({ generation }, { from }) => ({
        set: { generation: generation + 1 },
        send: [{ type: 'JOINED', to: from, generation: generation + 1 } as m.Joined],
      })),
      // requireStable: a pending offset may be committed yet; who goes on from the older one repeats.
      tellOffset: act<Group, m.FetchOffset>(({ committed, pending }, { from }) => {
        const isUnstable = rules.waitsForStableOffsets && Object.keys(pending).length > 0;
        const offset = isUnstable ? null : committed;
        return { send: [{ type: 'OFFSET', to: from, offset } as m.Offset] };
      }),
      commitOffset: act<Group, m.TxnOffsetCommit>((me, { batch, generation }) => {
        if (rules.checksGeneration && generation !== me.generation) {
          return { send: answer(batch, 'ILLEGAL_GENERATION') };
        }
        if (rules.offsetsInTransaction) {
          return { send: [{ type: 'PRODUCE', to: 'offsets', batch } as m.Produce] };
        }
        return { set: { committed: batch.value }, send: answer(batch, null) };
      }),
      notePending: act<Group, m.OffsetWritten>(({ pending }, { pid, offset }) => ({
        set: { pending: { ...pending, [pid]: offset } },
      })),
      noteMark: act<Group, m.OffsetsMarked>((me, { pid, result }) => ({
        set: rules.materialisesOffsets
          ? materialised(me, { pid, result })
          : { marks: [...me.marks, { pid, result }] },
      })),
      materialise: act<Group, Events>((me) => ({
        set: { ...materialised(me, me.marks[0]!), marks: me.marks.slice(1) },
      })),
    },
  }).createMachine({
    id: 'transactionsGroup',
    context: { generation: 1, committed: 0, pending: {}, marks: [] },
    initial: 'stable',
    states: {
      stable: {
        on: {
          JOIN_GROUP: { actions: 'join' },
          FETCH_OFFSET: { actions: 'tellOffset' },
          TXN_OFFSET_COMMIT: { actions: 'commitOffset' },
          OFFSET_WRITTEN: { actions: 'notePending' },
          OFFSETS_MARKED: { actions: 'noteMark' },
          MATERIALISE: { guard: 'isBehind', actions: 'materialise' },
        },
      },
    },
  });

/** The group's coordinator. */
export const group = (options: TransactionsOptions): Component => ({ machine: machine(options) });
