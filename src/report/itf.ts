/**
 * A run in Apalache's Informal Trace Format (ADR-015, revision of 2023-09-14), which trace viewers
 * and model-based testing tools read. Each state is whole: one variable a component, besides the
 * move that led to it and the faults that may still happen.
 */
import type { Plain } from '../model/index.ts';
import { STATE, stateName, type Trace, type TraceStep } from '../schedulers/replay.ts';

/** A value as ITF writes it. */
export type ItfValue =
  | boolean
  | string
  | readonly ItfValue[]
  | { readonly [key: string]: ItfValue };

/** A state: its number, and the variables. */
export type ItfState = { readonly '#meta': { readonly index: number } } & Record<string, unknown>;

/** A whole trace. */
export interface Itf {
  readonly '#meta': Readonly<Record<string, string>>;
  readonly vars: readonly string[];
  readonly states: readonly ItfState[];
}

/** Variables that are no component. */
const MOVE = 'move';
const BUDGET = 'faultBudget';

type Context = Readonly<Record<string, Plain>>;
interface Place {
  readonly state: string;
  readonly data: Context;
}

/**
 * The trace of a run.
 * @param about one line for people, in `#meta`.
 */
export function itfTrace(trace: Trace, about: string): Itf {
  const names = variableNames(Object.keys(trace.start));
  const states = statesOf(trace).map((places, index): ItfState => {
    const step = trace.steps[index - 1];
    const components = Object.entries(places).map(([component, { state, data }]) => [
      names.get(component)!,
      { state, data: itfValue(data) },
    ]);
    return {
      '#meta': { index },
      [MOVE]: moveOf(step),
      [BUDGET]: itfValue((step ?? trace).budget),
      ...Object.fromEntries(components),
    };
  });
  return {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: trace.system,
      description: about,
    },
    vars: [MOVE, BUDGET, ...names.values()],
    states,
  };
}

/** All components in every state, the initial one first. */
function statesOf({ start, steps }: Trace): Record<string, Place>[] {
  const first = Object.entries(start).map(([name, { value, context }]): [string, Place] => [
    name,
    { state: stateName(value), data: context },
  ]);
  const states = [Object.fromEntries(first)];
  for (const { changed } of steps) {
    const before = states.at(-1)!;
    const after = Object.entries(changed).map(([name, fields]) => [
      name,
      applied(before[name]!, fields),
    ]);
    states.push({ ...before, ...Object.fromEntries(after) });
  }
  return states;
}

function applied({ state, data }: Place, fields: TraceStep['changed'][string]): Place {
  const { [STATE]: moved, ...rest } = fields;
  const news = Object.entries(rest).map(([field, [, now]]) => [field, now]);
  return {
    state: moved === undefined ? state : String(moved[1]),
    data: { ...data, ...Object.fromEntries(news) },
  };
}

/** What happened just before: its label, receiver and class. */
function moveOf(step: TraceStep | undefined): ItfValue {
  if (!step) return { label: 'start', component: '', class: '' };
  const { move, stimulus } = step;
  return { label: move.label, component: stimulus.component, class: stimulus.class };
}

/** Names of variables are identifiers: `metadata:b1` is `metadata_b1`. */
function variableNames(components: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set([MOVE, BUDGET]);
  for (const component of components) {
    let name = component.replaceAll(/\W/g, '_');
    while (taken.has(name)) name += '_';
    taken.add(name);
    names.set(component, name);
  }
  return names;
}

/** ITF has no numbers of JSON and no null: integers are texts of any size, null is named as such. */
export function itfValue(value: Plain): ItfValue {
  if (value === null) return { '#unserializable': 'null' };
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? { '#bigint': String(value) }
      : { '#unserializable': String(value) };
  }
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(itfValue);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, itfValue(each)]));
}
