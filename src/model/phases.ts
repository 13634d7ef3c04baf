/** Phases of a protocol: where it stands when a fault strikes. */
import type { Local, Stimulus } from './system.ts';

/**
 * The phases that one component goes through, as an engineer would name them. Coverage asks of each
 * fault in which of them it struck.
 */
export interface Phases {
  /** Whose phases they are, in words: 'the partition, as the controller sees it'. */
  readonly of: string;
  /** All of them, in the order in which a run with faults meets them. */
  readonly phases: readonly string[];
  /** The component to look at when `stimulus` strikes; null if none has to do with it. */
  readonly component: (stimulus: Stimulus) => string | null;
  /** The phase of a local state of that component: one of `phases`. */
  readonly at: (local: Local) => string;
}

/** The finite states of the component `name`, whatever strikes. */
export const statesOf = (of: string, name: string, phases: readonly string[]): Phases => ({
  of,
  phases,
  component: () => name,
  at: ({ value }) => (typeof value === 'string' ? value : innermost(value as object)),
});

/** `reducing` of `{ running: 'reducing' }`. */
function innermost(value: object): string {
  const [inner] = Object.values(value);
  return typeof inner === 'string' ? inner : innermost(inner);
}
