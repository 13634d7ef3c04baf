/**
 * The model contract: what a system is made of.
 *
 * A model describes *what can happen* and knows nothing of who decides what happens next. It is a
 * set of components (XState machines) that talk by messages, a list of stimuli (the choices), and
 * rules for the links between components. Schedulers (exhaustive search, sampling, replay) drive
 * any system that keeps to this contract.
 */
import type { AnyStateMachine, EventObject } from 'xstate';

/** A plain JSON value: what contexts, events and views may hold. Sets, Maps and dates may not. */
export type Plain = null | boolean | number | string | readonly Plain[] | { [key: string]: Plain };

/**
 * A message to nobody that says: what happens here lies beyond the model's bounds. The move in which
 * it is sent is no move of the system; the bounds stand in the verdict's scope.
 */
export const beyondBounds: Message = { type: 'BEYOND_BOUNDS', to: '@bounds' };

/** What a component looks like from outside: its finite state and its data. */
export interface Local {
  readonly value: unknown;
  readonly context: Record<string, unknown>;
}

/** A message between components: an event with the name of the component that shall receive it. */
export interface Message extends EventObject {
  to: string;
}

/**
 * One XState machine of the system.
 *
 * Its transitions must be pure functions of snapshot and event: no clock, no randomness, no
 * iteration over unordered things. It speaks by `emit({ type, to, ... })`.
 */
export interface Component {
  readonly machine: AnyStateMachine;
  /** Input of the machine; several components may share a machine and differ only by input. */
  readonly input?: Record<string, unknown>;
  /** A ghost only listens: properties read it, no protocol component depends on it. */
  readonly ghost?: boolean;
  /**
   * Projections that stimuli of *reference* models may read (see `Stimulus.views`). Keep a view as
   * small as its readers allow: the engine memoises over views.
   */
  readonly views?: Record<string, (local: Local) => Plain>;
}

/** Who wants a stimulus: a client, the protocol's own timers, the environment, or an operator. */
export type StimulusClass = 'client' | 'protocol' | 'fault' | 'repair';

/** Amounts of the fault budget, by fault class: `{ crash: 1 }`. */
export type Budget = Readonly<Record<string, number>>;

/** An event that no component sends: a client's wish, a timer, a fault, a repair. */
export interface Stimulus {
  /** The component that receives it. */
  readonly to: string;
  readonly event: EventObject;
  readonly class: StimulusClass;
  /** What it takes from the fault budget. */
  readonly cost?: Budget;
  /**
   * For reference models only, where a published specification reads several components in one
   * atomic step: parameter name -> `[component, view]`. The event then carries
   * `views: { [parameter]: view value }`.
   */
  readonly views?: Readonly<Record<string, readonly [component: string, view: string]>>;
  /**
   * Optional cheap precondition on the receiver alone. A stimulus whose receiver neither changes
   * nor speaks is never a move, so this only saves time where views are read.
   */
  readonly when?: (local: Local) => boolean;
}

/**
 * How messages travel from one component to another. The first rule that matches is used; a message
 * that no rule matches travels over an immediate link without loss.
 */
export interface LinkRule {
  /** Senders, receivers and message types the rule is for; left out means any. */
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly types?: readonly string[];
  /**
   * What losing one message costs. `{}` is a loss that needs no fault (the peer may simply never
   * come to read the answer); left out, the message cannot be lost alone.
   */
  readonly loss?: Budget;
  /**
   * Immediate (left out): delivered within the move that sent it. Queued: the message waits in the
   * named FIFO channel, itself a component (see `channel`), until a stimulus delivers it.
   */
  readonly queue?: string;
  /** The gate (see `Gate`) is asked with this link's own ends; `false` exempts the link. */
  readonly gated?: boolean;
}

/**
 * The network as a component: says which links are closed at present. A message on a closed link
 * is gone. Closing a link is a stimulus to that component.
 */
export interface Gate {
  readonly component: string;
  readonly open: (network: Local, from: string, to: string) => boolean;
}

/** A system ready to be scheduled. */
export interface System {
  readonly name: string;
  readonly components: Readonly<Record<string, Component>>;
  readonly stimuli: readonly Stimulus[];
  readonly links?: readonly LinkRule[];
  readonly gate?: Gate;
  /** Faults that may still happen, by class. */
  readonly budget?: Budget;
  /** Sizes the system was built with (records, epochs, ...), for the verdict's scope. */
  readonly bounds?: Readonly<Record<string, number>>;
}

/** Says what is wrong with a system, a component or a message of a model. */
export class ModelError extends Error {
  override name = 'ModelError';
}

/**
 * Checks a system's names before anything runs.
 * @throws ModelError naming the stimulus, link or gate and the component it asks for in vain.
 */
export function defineSystem(system: System): System {
  const known = (component: string, where: string): void => {
    if (!Object.hasOwn(system.components, component)) {
      const names = Object.keys(system.components).join(', ');
      throw new ModelError(
        `${system.name}: ${where} names the component '${component}'; there are only ${names}.`,
      );
    }
  };
  for (const stimulus of system.stimuli) {
    const where = `stimulus ${stimulus.event.type}`;
    known(stimulus.to, where);
    if (stimulus.views && Object.keys(stimulus.views).length === 0) {
      throw new ModelError(`${system.name}: ${where} has an empty list of views; leave it out.`);
    }
    for (const [component, view] of Object.values(stimulus.views ?? {})) {
      known(component, where);
      if (system.components[component]?.views?.[view] === undefined) {
        throw new ModelError(
          `${system.name}: ${where} reads '${component}.${view}', no such view.`,
        );
      }
    }
  }
  for (const link of system.links ?? []) {
    for (const end of [...(link.from ?? []), ...(link.to ?? [])]) known(end, 'a link');
    if (link.queue !== undefined) known(link.queue, 'a link');
  }
  if (system.gate) known(system.gate.component, 'the gate');
  return system;
}
