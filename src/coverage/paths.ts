/** Edges and failure paths of a suite by what is said of them. */
import { edgeText } from '../engine/control-graph.ts';
import { type Standing, type SuiteReport, standing } from './schema.ts';

/** Those of one standing as text, each with its machine: `lamp: off --PRESS--> on`. */
export function pathsOf(
  { machines }: SuiteReport,
  wanted: Standing,
): { edges: string[]; failurePaths: string[] } {
  const all = Object.entries(machines);
  return {
    edges: all.flatMap(([id, { edges }]) =>
      edges
        .filter(({ taken }) => standing(taken) === wanted)
        .map((edge) => `${id}: ${edgeText(edge)}`),
    ),
    failurePaths: all.flatMap(([id, { failurePaths }]) =>
      failurePaths
        .filter(({ taken }) => standing(taken) === wanted)
        .map(({ path }) => `${id}: ${path.join(' > ')}`),
    ),
  };
}
