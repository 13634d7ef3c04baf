/** What a narrator is given: a run step by step, with every component before and after each. */
import type { Plain } from './system.ts';

/** A message of a step: the part of a trace's message that is told. */
export interface ToldMessage {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly payload: Readonly<Record<string, Plain>>;
  /** `delivered`, `lost`, `cut` or `queued`. */
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
  /** Component -> field, or `STATE` -> `[before, after]`. */
  readonly changed: Readonly<Record<string, Readonly<Record<string, readonly [Plain, Plain]>>>>;
}

/** A run of a model, as a trace has it. */
export interface ToldRun {
  readonly start: Readonly<
    Record<string, { readonly value: unknown; readonly context: Readonly<Record<string, Plain>> }>
  >;
  readonly steps: readonly ToldStep[];
}

/** The field that stands for the finite state among what a step changed. */
export const STATE = '(state)';

/** Something before and after a step. */
export interface Turn<T> {
  readonly was: T;
  readonly now: T;
}

/** A component's data, and its finite state under `STATE`. */
export type Data = Readonly<Record<string, Plain>>;

/** One step. A model extends it with its own components. */
export class Scene {
  readonly step: ToldStep;
  /** Every component before and after the step. */
  private readonly before: Readonly<Record<string, Data>>;
  private readonly after: Readonly<Record<string, Data>>;

  constructor(
    step: ToldStep,
    before: Readonly<Record<string, Data>>,
    after: Readonly<Record<string, Data>>,
  ) {
    this.step = step;
    this.before = before;
    this.after = after;
  }

  /** Names of all components. */
  get components(): string[] {
    return Object.keys(this.after);
  }

  /** A field of the stimulus; null if it has none of the name. */
  get(field: string): Plain {
    return this.step.stimulus.payload[field] ?? null;
  }

  /** The first message of one of these types. */
  message(...types: string[]): ToldMessage | undefined {
    return this.step.messages.find(({ type }) => types.includes(type));
  }

  /** A component's data before and after. */
  turn<T = Data>(component: string): Turn<T> {
    return { was: this.before[component] as T, now: this.after[component] as T };
  }

  /** A component's finite state before and after, as in `running.leading`. */
  state(component: string): Turn<string> {
    const { was, now } = this.turn(component);
    return { was: String(was[STATE]), now: String(now[STATE]) };
  }
}

/** The scenes of a run, in order; `Kind` is the model's own. */
export function scenesOf<S extends Scene>(
  run: ToldRun,
  Kind: new (...parts: ConstructorParameters<typeof Scene>) => S,
): S[] {
  let now: Readonly<Record<string, Data>> = Object.fromEntries(
    Object.entries(run.start).map(([name, { value, context }]) => [
      name,
      { ...context, [STATE]: stateName(value) },
    ]),
  );
  return run.steps.map((step) => {
    const before = now;
    now = { ...before };
    for (const [component, fields] of Object.entries(step.changed)) {
      const after = Object.entries(fields).map(([field, [, value]]) => [field, value]);
      now = { ...now, [component]: { ...now[component], ...Object.fromEntries(after) } };
    }
    return new Kind(step, before, now);
  });
}

/** A finite state as one word: `running.leading`; parallel regions joined by ` + `. */
export function stateName(value: unknown): string {
  if (typeof value === 'string') return value;
  return Object.entries(value as Record<string, unknown>)
    .map(([state, inner]) => {
      const below = inner === undefined ? '' : stateName(inner);
      return below === '' ? state : `${state}.${below}`;
    })
    .join(' + ');
}
