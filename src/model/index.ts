/** The model contract: all that a model may import besides XState. */
export { act, type Effect } from './act.ts';
export { channel } from './channel.ts';
export type { Claim, View, Violation } from './claim.ts';
export {
  type Budget,
  beyondBounds,
  type Component,
  defineSystem,
  type Gate,
  type LinkRule,
  type Local,
  type Message,
  ModelError,
  type Plain,
  type Stimulus,
  type StimulusClass,
  type System,
} from './system.ts';
