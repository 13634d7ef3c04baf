/**
 * Coverage of failure paths: which states, edges and failure paths of each machine's control graph
 * the schedulers took, how often, and which they never did.
 */
import type { AnyStateMachine } from 'xstate';
import type { StimulusClass } from '../model/system.ts';
import { type Actor, NEXT, STRUCK, TAKEN } from './actor.ts';
import { type ControlEdge, ControlGraph, edgeText, keyOf } from './control-graph.ts';
import { type CountedEdge, type FailurePath, failurePaths } from './failure-paths.ts';
import { faultFree } from './healthy.ts';
import type { Stepper } from './stepper.ts';

export interface StateCoverage {
  readonly name: string;
  /** Times a component of the machine arrived or stayed in it by a transition, or started in it. */
  readonly visits: number;
  /** Does the system come to it without any fault? See `failurePaths`. */
  readonly healthy: boolean;
}

/** One machine, all its components together. */
export interface MachineCoverage {
  readonly states: readonly StateCoverage[];
  readonly edges: readonly CountedEdge[];
  readonly failurePaths: readonly FailurePath[];
}

/** Stimuli of one class and type, whoever receives them. */
export interface StimulusCoverage {
  readonly type: string;
  readonly class: StimulusClass;
  /** Moves that it began. */
  readonly fired: number;
}

/** Plain data. */
export interface Coverage {
  /** By the machine's id: machines with one id count as one. */
  readonly machines: Readonly<Record<string, MachineCoverage>>;
  readonly stimuli: readonly StimulusCoverage[];
  /** Edges that were never taken, as `lamp: off --PRESS--> on`. */
  readonly neverTaken: readonly string[];
  /** Failure paths with an edge that was never taken. */
  readonly neverFollowed: readonly string[];
  /** Stimuli that never began a move, as `fault CRASH`. */
  readonly neverFired: readonly string[];
}

interface Tally {
  readonly states: Map<string, StateCoverage>;
  readonly edges: Map<string, CountedEdge>;
}

/**
 * What the moves of a stepper took: all of them after an exhaustive search, the walks' own after a
 * sample. Channels belong to the contract, not to the model, and are left out.
 *
 * @param options.maxHealthyStates bound of the fault-free search that tells which states are
 *   healthy (default 20,000).
 */
export function coverage(
  steppers: Stepper | readonly Stepper[],
  options: { maxHealthyStates?: number } = {},
): Coverage {
  const list: readonly Stepper[] = [steppers].flat();
  return mergeCoverage(list.map((stepper) => ofOne(stepper, options.maxHealthyStates ?? 20_000)));
}

/** Several runs, of one system or of many, as one. */
export function mergeCoverage(parts: readonly Coverage[]): Coverage {
  const tallies = new Map<string, Tally>();
  const stimuli = new Map<string, StimulusCoverage>();
  for (const part of parts) {
    for (const [id, { states, edges }] of Object.entries(part.machines)) {
      const tally = tallies.get(id) ?? { states: new Map(), edges: new Map() };
      tallies.set(id, tally);
      for (const state of states) addState(tally, state);
      for (const edge of edges) addEdge(tally, edge);
    }
    for (const { type, class: kind, fired } of part.stimuli) {
      const key = `${kind} ${type}`;
      stimuli.set(key, { type, class: kind, fired: fired + (stimuli.get(key)?.fired ?? 0) });
    }
  }
  return summary(tallies, stimuli);
}

function summary(
  tallies: ReadonlyMap<string, Tally>,
  stimuli: ReadonlyMap<string, StimulusCoverage>,
): Coverage {
  const machines: Record<string, MachineCoverage> = {};
  const neverTaken: string[] = [];
  const neverFollowed: string[] = [];
  for (const [id, tally] of [...tallies].sort(([x], [y]) => (x < y ? -1 : 1))) {
    const states = [...tally.states.values()];
    const edges = [...tally.edges.values()];
    const healthy = new Set(states.filter((state) => state.healthy).map(({ name }) => name));
    const paths = failurePaths(edges, healthy);
    machines[id] = { states, edges, failurePaths: paths };
    for (const edge of edges) if (edge.taken === 0) neverTaken.push(`${id}: ${edgeText(edge)}`);
    for (const { path, taken } of paths) {
      if (taken === 0) neverFollowed.push(`${id}: ${path.join(' > ')}`);
    }
  }
  const neverFired = [...stimuli].filter(([, { fired }]) => fired === 0).map(([key]) => key);
  return { machines, stimuli: [...stimuli.values()], neverTaken, neverFollowed, neverFired };
}

function ofOne(stepper: Stepper, maxHealthyStates: number): Coverage {
  const graphs = new Map<AnyStateMachine, ControlGraph>();
  const tallies = tallyOf(stepper, graphs);
  const well = tallyOf(faultFree(stepper.system, maxHealthyStates), graphs);
  for (const [id, { states }] of well) {
    for (const { name, visits } of states.values()) {
      if (visits > 0) addState(tallies.get(id)!, { name, visits: 0, healthy: true });
    }
  }
  const stimuli = new Map<string, StimulusCoverage>();
  stepper.stimuli.forEach(({ event, class: kind }, i) => {
    const key = `${kind} ${event.type}`;
    const fired = stepper.fired[i]! + (stimuli.get(key)?.fired ?? 0);
    stimuli.set(key, { type: event.type, class: kind, fired });
  });
  return summary(tallies, stimuli);
}

function tallyOf(stepper: Stepper, graphs: Map<AnyStateMachine, ControlGraph>): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const actor of stepper.actors) {
    if (stepper.isChannel(actor)) continue;
    const { machine } = actor.component;
    const graph = graphs.get(machine) ?? new ControlGraph(machine);
    graphs.set(machine, graph);
    const tally = tallies.get(machine.id) ?? { states: new Map(), edges: new Map() };
    tallies.set(machine.id, tally);
    count(actor, graph, tally);
  }
  return tallies;
}

function count(actor: Actor, graph: ControlGraph, tally: Tally): void {
  const { out, locals, events } = actor;
  const visit = (local: number, visits: number): void => {
    for (const name of graph.statesOf(locals.at(local))) {
      addState(tally, { name, visits, healthy: false });
    }
  };
  for (const name of graph.states) addState(tally, { name, visits: 0, healthy: false });
  const none = { taken: 0, struck: 0 };
  graph.edges.forEach((edge) => {
    addEdge(tally, { ...edge, ...none });
  });
  visit(actor.start(), 1);
  actor.transitions((local, event, place) => {
    const struck = out.at(place + STRUCK) >>> 0;
    const taken = (out.at(place + TAKEN) >>> 0) + struck;
    if (taken === 0) return;
    const next = out.at(place + NEXT);
    visit(next, taken);
    for (const number of graph.between(locals.at(local), events.at(event), locals.at(next))) {
      addEdge(tally, { ...(graph.edges[number] as ControlEdge), taken, struck });
    }
  });
}

function addState({ states }: Tally, { name, visits, healthy }: StateCoverage): void {
  const known = states.get(name);
  states.set(name, {
    name,
    visits: visits + (known?.visits ?? 0),
    healthy: healthy || known?.healthy === true,
  });
}

function addEdge({ edges }: Tally, edge: CountedEdge): void {
  const key = keyOf(edge);
  const known = edges.get(key);
  edges.set(key, {
    ...edge,
    taken: edge.taken + (known?.taken ?? 0),
    struck: edge.struck + (known?.struck ?? 0),
  });
}
