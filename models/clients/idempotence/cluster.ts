/**
 * The world around the brokers: who runs, who leads, and where faults strike.
 *
 * Elections are clean and take no time: the other replica leads. It has all that was committed, for
 * committed is what both have. A leader that is cut off or paused does not know that it was deposed
 * until it reads the metadata; until then it goes on appending, and commits nothing.
 *
 * A dead process closes its connections: the client hears of its end, asks for metadata and is told
 * the new leader before the dead broker is back. `staleMetadata` leaves that order open.
 *
 * Left out: power that fails without a connection being closed. To the producer that is a leader which
 * is cut off, and then dies.
 *
 * Sources: the replication model (`models/kafka`), of which this is the abstraction.
 */
import { setup } from 'xstate';
import { act, type Component, type Message, type Stimulus } from '../../../src/model/index.ts';
import type * as m from './messages.ts';

type Condition = 'up' | 'down';

export type Cluster = {
  brokers: Record<string, Condition>;
  leader: string | null;
  /** A broker that was deposed and has not read it yet. */
  deposed: string | null;
  [key: string]: unknown;
};

type Named = { type: 'CRASH' | 'RESTART' | 'BREAK'; broker: string };
type Events = Named | { type: 'CUT' | 'PAUSE' | 'SHUT_DOWN' | 'TELL_DEPOSED' | 'TELL_CLIENT' };

const other = ({ brokers }: Cluster, than: string | null): string | null =>
  Object.keys(brokers).find((id) => id !== than && brokers[id] === 'up') ?? null;

const lead = (to: string): m.Lead => ({ type: 'LEAD', to });
const tell = (leader: string): m.Metadata => ({ type: 'METADATA', to: 'producer', leader });

const clusterMachine = (staleMetadata: boolean) => {
  /** A client that lost its connection asks who leads. */
  const asked = (leader: string | null): Message[] =>
    staleMetadata || leader === null ? [] : [tell(leader)];
  return setup({
    types: {} as { context: Cluster; events: Events; input: { brokers: string[] } },
    guards: {
      isUp: ({ context, event }) => context.brokers[(event as Named).broker] === 'up',
      isDown: ({ context, event }) => context.brokers[(event as Named).broker] === 'down',
      hasSuccessor: ({ context }) =>
        context.leader !== null &&
        context.deposed === null &&
        other(context, context.leader) !== null,
      isDeposed: ({ context }) => context.deposed !== null,
      isLed: ({ context }) => context.leader !== null,
    },
    actions: {
      crash: act<Cluster, Named>((world, { broker }) => {
        const brokers = { ...world.brokers, [broker]: 'down' as Condition };
        const leader =
          world.leader === broker ? other({ ...world, brokers }, broker) : world.leader;
        const isElected = leader !== null && leader !== world.leader;
        const deposed = [broker, leader].includes(world.deposed) ? null : world.deposed;
        return {
          set: { brokers, leader, deposed },
          send: [
            { type: 'KILLED', to: broker } as m.Killed,
            ...(isElected ? [lead(leader)] : []),
            ...asked(leader),
          ],
        };
      }),
      restart: act<Cluster, Named>((world, { broker }) => {
        const leader = world.leader ?? broker;
        return {
          set: { brokers: { ...world.brokers, [broker]: 'up' }, leader },
          send: [
            { type: 'START', to: broker } as m.Start,
            ...(world.leader === null ? [lead(broker), ...asked(broker)] : []),
          ],
        };
      }),
      breakConnection: act<Cluster, Named>(({ leader }, { broker }) => ({
        send: [{ type: 'SEVER', to: broker } as m.Sever, ...asked(leader)],
      })),
      depose: act<Cluster, Events>((world) => {
        const next = other(world, world.leader)!;
        return { set: { leader: next, deposed: world.leader }, send: [lead(next)] };
      }),
      handOver: act<Cluster, Events>((world) => {
        const next = other(world, world.leader)!;
        const follow: m.Follow = { type: 'FOLLOW', to: world.leader! };
        return { set: { leader: next }, send: [follow, lead(next)] };
      }),
      tellDeposed: act<Cluster, Events>(({ deposed }) => ({
        set: { deposed: null },
        send: [{ type: 'FOLLOW', to: deposed! } as m.Follow],
      })),
      tellClient: act<Cluster, Events>(({ leader }) => ({ send: [tell(leader!)] })),
    },
  }).createMachine({
    id: 'cluster',
    context: ({ input }) => ({
      brokers: Object.fromEntries(input.brokers.map((id) => [id, 'up' as Condition])),
      leader: input.brokers[0]!,
      deposed: null,
    }),
    initial: 'there',
    states: {
      there: {
        on: {
          TELL_CLIENT: { guard: 'isLed', actions: 'tellClient' },
          TELL_DEPOSED: { guard: 'isDeposed', actions: 'tellDeposed' },
          CUT: { guard: 'hasSuccessor', actions: 'depose' },
          PAUSE: { guard: 'hasSuccessor', actions: 'depose' },
          SHUT_DOWN: { guard: 'hasSuccessor', actions: 'handOver' },
          BREAK: { guard: 'isUp', actions: 'breakConnection' },
          CRASH: { guard: 'isUp', actions: 'crash' },
          RESTART: { guard: 'isDown', actions: 'restart' },
        },
      },
    },
  });
};

export const cluster = (brokers: string[], staleMetadata: boolean): Component => ({
  machine: clusterMachine(staleMetadata),
  input: { brokers },
});

/** Elections, faults and repairs. */
export function clusterStimuli(brokers: readonly string[]): Stimulus[] {
  const at = (event: Events, kind: Stimulus['class'], fault?: string): Stimulus => ({
    to: 'cluster',
    event,
    class: kind,
    ...(fault !== undefined && { cost: { [fault]: 1 } }),
  });
  return [
    at({ type: 'TELL_CLIENT' }, 'protocol'),
    ...(brokers.length > 1
      ? [
          at({ type: 'TELL_DEPOSED' }, 'protocol'),
          at({ type: 'CUT' }, 'fault', 'partition'),
          at({ type: 'PAUSE' }, 'fault', 'slowReplica'),
          at({ type: 'SHUT_DOWN' }, 'fault', 'controlledShutdown'),
        ]
      : []),
    ...brokers.flatMap((broker) => [
      at({ type: 'BREAK', broker }, 'fault', 'lostMessage'),
      at({ type: 'CRASH', broker }, 'fault', 'brokerCrash'),
      at({ type: 'RESTART', broker }, 'repair'),
    ]),
  ];
}
