/**
 * The controller, as far as it matters here: who leads, and is the other replica in the ISR? Also
 * where faults strike: the end of a broker and what the controller makes of it are one move.
 *
 * Left out: unclean elections, min.insync.replicas (a leader alone goes on), fencing, metadata that
 * arrives late. All that is the replication model's.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect, type Message } from '../../../src/model/index.ts';
import type * as m from './messages.ts';

export type Partition = {
  /** Who leads, or led last. */
  leader: string;
  /** Is the replica that does not lead in the ISR? */
  followerInSync: boolean;
  down: string[];
  [key: string]: unknown;
};

type OfBroker = { type: 'CRASH' | 'RESTART' | 'LAG'; broker: string };
type Events = OfBroker | { type: 'MOVE_LEADERSHIP' | 'REBALANCE' } | m.JoinIsr;

const lead = (to: string, followerInSync: boolean): m.Lead => ({
  type: 'LEAD',
  to,
  followerInSync,
});
const order = (to: string, type: m.Order['type'], replaced: boolean): m.Order => ({
  type,
  to,
  replaced,
});
const isrChanged = (to: string, followerInSync: boolean): Message =>
  ({ type: 'ISR_CHANGED', to, followerInSync }) as m.IsrChanged;

function partitionMachine(replicas: readonly string[]) {
  const other = (name: string): string | null => replicas.find((one) => one !== name) ?? null;
  const isUp = ({ down }: Partition, name: string | null): name is string =>
    name !== null && !down.includes(name);

  const hasFollower = (me: Partition): boolean =>
    me.followerInSync && isUp(me, me.leader) && isUp(me, other(me.leader));

  /** The other one takes over if it is in the ISR; else the partition waits for its leader. */
  function crash(me: Partition, { broker }: OfBroker): Effect<Partition> {
    const down = [...me.down, broker].sort();
    const heir = other(broker);
    if (broker !== me.leader) {
      const told = isUp(me, me.leader) ? [isrChanged(me.leader, false)] : [];
      const followerInSync = isUp(me, me.leader) ? false : me.followerInSync;
      return { set: { down, followerInSync }, send: [order(broker, 'STOP', false), ...told] };
    }
    if (!me.followerInSync || !isUp(me, heir)) {
      return { set: { down }, send: [order(broker, 'STOP', false)] };
    }
    return {
      set: { down, leader: heir, followerInSync: false },
      send: [order(broker, 'STOP', true), lead(heir, false)],
    };
  }
  function restart(me: Partition, { broker }: OfBroker): Effect<Partition> {
    const down = me.down.filter((name) => name !== broker);
    const back = broker === me.leader ? lead(broker, false) : order(broker, 'FOLLOW', false);
    const followerInSync = broker === me.leader ? false : me.followerInSync;
    return { set: { down, followerInSync }, send: [back] };
  }

  return setup({
    types: {} as { context: Partition; events: Events; input: { partition: Partition } },
    guards: {
      isUp: ({ context, event }) => isUp(context, (event as OfBroker).broker),
      isDown: ({ context, event }) => !isUp(context, (event as OfBroker).broker),
      hasFollower: ({ context }) => hasFollower(context),
      isElsewhere: ({ context }) => context.leader !== replicas[0] && hasFollower(context),
    },
    actions: {
      crash: act<Partition, OfBroker>(crash),
      restart: act<Partition, OfBroker>(restart),
      // A follower that lags leaves the ISR; a leader that does is replaced, and comes to follow.
      lag: act<Partition, OfBroker>(({ leader }, { broker }) => {
        if (broker !== leader) {
          return { set: { followerInSync: false }, send: [isrChanged(leader, false)] };
        }
        const heir = other(leader)!;
        return {
          set: { leader: heir, followerInSync: false },
          send: [order(leader, 'FOLLOW', true), lead(heir, false)],
        };
      }),
      expand: act<Partition, Events>(({ leader }) => ({
        set: { followerInSync: true },
        send: [isrChanged(leader, true)],
      })),
      swapRoles: act<Partition, Events>(({ leader }) => {
        const next = other(leader)!;
        return { set: { leader: next }, send: [order(leader, 'FOLLOW', true), lead(next, true)] };
      }),
    },
  }).createMachine({
    id: 'partition',
    context: ({ input }) => input.partition,
    initial: 'governing',
    states: {
      governing: {
        on: {
          CRASH: { guard: 'isUp', actions: 'crash' },
          RESTART: { guard: 'isDown', actions: 'restart' },
          LAG: { guard: 'hasFollower', actions: 'lag' },
          MOVE_LEADERSHIP: { guard: 'hasFollower', actions: 'swapRoles' },
          REBALANCE: { guard: 'isElsewhere', actions: 'swapRoles' },
          JOIN_ISR: { actions: 'expand' },
        },
      },
    },
  });
}

export const partition = (replicas: readonly string[]): Component => ({
  machine: partitionMachine(replicas),
  input: {
    partition: { leader: replicas[0]!, followerInSync: replicas.length > 1, down: [] } as Partition,
  },
});
