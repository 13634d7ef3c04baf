/**
 * A broker with its replica of the one partition, as a producer meets it.
 *
 * States: `down`; running it is `following` or `leading`. A broker that leads may have been deposed
 * without knowing.
 *
 * Requests of one connection are read in their order, and the next one only when the one before is
 * answered (SocketServer mutes the connection). When a connection breaks, what was sent over it may
 * still be read, any time later: such requests are *late*, and nobody hears their answer. That the
 * rest of them never arrives is their not being read.
 *
 * Replication is abstract: a follower copies its leader's whole log in one move, and what it has
 * copied is committed. ISR, leader epochs and lossy crashes are the replication model's subject; all
 * that matters here is that a new leader has what was committed, and perhaps more, and that what only
 * the old one had is cut off.
 *
 * Left out: transactions (a model of their own), several producers, batches of several records.
 *
 * Sources: core/.../kafka/server/ReplicaManager.scala, cluster/Partition.scala, network/SocketServer.scala;
 * UnifiedLog.append.
 */
import { setup } from 'xstate';
import { act, beyondBounds, type Component, type Stimulus } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import { type Broker, type BrokerSettings, type ReadLate, Steps, toPeer } from './replica.ts';

type Events =
  | { type: 'READ' | 'ANSWER' | 'FETCH_ROUND' | 'EXPIRE_STATE' }
  | ReadLate
  | m.Copy
  | m.Fetch
  | m.Follow
  | m.ForgetProducer
  | m.Killed
  | m.Lead
  | m.Produce
  | m.Sever
  | m.Start;

function brokerMachine(settings: BrokerSettings, initial: 'leading' | 'following') {
  const steps = new Steps(settings);
  const has = (connection: number, { late }: Broker): boolean =>
    (late[connection]?.length ?? 0) > 0;
  return setup({
    types: {} as { context: Broker; events: Events; input: { id: string; peer: string | null } },
    guards: {
      mayRead: ({ context }) => context.inbox.length > 0 && context.serving === null,
      mayReadLate: ({ context, event }) => has((event as ReadLate).connection, context),
      isAnswered: ({ context }) => context.outbox.length > 0,
    },
    actions: {
      receive: act<Broker, m.Produce>(({ inbox }, { batch }) => ({
        set: { inbox: [...inbox, batch] },
      })),
      // Nobody accepts the connection: the client tries elsewhere.
      unreachable: act<Broker, m.Produce>(() => ({ send: [beyondBounds] })),
      read: act<Broker, Events>((me) => steps.read(me)),
      refuse: act<Broker, Events>((me) => steps.refuse(me)),
      readLate: act<Broker, ReadLate>((me, event) => steps.readLate(me, event)),
      passOver: act<Broker, ReadLate>(({ late }, { connection }) => ({
        set: { late: late.with(connection, late[connection]!.slice(1)) },
      })),
      answer: act<Broker, Events>(({ outbox }) => ({
        set: { outbox: outbox.slice(1) },
        send: [outbox[0]!],
      })),
      stepDown: act<Broker, Events>((me) => steps.stepDown(me)),
      askLeader: act<Broker, Events>((me) => ({
        send: toPeer(me, { type: 'FETCH', from: me.id }),
      })),
      serveFetch: act<Broker, m.Fetch>((me) => steps.serveFetch(me)),
      copy: act<Broker, m.Copy>((me, event) => steps.copy(me, event)),
      // The client hears of it at once; what it sent may still be read.
      sever: act<Broker, m.Sever>(({ id, inbox, late }) => ({
        set: {
          inbox: [],
          outbox: [],
          serving: null,
          late: inbox.length > 0 ? [...late, inbox] : late,
        },
        send: [{ type: 'DISCONNECTED', to: 'producer', from: id } as m.Disconnected],
      })),
      expire: act<Broker, Events>(({ log }) => ({ set: { state: null, expired: log.length } })),
      // No request is as old as that.
      forget: act<Broker, Events>(({ log }) => ({
        set: { state: null, expired: log.length, late: [] },
      })),
      die: act<Broker, Events>(({ id }) => ({
        set: { state: null, inbox: [], outbox: [], serving: null, late: [] },
        send: [{ type: 'DISCONNECTED', to: 'producer', from: id } as m.Disconnected],
      })),
      start: act<Broker, Events>((me) => steps.start(me)),
    },
  }).createMachine({
    id: 'broker',
    context: ({ input }) => ({
      ...input,
      log: [],
      highWatermark: 0,
      state: null,
      expired: 0,
      inbox: [],
      serving: null,
      outbox: [],
      late: [],
    }),
    initial: 'running',
    states: {
      running: {
        initial,
        on: {
          PRODUCE: { actions: 'receive' },
          ANSWER: { guard: 'isAnswered', actions: 'answer' },
          SEVER: { actions: 'sever' },
          EXPIRE_STATE: { actions: 'expire' },
          FORGET_PRODUCER: { actions: 'forget' },
          KILLED: { target: 'down', actions: 'die' },
        },
        states: {
          following: {
            on: {
              READ: { guard: 'mayRead', actions: 'refuse' },
              READ_LATE: { guard: 'mayReadLate', actions: 'passOver' },
              FETCH_ROUND: { actions: 'askLeader' },
              COPY: { actions: 'copy' },
              LEAD: { target: 'leading' },
            },
          },
          leading: {
            on: {
              READ: { guard: 'mayRead', actions: 'read' },
              READ_LATE: { guard: 'mayReadLate', actions: 'readLate' },
              FETCH: { actions: 'serveFetch' },
              FOLLOW: { target: 'following', actions: 'stepDown' },
            },
          },
        },
      },
      down: {
        on: {
          PRODUCE: { actions: 'unreachable' },
          START: { target: 'running.following', actions: 'start' },
        },
      },
    },
  });
}

/** The brokers `b1`, which leads first, and with two replicas `b2`. */
export function brokers(settings: BrokerSettings, replicas: 1 | 2): Record<string, Component> {
  const b1 = brokerMachine(settings, 'leading');
  if (replicas === 1) return { b1: { machine: b1, input: { id: 'b1', peer: null } } };
  const b2 = brokerMachine(settings, 'following');
  return {
    b1: { machine: b1, input: { id: 'b1', peer: 'b2' } },
    b2: { machine: b2, input: { id: 'b2', peer: 'b1' } },
  };
}

/**
 * What happens at a broker of itself.
 * @param has.connections broken connections there can be.
 * @param has.expires may what it remembers of the producer expire while a batch is on its way?
 * @param has.follows is there another replica to fetch from?
 */
export const brokerStimuli = (
  id: string,
  has: { connections: number; expires: boolean; follows: boolean },
): Stimulus[] => {
  const { connections, expires, follows } = has;
  const own = (event: Events): Stimulus => ({ to: id, event, class: 'protocol' });
  return [
    own({ type: 'READ' }),
    own({ type: 'ANSWER' }),
    ...(follows ? [own({ type: 'FETCH_ROUND' })] : []),
    ...Array.from({ length: connections }, (_, connection) =>
      own({ type: 'READ_LATE', connection }),
    ),
    ...(expires ? [own({ type: 'EXPIRE_STATE' })] : []),
  ];
};
