/**
 * One component at run time: its local states and events as small integers, and every transition
 * computed once.
 *
 * However many global states there are, a component has few local ones. XState takes tens of
 * microseconds a transition; here it is asked once per (local state, event) and the answer is kept.
 */
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createEmptyActor,
  type EventObject,
} from 'xstate';
import { type Component, type Local, type Message, ModelError } from '../model/system.ts';
import type { Identities } from './identities.ts';
import { IntList } from './int-list.ts';
import { Interner } from './interner.ts';
import { ABSENT } from './pair-map.ts';
import { RowMap } from './row-map.ts';

/** Where a message goes: resolved once, when the transition that sends it is computed. */
export interface Route {
  /** Index of the receiving actor (the channel, on a queued link). */
  readonly actor: number;
  /** The event's number at the receiver. */
  readonly event: number;
  /** The link's number, flags included (see `LinkTable`). */
  readonly link: number;
}

/**
 * Layout of a transition in `Actor.out`: next local state, times taken in moves of no fault, times
 * taken in moves of a fault, number of messages, ...
 */
export const NEXT = 0;
export const TAKEN = 1;
export const STRUCK = 2;
export const COUNT = 3;
export const MESSAGES = 4;
/** ... then three integers a message: actor, event, link. */
export const MESSAGE_SIZE = 3;

export class Actor {
  readonly name: string;
  readonly index: number;
  readonly component: Component;
  readonly identities: Identities;
  readonly locals: Interner<AnyMachineSnapshot>;
  readonly events: Interner<EventObject>;
  /** Transitions, one after the other; see the layout above. */
  readonly out = new IntList();
  /** How often the machine itself was asked. */
  machineCalls = 0;

  private readonly memo = new RowMap();
  /** Triples (local state, event, place in `out`), in the order of computation. */
  private readonly computed = new IntList();
  private readonly outbox: Message[] = [];
  private readonly scope: never;
  private readonly route: (from: Actor, message: Message) => Route;

  constructor(
    name: string,
    index: number,
    component: Component,
    identities: Identities,
    route: (from: Actor, message: Message) => Route,
  ) {
    this.name = name;
    this.index = index;
    this.component = component;
    this.route = route;
    this.identities = identities;
    this.locals = new Interner(identities, `The state of '${name}'`);
    this.events = new Interner(identities, `An event for '${name}'`);
    this.scope = actorScope(this.outbox, name);
  }

  /** The number of the initial local state. */
  start(): number {
    const { machine, input } = this.component;
    this.outbox.length = 0;
    const snapshot = machine.getInitialSnapshot(this.scope, input as never) as AnyMachineSnapshot;
    if (snapshot.status === 'error') {
      const { error } = snapshot;
      if (error instanceof ModelError) throw error;
      throw new ModelError(`'${this.name}' fails at its start: ${String(error)}`, { cause: error });
    }
    if (this.outbox.length > 0) {
      throw new ModelError(
        `'${this.name}' sends ${this.outbox[0]!.type} at its start: nobody could receive it. Let a stimulus begin.`,
      );
    }
    return this.local(snapshot);
  }

  /** Local state `id` as properties and views see it. */
  at(id: number): Local {
    return this.locals.at(id);
  }

  /** The transition of local state `local` under event `event`: its place in `out`. */
  step(local: number, event: number): number {
    const place = this.memo.get(local, event);
    if (place !== ABSENT) return place;
    const computed = this.compute(local, event);
    this.memo.add(local, event, computed);
    return computed;
  }

  /**
   * The same for a stimulus: the place is not looked up again, hence not kept in the table.
   * @returns `ABSENT` where the stimulus changes nothing and the machine says nothing.
   */
  firstStep(local: number, event: number): number {
    const { length } = this.out;
    const place = this.compute(local, event);
    if (!this.isIdle(local, place)) return place;
    this.out.length = length;
    this.computed.length -= 3;
    return ABSENT;
  }

  /** Does the transition at `place` change nothing and say nothing? */
  isIdle(local: number, place: number): boolean {
    return this.out.data[place + NEXT] === local && this.out.data[place + COUNT] === 0;
  }

  /** Calls `visit` for every transition that was computed, in the order of computation. */
  transitions(visit: (local: number, event: number, place: number) => void): void {
    const { computed } = this;
    for (let i = 0; i < computed.length; i += 3) {
      visit(computed.at(i), computed.at(i + 1), computed.at(i + 2));
    }
  }

  /** The local state that is `local` with other data. */
  withData(local: number, context: Record<string, unknown>): number {
    const { value, historyValue } = this.locals.at(local);
    const { machine } = this.component;
    return this.local(machine.resolveState({ value, context, historyValue }) as AnyMachineSnapshot);
  }

  private local(snapshot: AnyMachineSnapshot): number {
    const { value, context, historyValue } = snapshot;
    const past = Object.entries(historyValue).map(([node, states]) => [
      node,
      states.map(({ id }) => id),
    ]);
    const identity = past.length === 0 ? [value, context] : [value, context, past];
    const local = this.locals.id(snapshot, identity);
    this.memo.reserve(local);
    return local;
  }

  /** Asks the machine itself; what it sends is in the outbox then. */
  private ask(snapshot: AnyMachineSnapshot, event: EventObject): AnyMachineSnapshot {
    const machine: AnyStateMachine = this.component.machine;
    this.outbox.length = 0;
    this.machineCalls++;
    try {
      return machine.transition(snapshot, event, this.scope) as AnyMachineSnapshot;
    } catch (error) {
      if (error instanceof ModelError) throw error;
      throw new ModelError(`'${this.name}' fails on ${event.type}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  private compute(local: number, event: number): number {
    const { outbox } = this;
    const next = this.ask(this.locals.at(local), this.events.at(event));
    const sent = outbox.splice(0).map((message) => this.route(this, message));
    const place = this.out.length;
    // XState answers with the very same snapshot where an event is not handled.
    const isSame = next === this.locals.at(local);
    this.out.push(isSame ? local : this.local(next));
    this.out.push(0);
    this.out.push(0);
    this.out.push(sent.length);
    for (const { actor, event: number, link } of sent) {
      this.out.push(actor);
      this.out.push(number);
      this.out.push(link);
    }
    this.computed.push(local);
    this.computed.push(event);
    this.computed.push(place);
    return place;
  }
}

/** What `error` says, in one line. */
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ');

/**
 * The scope a machine runs in when it is only asked for its next snapshot. It is reused: building
 * one a call, as XState's `transition()` does, costs several times the transition itself.
 */
function actorScope(outbox: Message[], name: string): never {
  const nobody = createEmptyActor();
  return {
    self: nobody,
    system: (nobody as unknown as { system: unknown }).system,
    id: name,
    sessionId: name,
    logger: () => {},
    defer: () => {},
    stopChild: () => {},
    emit: () => {},
    actionExecutor: (action: { type: string; params: unknown }) => {
      if (action.type !== 'xstate.emit') {
        throw new ModelError(
          `'${name}' runs the action '${action.type}'; a model's machine may only assign and emit.`,
        );
      }
      outbox.push((action.params as { event: Message }).event);
    },
  } as never;
}
