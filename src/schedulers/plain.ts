/**
 * A system driven through XState's own `transition()`, one call per delivery.
 *
 * It shares nothing with the engine: no tables, no numbers, no memory between moves. It is the slow
 * and obvious reading of the contract in `src/model/system.ts`, and the judge of the fast one: every
 * counterexample is taken through it before it is shown.
 */
import { type AnyMachineSnapshot, type EventObject, initialTransition, transition } from 'xstate';
import {
  type Budget,
  beyondBounds,
  type LinkRule,
  type Message,
  ModelError,
  type Stimulus,
  type System,
} from '../model/system.ts';
import { isSame } from './same.ts';

/** A global state, as XState shows it. */
export interface PlainState {
  /** Component -> its snapshot. */
  readonly snapshots: Readonly<Record<string, AnyMachineSnapshot>>;
  /** Faults that may still happen, by class; classes with none left are left out. */
  readonly budget: Budget;
}

/** What became of a message: `queued` waits in a channel, `cut` met a closed gate. */
export type MessageFate = 'delivered' | 'lost' | 'cut' | 'queued';

/** A message and its fate. */
export interface PlainMessage {
  readonly from: string;
  readonly message: Message;
  readonly fate: MessageFate;
  /** The channel of its link, on a queued one. */
  readonly channel: string | null;
}

/** What a move did. */
export interface PlainMove {
  readonly state: PlainState;
  /** The stimulus as its receiver saw it, views included. */
  readonly event: EventObject;
  readonly messages: readonly PlainMessage[];
  /** How many of its messages may be lost. */
  readonly losable: number;
}

/** A move that is not possible, and why. */
export interface Impossible {
  readonly impossible: string;
  /** How many of its messages may be lost, as far as it got: without one of them it may be possible. */
  readonly losable: number;
}

/** The longest conversation a move may cause. */
const MOST_MESSAGES = 4096;

/**
 * The initial state of `system`.
 * @throws ModelError if a machine fails at its start.
 */
export function plainStart(system: System): PlainState {
  const snapshots: Record<string, AnyMachineSnapshot> = {};
  for (const [name, { machine, input }] of Object.entries(system.components)) {
    const [snapshot, actions] = initialTransition(machine, input);
    if (snapshot.status === 'error') {
      throw new ModelError(`'${name}' fails at its start: ${String(snapshot.error)}`);
    }
    if (messagesOf(name, actions).length > 0) {
      throw new ModelError(`'${name}' sends a message at its start: nobody could receive it.`);
    }
    snapshots[name] = snapshot;
  }
  const budget = Object.entries(system.budget ?? {}).filter(([, amount]) => amount > 0);
  return { snapshots, budget: Object.fromEntries(budget) };
}

/**
 * Takes one move from `state`, which is left as it is.
 *
 * @param stimulus index in `system.stimuli`.
 * @param lost which of the messages that may be lost is lost, counted from one; 0: none.
 */
export function plainMove(
  system: System,
  state: PlainState,
  stimulus: number,
  lost: number,
): PlainMove | Impossible {
  const chosen = system.stimuli[stimulus];
  if (!chosen) return { impossible: `there is no stimulus number ${stimulus}`, losable: 0 };
  return new Delivery(system, state, lost).run(chosen);
}

/** One move under way. */
class Delivery {
  private readonly system: System;
  private readonly before: PlainState;
  private readonly lost: number;
  private readonly snapshots: Record<string, AnyMachineSnapshot>;
  private budget: Budget;
  private losable = 0;
  private readonly messages: PlainMessage[] = [];
  /** Messages on their way, oldest first. */
  private readonly underWay: PlainMessage[] = [];

  constructor(system: System, state: PlainState, lost: number) {
    this.system = system;
    this.before = state;
    this.lost = lost;
    this.snapshots = { ...state.snapshots };
    this.budget = state.budget;
  }

  run(stimulus: Stimulus): PlainMove | Impossible {
    const event = this.eventOf(stimulus);
    const impossible = this.refusalOf(stimulus, event);
    const { losable, messages } = this;
    if (impossible !== null) return { impossible, losable };
    const state = { snapshots: this.snapshots, budget: this.budget };
    return { state, event, messages, losable };
  }

  /** Does what the stimulus causes. @returns why that is not possible, or null. */
  private refusalOf(stimulus: Stimulus, event: EventObject): string | null {
    const { to, when, cost } = stimulus;
    if (when && !when(this.snapshots[to]!)) return `'${to}' is not ready for ${event.type}`;
    if (!this.pay(cost)) return 'the fault budget does not reach';
    const refusal = this.converse(to, event);
    if (refusal !== null) return refusal;
    if (this.lost > this.losable) return `only ${this.losable} of its messages may be lost`;
    const isPaid = this.budget !== this.before.budget;
    return isPaid && this.changesNothing() ? 'a fault is paid for that changes nothing' : null;
  }

  /** Delivers the event and all it causes. @returns why that is not possible, or null. */
  private converse(to: string, event: EventObject): string | null {
    const idle = this.snapshots[to]!;
    let spoken = this.deliver(to, event);
    if (spoken.length === 0 && isSameLocal(idle, this.snapshots[to]!)) {
      return `'${to}' neither changes nor speaks on ${event.type}`;
    }
    let from = to;
    for (;;) {
      const refusal = this.send(from, spoken);
      if (refusal !== null) return refusal;
      const next = this.underWay.shift();
      if (next === undefined) return null;
      const { channel, message } = next;
      from = channel ?? message.to;
      const before = this.snapshots[from]!;
      spoken = this.deliver(from, channel === null ? message : enqueue(message));
      if (channel !== null && isSameLocal(before, this.snapshots[from]!)) {
        return `the channel '${channel}' is full`;
      }
    }
  }

  private deliver(to: string, event: EventObject): Message[] {
    const { machine } = this.system.components[to]!;
    const [next, actions] = transition(machine, this.snapshots[to]!, event);
    this.snapshots[to] = next;
    return messagesOf(to, actions);
  }

  /** Puts messages on their way. @returns why the move is not possible, or null. */
  private send(from: string, spoken: readonly Message[]): string | null {
    const { gate, links = [] } = this.system;
    for (const message of spoken) {
      if (message.to === beyondBounds.to) return 'it leads beyond the bounds of the model';
      const rule = links.find((link) => matches(link, from, message)) ?? {};
      const channel = rule.queue ?? null;
      const next = channel ?? message.to;
      const isOpen =
        gate === undefined ||
        rule.gated === false ||
        gate.open(this.snapshots[gate.component]!, from, next);
      let fate: MessageFate = channel === null ? 'delivered' : 'queued';
      if (!isOpen) {
        if (links.some((link) => link.queue === from)) {
          return `what waits in '${from}' cannot be delivered now`;
        }
        fate = 'cut';
      } else if (rule.loss !== undefined && channel === null && ++this.losable === this.lost) {
        if (!this.pay(rule.loss)) return 'the fault budget does not reach for the loss';
        fate = 'lost';
      }
      const sent = { from, message, fate, channel };
      this.messages.push(sent);
      if (fate === 'delivered' || fate === 'queued') this.underWay.push(sent);
      if (this.messages.length > MOST_MESSAGES) {
        throw new ModelError(
          `${this.system.name}: a move sends more than ${MOST_MESSAGES} messages.`,
        );
      }
    }
    return null;
  }

  private eventOf(stimulus: Stimulus): EventObject {
    if (!stimulus.views) return stimulus.event;
    const views: Record<string, unknown> = {};
    for (const [parameter, [component, view]] of Object.entries(stimulus.views)) {
      views[parameter] = this.system.components[component]!.views![view]!(
        this.snapshots[component]!,
      );
    }
    return { ...stimulus.event, views } as EventObject;
  }

  private pay(cost: Budget = {}): boolean {
    const left: Record<string, number> = { ...this.budget };
    for (const [fault, amount] of Object.entries(cost)) {
      left[fault] = (left[fault] ?? 0) - amount;
      if (left[fault] < 0) return false;
      if (left[fault] === 0) delete left[fault];
    }
    if (Object.keys(cost).length > 0) this.budget = left;
    return true;
  }

  private changesNothing(): boolean {
    return Object.keys(this.snapshots).every((name) =>
      isSameLocal(this.before.snapshots[name]!, this.snapshots[name]!),
    );
  }
}

/** What a machine that ran `actions` has sent. */
function messagesOf(component: string, actions: readonly unknown[]): Message[] {
  return (actions as { type: string; params: unknown }[]).map(({ type, params }) => {
    if (type !== 'xstate.emit') {
      throw new ModelError(
        `'${component}' runs the action '${type}'; it may only assign and emit.`,
      );
    }
    return (params as { event: Message }).event;
  });
}

/** How a channel is handed a message (see `src/model/channel.ts`). */
const enqueue = (message: Message): EventObject => ({ type: 'ENQUEUE', message }) as EventObject;

/** Does the rule speak of this message? What a channel delivers does not enter it again. */
function matches(rule: LinkRule, from: string, message: Message): boolean {
  return (
    rule.queue !== from &&
    (rule.from === undefined || rule.from.includes(from)) &&
    (rule.to === undefined || rule.to.includes(message.to)) &&
    (rule.types === undefined || rule.types.includes(message.type))
  );
}

/** Are two snapshots of one component the same finite state, with the same data and history? */
export function isSameLocal(x: AnyMachineSnapshot, y: AnyMachineSnapshot): boolean {
  return x === y || isSame(essence(x), essence(y));
}

function essence({ value, context, historyValue }: AnyMachineSnapshot): unknown {
  const past = Object.entries(historyValue).map(([node, states]) => [
    node,
    states.map((s) => s.id),
  ]);
  return [value, context, past];
}
