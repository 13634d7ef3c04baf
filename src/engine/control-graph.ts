/**
 * The control graph of a machine: its finite states and what leads from one to the next, as drawn,
 * whatever the data. It is the universe that coverage is measured against.
 */
import { type DirectedGraphNode, toDirectedGraph } from '@xstate/graph';
import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode, EventObject } from 'xstate';

/** A way from one finite state to another, or back to itself. */
export interface ControlEdge {
  /** Innermost state, as in `running.leading`; in a parallel machine, of one region. */
  readonly from: string;
  readonly event: string;
  /** The guard's name; `null` if there is none. */
  readonly guard: string | null;
  readonly to: string;
}

interface Definition {
  readonly eventType: string;
  readonly target: readonly AnyStateNode[] | undefined;
  readonly guard?: unknown;
}

/** Eventless transitions followed from one target, at most. */
const MOST_HOPS = 16;

/**
 * Edges by source state, not by where they are written: an event handled in a parent state is an
 * edge of every state below that does not handle it first. What a state without fail answers before
 * it comes to a definition cannot be taken there and is left out.
 *
 * An eventless transition is part of the edge that leads to it. Where it has a guard, the edge to
 * its target is not drawn but added when it is first taken.
 */
export class ControlGraph {
  readonly states: string[] = [];
  readonly edges: ControlEdge[] = [];

  private readonly machine: AnyStateMachine;
  private readonly numbers = new Map<string, number>();
  /** Definition -> name of its guard. */
  private readonly guards = new Map<Definition, string | null>();

  constructor(machine: AnyStateMachine) {
    this.machine = machine;
    for (const leaf of leavesIn(toDirectedGraph(machine))) {
      this.states.push(nameOf(leaf));
      this.draw(leaf);
    }
  }

  /** The innermost states of a snapshot. */
  statesOf(snapshot: AnyMachineSnapshot): string[] {
    return this.leavesOf(snapshot).map(nameOf);
  }

  /** The edges that lead from one snapshot to the next under `event`: their places in `edges`. */
  between(before: AnyMachineSnapshot, event: EventObject, after: AnyMachineSnapshot): number[] {
    const leaves = this.leavesOf(before);
    const were = leaves.map(nameOf);
    const are = this.statesOf(after);
    const definitions = this.machine.getTransitionData(before, event) as unknown as (Definition & {
      source: AnyStateNode;
    })[];
    return definitions.flatMap((definition) =>
      leaves
        .filter((leaf) => isWithin(leaf, definition.source))
        .flatMap((leaf) => {
          const drawn = targetsOf(definition, leaf).map(nameOf);
          const arrived = drawn.every((to) => are.includes(to));
          const entered = are.filter((to) => !were.includes(to));
          const actual = arrived ? drawn : entered.length > 0 ? entered : [nameOf(leaf)];
          return actual.map((to) => this.edge(leaf, definition, to));
        }),
    );
  }

  private draw(leaf: AnyStateNode): void {
    const answered = new Set<string>();
    for (let node: AnyStateNode | undefined = leaf; node; node = node.parent) {
      if (answered.has('*')) return;
      const here = new Set<string>();
      for (const definition of definitionsAt(node)) {
        const { eventType } = definition;
        if (answered.has(eventType) || here.has(eventType)) continue;
        for (const to of targetsOf(definition, leaf)) this.edge(leaf, definition, nameOf(to));
        if (definition.guard === undefined) here.add(eventType);
      }
      for (const event of here) answered.add(event);
    }
  }

  private edge(leaf: AnyStateNode, definition: Definition, to: string): number {
    const edge = {
      from: nameOf(leaf),
      event: definition.eventType,
      guard: this.guardOf(definition),
      to,
    };
    const key = keyOf(edge);
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.edges.push(edge) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }

  private guardOf(definition: Definition): string | null {
    let name = this.guards.get(definition);
    if (name === undefined) {
      name = guardName(definition.guard, this.guards.size);
      this.guards.set(definition, name);
    }
    return name;
  }

  private leavesOf(snapshot: AnyMachineSnapshot): AnyStateNode[] {
    return snapshot._nodes.filter(isLeaf);
  }
}

/** What tells an edge from every other edge of its machine. */
export function keyOf({ from, event, guard, to }: ControlEdge): string {
  return JSON.stringify([from, event, guard, to]);
}

/** `running --KILLED[isUp]--> offline` */
export function edgeText({ from, event, guard, to }: ControlEdge): string {
  return `${from} --${event}${guard === null ? '' : `[${guard}]`}--> ${to}`;
}

const isLeaf = ({ type }: AnyStateNode): boolean => type === 'atomic' || type === 'final';
const nameOf = ({ path, machine }: AnyStateNode): string =>
  path.length === 0 ? machine.id : path.join('.');

function leavesIn(graph: DirectedGraphNode): AnyStateNode[] {
  const node = graph.stateNode as AnyStateNode;
  return [...(isLeaf(node) ? [node] : []), ...graph.children.flatMap(leavesIn)];
}

/** The transitions written at a state, each once, in the order in which they are tried. */
function definitionsAt(node: AnyStateNode): Definition[] {
  return [...new Set(toDirectedGraph(node as never).edges.map((edge) => edge.transition))] as never;
}

/** The states that a transition leads to from `leaf`. */
function targetsOf({ target }: Definition, leaf: AnyStateNode): AnyStateNode[] {
  return target === undefined ? [leaf] : target.flatMap((node) => entered(node, MOST_HOPS));
}

/** The innermost states entered with `node`. */
function entered(node: AnyStateNode, hops: number): AnyStateNode[] {
  switch (node.type) {
    case 'compound':
      return node.initial.target.flatMap((first) => entered(first, hops));
    case 'parallel':
      return Object.values(node.states).flatMap((region) => entered(region, hops));
    case 'history':
      return entered(node.parent!, hops);
  }
  const [first] = (node.always ?? []) as readonly Definition[];
  if (first?.target === undefined || first.guard !== undefined || hops === 0) return [node];
  return first.target.flatMap((next) => entered(next, hops - 1));
}

function isWithin(node: AnyStateNode, ancestor: AnyStateNode): boolean {
  for (let at: AnyStateNode | undefined = node; at; at = at.parent)
    if (at === ancestor) return true;
  return false;
}

function guardName(guard: unknown, number: number): string | null {
  if (guard === undefined) return null;
  if (typeof guard === 'string') return guard;
  if (typeof guard === 'object' && guard !== null && 'type' in guard) return String(guard.type);
  const { name } = guard as { name?: string };
  return name === undefined || name === '' || name === 'guard' ? `guard ${number}` : name;
}
