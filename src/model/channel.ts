/**
 * A FIFO channel: the component behind a queued link.
 *
 * Messages that other components send over the link wait here until `DELIVER` takes the head away
 * and sends it on, or `DROP` loses it. A full channel refuses: the move that would overfill it is
 * no move of the system (the bound is part of the verdict's scope).
 */
import { type EventObject, setup } from 'xstate';
import { act } from './act.ts';
import type { Budget, Component, Message, Stimulus } from './system.ts';

interface Waiting {
  /** Messages in the order in which they were sent. */
  queue: Message[];
  /** Most messages that may wait. */
  capacity: number;
  [key: string]: unknown;
}

/** The event by which the engine hands a message to a channel. */
export interface Enqueue extends EventObject {
  type: 'ENQUEUE';
  message: Message;
}
/** Takes the first `count` messages; only the last of them is sent on. */
interface Deliver extends EventObject {
  type: 'DELIVER';
  count: number;
}
type ChannelEvent = Enqueue | Deliver | { type: 'DROP' } | { type: 'FLUSH' };

const machine = setup({
  types: {} as { context: Waiting; events: ChannelEvent; input: { capacity: number } },
  guards: {
    hasRoom: ({ context }) => context.queue.length < context.capacity,
    holds: ({ context, event }) =>
      context.queue.length >= (event.type === 'DELIVER' ? event.count : 1),
  },
  actions: {
    append: act<Waiting, Enqueue>(({ queue }, { message }) => ({
      set: { queue: [...queue, message] },
    })),
    deliver: act<Waiting, Deliver>(({ queue }, { count }) => ({
      set: { queue: queue.slice(count) },
      send: [queue[count - 1]!],
    })),
    drop: act<Waiting, ChannelEvent>(({ queue }) => ({ set: { queue: queue.slice(1) } })),
    flush: act<Waiting, ChannelEvent>(() => ({ set: { queue: [] } })),
  },
}).createMachine({
  id: 'channel',
  context: ({ input }) => ({ queue: [], capacity: input.capacity }),
  initial: 'open',
  states: {
    open: {
      on: {
        ENQUEUE: { guard: 'hasRoom', actions: 'append' },
        DELIVER: { guard: 'holds', actions: 'deliver' },
        DROP: { guard: 'holds', actions: 'drop' },
        FLUSH: { guard: 'holds', actions: 'flush' },
      },
    },
  },
});

/**
 * A channel that holds at most `capacity` messages, with the stimuli that deliver and lose them.
 *
 * @param name the component's name in the system.
 * @param options.coalesce up to how many messages one delivery may take at once, of which only the
 *   last is sent on (a reader that catches up sees only the newest state); 1 unless told.
 * @param options.loss what losing the head costs; left out, nothing is lost here.
 */
export function channel(
  name: string,
  options: { capacity: number; coalesce?: number; loss?: Budget },
): { component: Component; stimuli: Stimulus[] } {
  const { capacity, coalesce = 1, loss } = options;
  const stimuli: Stimulus[] = [];
  for (let count = 1; count <= coalesce; count++) {
    stimuli.push({ to: name, event: { type: 'DELIVER', count } as Deliver, class: 'protocol' });
  }
  if (loss) stimuli.push({ to: name, event: { type: 'DROP' }, class: 'fault', cost: loss });
  return { component: { machine, input: { capacity } }, stimuli };
}
