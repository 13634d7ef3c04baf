/**
 * The world around the processes: which brokers run, which are cut off from the controller, and the
 * silence that others notice. It is where faults strike.
 *
 * A partition cuts a broker off from the controller. Whether its peers still hear it is left open:
 * any fetch may be put off for ever anyway, so a cut between brokers adds no behaviour.
 */
import { setup } from 'xstate';
import {
  act,
  type Component,
  type Gate,
  type Local,
  type Stimulus,
} from '../../src/model/index.ts';
import type * as m from './messages.ts';

/** `down`: stopped, its session still alive; `gone`: stopped, and the controller knows. */
type Condition = 'up' | 'cut' | 'down' | 'gone';

type World = {
  brokers: Record<string, Condition>;
  [key: string]: unknown;
};

/** `keep`: offset below which the log survives; null: all of it does. */
type Strike = {
  type: 'CRASH' | 'LOSE_POWER' | 'LOSE_DISK';
  broker: string;
  keep: number | null;
  fetchInFlight: boolean;
};
type Events =
  | Strike
  | { type: 'EXPIRE_SESSION' | 'PAUSE' | 'CUT' | 'HEAL' | 'RESTART'; broker: string }
  | m.Stopped;
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

const machine = setup({
  types: {} as { context: World; events: Events; input: { brokers: string[] } },
  guards: {
    isUp: ({ context, event }) => conditionOf(context, event) === 'up',
    isRunning: ({ context, event }) => ['up', 'cut'].includes(conditionOf(context, event)),
    isCut: ({ context, event }) => conditionOf(context, event) === 'cut',
    isSilent: ({ context, event }) => ['cut', 'down'].includes(conditionOf(context, event)),
    isGone: ({ context, event }) => conditionOf(context, event) === 'gone',
  },
  actions: {
    strike: act<World, Strike>((world, { broker, keep, fetchInFlight }) => {
      const killed: m.Killed = { type: 'KILLED', to: broker, keep, fetchInFlight };
      const disconnected: m.Disconnected = { type: 'DISCONNECTED', to: 'producer', from: broker };
      const flush = { type: 'FLUSH', to: `metadata:${broker}` };
      return { set: become(world, broker, 'down'), send: [killed, disconnected, flush] };
    }),
    // The controller hears nothing for broker.session.timeout.ms.
    expire: act<World, Named>((world, { broker }) => ({
      set: world.brokers[broker] === 'down' ? become(world, broker, 'gone') : {},
      send: [expired(broker)],
    })),
    // A process that is alive, but paused for longer than its session lasts.
    pause: act<World, Named>((_, { broker }) => ({ send: [expired(broker)] })),
    cut: act<World, Named>((world, { broker }) => ({ set: become(world, broker, 'cut') })),
    heal: act<World, Named>((world, { broker }) => ({ set: become(world, broker, 'up') })),
    restart: act<World, Named>((world, { broker }) => ({
      set: become(world, broker, 'up'),
      send: [{ type: 'START', to: broker } as m.Start],
    })),
    // After a controlled shutdown the controller waits for no session.
    stopped: act<World, m.Stopped>((world, { from }) => ({
      set: become(world, from, 'gone'),
      send: [
        expired(from),
        { type: 'DISCONNECTED', to: 'producer', from } as m.Disconnected,
        { type: 'FLUSH', to: `metadata:${from}` },
      ],
    })),
  },
}).createMachine({
  id: 'network',
  context: ({ input }) => ({
    brokers: Object.fromEntries(input.brokers.map((id) => [id, 'up' as Condition])),
  }),
  initial: 'there',
  states: {
    there: {
      on: {
        CRASH: { guard: 'isRunning', actions: 'strike' },
        LOSE_POWER: { guard: 'isRunning', actions: 'strike' },
        LOSE_DISK: { guard: 'isRunning', actions: 'strike' },
        EXPIRE_SESSION: { guard: 'isSilent', actions: 'expire' },
        PAUSE: { guard: 'isUp', actions: 'pause' },
        CUT: { guard: 'isUp', actions: 'cut' },
        HEAL: { guard: 'isCut', actions: 'heal' },
        // A broker registers again only after its old session ended (DUPLICATE_BROKER_REGISTRATION).
        RESTART: { guard: 'isGone', actions: 'restart' },
        STOPPED: { actions: 'stopped' },
      },
    },
  },
});

export const network = (brokers: readonly string[]): Component => ({
  machine,
  input: { brokers: [...brokers] },
});

/** Which links carry messages, given the world. */
export const gate: Gate = {
  component: 'network',
  open: (local: Local, from: string, to: string): boolean => {
    const { brokers } = local.context as World;
    if (from === 'network' || to === 'network') return true;
    const at = (end: string): Condition => brokers[end.replace(/^\w+:/, '')] ?? 'up';
    const isRunning = (end: string): boolean => at(end) === 'up' || at(end) === 'cut';
    if (!isRunning(to)) return false;
    // What a process has sent may still arrive after it died.
    if (from === 'controller') return to.startsWith('metadata:') || at(to) === 'up';
    if (from.startsWith('metadata:')) return at(to) === 'up';
    return to !== 'controller' || at(from) === 'up';
  },
};

/**
 * Faults and repairs of `brokers`.
 * @param options.records longest log: a power loss may keep any part of it.
 * @param options.inFlight may a fetch be on its way when a broker dies?
 */
export function networkStimuli(
  brokers: readonly string[],
  options: { records: number; inFlight: boolean },
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
  const flights = options.inFlight ? [false, true] : [false];
  const lengths = Array.from({ length: options.records }, (_, keep) => keep);
  return brokers.flatMap((broker) => [
    ...flights.flatMap((fetchInFlight) => [
      fault({ type: 'CRASH', broker, keep: null, fetchInFlight }, 'brokerCrash'),
      ...lengths.map((keep) =>
        fault({ type: 'LOSE_POWER', broker, keep, fetchInFlight }, 'powerLoss'),
      ),
      fault({ type: 'LOSE_DISK', broker, keep: 0, fetchInFlight }, 'diskLoss'),
    ]),
    fault({ type: 'PAUSE', broker }, 'slowReplica'),
    fault({ type: 'CUT', broker }, 'partition'),
    plain('EXPIRE_SESSION', broker, 'protocol'),
    plain('HEAL', broker, 'repair'),
    plain('RESTART', broker, 'repair'),
  ]);
}
