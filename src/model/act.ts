/**
 * How a machine of a model states what it does: one pure function from context and event to the
 * fields that change and the messages that leave.
 */
import { type EventObject, enqueueActions, type MachineContext } from 'xstate';
import type { Message } from './system.ts';

/** What an action does: fields that change, and messages that leave, in order. */
export interface Effect<C> {
  readonly set?: Partial<C>;
  readonly send?: readonly Message[];
}

/**
 * Turns a pure function into an XState action that assigns and emits.
 *
 * @param effect from context and event to an `Effect`; must not change its arguments.
 * @example `actions: act<Follower, Fetched>((me, event) => ({ set: { log: [...] } }))`
 */
export function act<C extends MachineContext, E extends EventObject>(
  effect: (context: C, event: E) => Effect<C>,
  // biome-ignore lint/suspicious/noExplicitAny: an action of any machine; XState infers the rest.
): any {
  return enqueueActions<C, E, undefined, E, never, never, never, never, Message>(
    ({ context, event, enqueue }) => {
      const { set, send = [] } = effect(context, event);
      if (set && Object.keys(set).length > 0) enqueue.assign(set as never);
      for (const message of send) enqueue.emit(message);
    },
  );
}
