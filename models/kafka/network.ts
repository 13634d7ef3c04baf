/**
 * The world around the processes: which brokers run. It is where faults strike.
 *
 * Three reductions, each exact for what is asked of the model:
 * - A broker's end and the controller's noticing it (its session expires) are one move. Whatever
 *   happens in between could as well happen before the end, the broker being idle.
 * - A partition is what it does: the session of a broker that lives expires. How long it lasts needs
 *   no state, for every message may be put off as long as one likes: the partition is over when the
 *   broker next hears or is heard. For the same reason a cut between two brokers adds no behaviour.
 * - A pause (a long garbage collection, a starved disk) does the same, and is a budget of its own.
 */
import { setup } from 'xstate';
import {
  act,
  type Component,
  type Gate,
  type Local,
  type Message,
  type Stimulus,
} from '../../src/model/index.ts';
import type * as m from './messages.ts';

type Condition = 'up' | 'down';

type World = {
  /** Kinds of channels (`kind:broker`) whose waiting messages die with their receiver. */
  channels: string[];
  brokers: Record<string, Condition>;
  [key: string]: unknown;
};

/** `keep`: offset below which the log survives; null: all of it does. */
type Strike = {
  type: 'CRASH' | 'LOSE_POWER' | 'LOSE_DISK';
  broker: string;
  keep: number | null;
  fetchInFlight: boolean;
  oldCheckpoint: boolean;
};
type Events = Strike | { type: 'PAUSE' | 'CUT' | 'RESTART'; broker: string } | m.Stopped;
type Named = Exclude<Events, m.Stopped>;

const conditionOf = (world: World, event: Events): Condition =>
  world.brokers[event.type === 'STOPPED' ? event.from : event.broker]!;

const become = (world: World, broker: string, condition: Condition): Partial<World> => ({
  brokers: { ...world.brokers, [broker]: condition },
});

const expired = (broker: string): m.SessionExpired => ({
  type: 'SESSION_EXPIRED',
  to: 'controller',
  broker,
});

const flush = ({ channels }: World, broker: string): Message[] =>
  channels.map((kind) => ({ type: 'FLUSH', to: `${kind}:${broker}` }));

const machine = setup({
  types: {} as { context: World; events: Events; input: { brokers: string[]; channels: string[] } },
  guards: {
    isUp: ({ context, event }) => conditionOf(context, event) === 'up',
    isDown: ({ context, event }) => conditionOf(context, event) === 'down',
  },
  actions: {
    strike: act<World, Strike>((world, { type, broker, keep, ...how }) => {
      const diskLost = type === 'LOSE_DISK';
      const killed: m.Killed = { type: 'KILLED', to: broker, keep, diskLost, ...how };
      const disconnected: m.Disconnected = { type: 'DISCONNECTED', to: 'producer', from: broker };
      return {
        set: become(world, broker, 'down'),
        send: [killed, disconnected, ...flush(world, broker), expired(broker)],
      };
    }),
    silence: act<World, Named>((_, { broker }) => ({ send: [expired(broker)] })),
    restart: act<World, Named>((world, { broker }) => ({
      set: become(world, broker, 'up'),
      send: [{ type: 'START', to: broker } as m.Start],
    })),
    // After a controlled shutdown the controller waits for no session.
    stopped: act<World, m.Stopped>((world, { from }) => ({
      set: become(world, from, 'down'),
      send: [
        expired(from),
        { type: 'DISCONNECTED', to: 'producer', from } as m.Disconnected,
        ...flush(world, from),
      ],
    })),
  },
}).createMachine({
  id: 'network',
  context: ({ input }) => ({
    channels: input.channels,
    brokers: Object.fromEntries(input.brokers.map((id) => [id, 'up' as Condition])),
  }),
  initial: 'there',
  states: {
    there: {
      on: {
        CRASH: { guard: 'isUp', actions: 'strike' },
        LOSE_POWER: { guard: 'isUp', actions: 'strike' },
        LOSE_DISK: { guard: 'isUp', actions: 'strike' },
        PAUSE: { guard: 'isUp', actions: 'silence' },
        CUT: { guard: 'isUp', actions: 'silence' },
        RESTART: { guard: 'isDown', actions: 'restart' },
        STOPPED: { actions: 'stopped' },
      },
    },
  },
});

export const network = (brokers: readonly string[], channels: string[]): Component => ({
  machine,
  input: { brokers: [...brokers], channels },
});

/** Which links carry messages, given the world. */
export const gate: Gate = {
  component: 'network',
  open: (local: Local, from: string, to: string): boolean => {
    const { brokers } = local.context as World;
    if (from === 'network' || to === 'network') return true;
    const isUp = (end: string): boolean => brokers[end.replace(/^\w+:/, '')] !== 'down';
    // What a process has sent may still arrive after it died.
    return isUp(to);
  },
};

/**
 * Faults and repairs of `brokers`.
 * @param options.records longest log: a power loss may keep any part of it.
 */
export function networkStimuli(
  brokers: readonly string[],
  options: { records: number },
): Stimulus[] {
  const fault = (event: Events, kind: string): Stimulus => ({
    to: 'network',
    event,
    class: 'fault',
    cost: { [kind]: 1 },
  });
  const plain = (type: Named['type'], broker: string, kind: Stimulus['class']): Stimulus => ({
    to: 'network',
    event: { type, broker } as Events,
    class: kind,
  });
  const lengths = Array.from({ length: options.records }, (_, keep) => keep);
  const checkpoints = [false, true];
  return brokers.flatMap((broker) => [
    ...checkpoints.flatMap((oldCheckpoint) => [
      fault({ ...killing(broker), type: 'CRASH', oldCheckpoint }, 'brokerCrash'),
      // A fetch on its way matters only if its sender forgets what it had: a process that dies
      // without losing records could as well have had its fetch answered.
      ...[false, true].flatMap((fetchInFlight) => {
        const how = { ...killing(broker), fetchInFlight, oldCheckpoint };
        return [
          ...lengths.map((keep) => fault({ ...how, type: 'LOSE_POWER', keep }, 'powerLoss')),
          fault({ ...how, type: 'LOSE_DISK', keep: 0 }, 'diskLoss'),
        ];
      }),
    ]),
    fault({ type: 'PAUSE', broker }, 'slowReplica'),
    fault({ type: 'CUT', broker }, 'partition'),
    plain('RESTART', broker, 'repair'),
  ]);
}

const killing = (broker: string): Omit<Strike, 'type'> => ({
  broker,
  keep: null,
  fetchInFlight: false,
  oldCheckpoint: false,
});
