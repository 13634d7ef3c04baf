/**
 * Forgetting what is over, so that a run can go on for ever within small bounds.
 *
 * A log grows with every record, and a state that holds it is never met again. Most of it can no
 * longer matter: every replica has it, every reader was shown it. A settling says how much of a
 * state is over, and what the state is without it, with everything that counts (offsets, record
 * numbers, batch ids) counted from there. That must be a renaming: what may happen next, and what is
 * claimed of it, is the same. A test replays whole runs without it, move by move, and compares.
 */
import type { EventObject } from 'xstate';
import type { Local, Plain } from './system.ts';

export interface Settling<What extends Plain = Plain> {
  /** How much of a state may be forgotten; null: nothing. */
  readonly settled: (locals: Readonly<Record<string, Local>>) => What | null;
  /** A component's data when `what` is forgotten. */
  readonly forget: (component: string, local: Local, what: What) => Record<string, Plain>;
  /** A stimulus, as it is called in a run that has not forgotten `what`. */
  readonly recall: (event: EventObject, what: What) => EventObject;
  /** Nothing, and what is forgotten in two goes. */
  readonly nothing: What;
  readonly sum: (before: What, more: What) => What;
}
