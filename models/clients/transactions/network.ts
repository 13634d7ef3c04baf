/**
 * The requests that are late: each was sent on a connection that is gone, and waits in a socket or in
 * a broker's request queue until somebody reads it, or for ever. They overtake each other freely.
 *
 * All other requests are answered within the step that sends them, or are lost in it.
 */
import { setup } from 'xstate';
import { act, type Component, type Message, type Stimulus } from '../../../src/model/index.ts';

export type Network = {
  /** In the order in which they were sent. */
  late: Message[];
  [key: string]: unknown;
};

interface Delay extends Message {
  type: 'DELAY';
  message: Message;
}
type Deliver = { type: 'DELIVER_LATE'; at: number };

/** `message`, to be delivered late. */
export const delayed = (message: Message): Message =>
  ({ type: 'DELAY', to: 'network', message }) as Delay;

const machine = setup({
  types: {} as { context: Network; events: Delay | Deliver },
  guards: {
    holds: ({ context, event }) => context.late.length > (event as Deliver).at,
  },
  actions: {
    hold: act<Network, Delay>(({ late }, { message }) => ({ set: { late: [...late, message] } })),
    deliver: act<Network, Deliver>(({ late }, { at }) => ({
      set: { late: late.filter((_, index) => index !== at) },
      send: [late[at]!],
    })),
  },
}).createMachine({
  id: 'transactionsNetwork',
  context: { late: [] },
  initial: 'open',
  states: {
    open: {
      on: {
        DELAY: { actions: 'hold' },
        DELIVER_LATE: { guard: 'holds', actions: 'deliver' },
      },
    },
  },
});

export const network: Component = { machine };

/** Deliveries for as many late requests as there can be. */
export const networkStimuli = (most: number): Stimulus[] =>
  Array.from({ length: most }, (_, at) => ({
    to: 'network',
    event: { type: 'DELIVER_LATE', at } as Deliver,
    class: 'protocol',
  }));
