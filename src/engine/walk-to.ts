/** A global state by the moves that lead there. */
import { ModelError } from '../model/system.ts';
import type { Stepper } from './stepper.ts';

/**
 * The state after `moves`, from the initial state on; they do not count as taken.
 * @throws ModelError if one of them is not possible.
 */
export function walkTo(stepper: Stepper, moves: readonly number[]): Int32Array {
  const tuple = new Int32Array(stepper.fields);
  stepper.start(tuple);
  const { counts } = stepper;
  stepper.counts = false;
  for (const [at, move] of moves.entries()) {
    if (!stepper.take(tuple, move)) {
      throw new ModelError(
        `${stepper.system.name}: move ${at + 1} of ${moves.length} is not possible.`,
      );
    }
    tuple.set(stepper.next);
  }
  stepper.counts = counts;
  return tuple;
}
