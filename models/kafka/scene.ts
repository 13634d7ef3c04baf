/**
 * One step of a run of the Kafka model, as the narrator needs it: the messages, and every component
 * before and after.
 */
import type { Plain } from '../../src/model/index.ts';
import type { Ledger, Producer } from './clients.ts';
import type { ControllerState } from './controller.ts';
import type { Replica } from './replica.ts';

/** A message of a step: the part of a trace's message that is told. */
export interface ToldMessage {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly payload: Readonly<Record<string, Plain>>;
  readonly fate: string;
}

/** A step of a run: the part of a trace's step that is told. */
export interface ToldStep {
  readonly stimulus: {
    readonly type: string;
    readonly component: string;
    readonly payload: Readonly<Record<string, Plain>>;
  };
  readonly messages: readonly ToldMessage[];
  /** Component -> field -> `[before, after]`. */
  readonly changed: Readonly<Record<string, Readonly<Record<string, readonly [Plain, Plain]>>>>;
}

/** A run of the Kafka model, as a trace has it. */
export interface ToldRun {
  readonly start: Readonly<
    Record<string, { readonly value: unknown; readonly context: Readonly<Record<string, Plain>> }>
  >;
  readonly steps: readonly ToldStep[];
}

type Contexts = Readonly<Record<string, Readonly<Record<string, Plain>>>>;

/** Something before and after a step. */
export interface Turn<T> {
  readonly was: T;
  readonly now: T;
}

export class Scene {
  readonly step: ToldStep;
  private readonly before: Contexts;
  private readonly after: Contexts;

  constructor(step: ToldStep, before: Contexts, after: Contexts) {
    this.step = step;
    this.before = before;
    this.after = after;
  }

  /** Names of the brokers. */
  get brokers(): string[] {
    return Object.keys(this.controller.now.brokers);
  }

  get controller(): Turn<ControllerState> {
    return this.turn('controller') as unknown as Turn<ControllerState>;
  }

  get producer(): Turn<Producer> {
    return this.turn('producer') as unknown as Turn<Producer>;
  }

  get ledger(): Turn<Ledger> {
    return this.turn('ledger') as unknown as Turn<Ledger>;
  }

  replica(id: string): Turn<Replica> {
    return this.turn(id) as unknown as Turn<Replica>;
  }

  /** A field of the stimulus. */
  get(field: string): Plain {
    return this.step.stimulus.payload[field] ?? null;
  }

  /** The first message of one of these types. */
  message(...types: string[]): ToldMessage | undefined {
    return this.step.messages.find(({ type }) => types.includes(type));
  }

  private turn(component: string): Turn<Readonly<Record<string, Plain>>> {
    return { was: this.before[component]!, now: this.after[component]! };
  }
}

/** The scenes of a run, in order. */
export function scenesOf(run: ToldRun): Scene[] {
  let now: Contexts = Object.fromEntries(
    Object.entries(run.start).map(([name, { context }]) => [name, context]),
  );
  return run.steps.map((step) => {
    const before = now;
    now = { ...before };
    for (const [component, fields] of Object.entries(step.changed)) {
      const after = Object.entries(fields).map(([field, [, value]]) => [field, value]);
      now = { ...now, [component]: { ...now[component], ...Object.fromEntries(after) } };
    }
    return new Scene(step, before, now);
  });
}
