/** The known-bad designs, each with the shortest run that catches it, found anew. */
import { type Entry, entries } from '../../properties/catalogue/index.ts';
import { toldRun } from '../check/counterexample.ts';
import { explore } from '../schedulers/explore.ts';
import { confirm } from '../schedulers/replay.ts';
import type { DesignRun } from './told.ts';

/** Searches every design: most of a minute. */
export const designRuns = (): DesignRun[] => entries.flatMap((entry) => designRun(entry) ?? []);

/**
 * The shortest run that catches a design. Null if the claim is not broken: then the catalogue is
 * wrong, and its own test says so.
 */
export function designRun({ area, id, build }: Entry): DesignRun | null {
  const { system, claim } = build();
  const { stepper, results } = explore(system, [claim]);
  const { moves, violation } = results[0]!;
  if (moves === null) return null;
  const found = { claim, moves, violation };
  const trace = confirm(system, found);
  const says = trace.steps.map(({ move }) => [`${move.label}.`]);
  return {
    area,
    id,
    ...toldRun({ system, stepper }, found, trace, says),
    because: violation?.because ?? 'the claim fails',
  };
}
