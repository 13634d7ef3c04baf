/** Which finite states a system comes to when no fault happens. */
import type { System } from '../model/system.ts';
import { StateStore } from './state-store.ts';
import { Stepper } from './stepper.ts';

/**
 * Explores `system` without its faults, breadth first.
 * @param maxStates the search ends there: what it has not seen by then does not count as healthy.
 * @returns a stepper that has taken every move found.
 */
export function faultFree(system: System, maxStates: number): Stepper {
  const stepper = new Stepper({
    ...system,
    stimuli: system.stimuli.filter((stimulus) => stimulus.class !== 'fault'),
    budget: {},
  });
  const store = new StateStore(stepper.fields);
  const tuple = new Int32Array(stepper.fields);
  stepper.start(tuple);
  store.insert(tuple, -1, -1);
  for (let id = 0; id < store.size && store.size < maxStates; id++) {
    store.read(id, tuple);
    stepper.moves(tuple, (move) => {
      store.insert(stepper.next, id, move);
    });
  }
  return stepper;
}
