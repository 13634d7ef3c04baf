/**
 * Failure paths: how a machine gets from being well, through a fault, to being well again.
 *
 * Definition. A finite state is *healthy* if some component is in it in some state that the system
 * reaches without any fault. An edge is *struck* if it is taken in a move whose stimulus is a fault.
 * A failure path leaves a healthy state by an edge whose event struck somewhere in this machine,
 * goes on by any edges through states that are not healthy, none of them twice, and ends in the
 * first healthy state it meets, or in a state with no way out. It was taken as often as the least
 * taken of its edges, the first counted only where it was struck.
 *
 * All of it is about the control graph: that every edge of a path was taken does not say that one
 * run took them one after the other.
 */
import type { ControlEdge } from './control-graph.ts';

export interface CountedEdge extends ControlEdge {
  /** Times taken, in moves of any kind. */
  readonly taken: number;
  /** Times taken in moves of a fault. */
  readonly struck: number;
}

export interface FailurePath {
  /** States and events in turn: `running`, `KILLED`, `offline`, `START`, `running`. */
  readonly path: readonly string[];
  readonly taken: number;
}

/** Failure paths listed of one machine, at most: the shortest ones. */
export const MOST_PATHS = 1000;

/** The failure paths of a machine, shortest first. */
export function failurePaths(
  edges: readonly CountedEdge[],
  healthy: ReadonlySet<string>,
): FailurePath[] {
  const steps = withoutGuards(edges);
  const striking = new Set(edges.filter(({ struck }) => struck > 0).map(({ event }) => event));
  const found: FailurePath[] = [];
  let open: { path: string[]; taken: number }[] = [];
  const reach = (path: string[], taken: number): void => {
    const end = path.at(-1)!;
    const isTerminal = !steps.some(({ from, to }) => from === end && to !== end);
    if (healthy.has(end) || isTerminal) found.push({ path, taken });
    else open.push({ path, taken });
  };
  for (const { from, event, to, struck } of steps) {
    if (healthy.has(from) && striking.has(event)) reach([from, event, to], struck);
  }
  while (open.length > 0 && found.length < MOST_PATHS) {
    const level = open;
    open = [];
    for (const { path, taken } of level) {
      const end = path.at(-1)!;
      for (const step of steps) {
        // The start is healthy: to come back to it ends a path.
        const isNew = healthy.has(step.to) || !path.includes(step.to);
        if (step.from === end && step.to !== end && isNew) {
          reach([...path, step.event, step.to], Math.min(taken, step.taken));
        }
      }
    }
  }
  return found.slice(0, MOST_PATHS);
}

/** Edges that differ only by their guards, as one. */
function withoutGuards(edges: readonly CountedEdge[]): CountedEdge[] {
  const merged = new Map<string, CountedEdge>();
  for (const { from, event, to, taken, struck } of edges) {
    const key = JSON.stringify([from, event, to]);
    const known = merged.get(key) ?? { from, event, guard: null, to, taken: 0, struck: 0 };
    merged.set(key, { ...known, taken: known.taken + taken, struck: known.struck + struck });
  }
  return [...merged.values()];
}
