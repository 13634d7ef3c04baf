/** The model contract: all that a model may import besides XState. */
export { act, type Effect } from './act.ts';
export { channel } from './channel.ts';
export { type Claim, sometimes, type View, type Violation } from './claim.ts';
export type { Design } from './design.ts';
export type { Finding } from './finding.ts';
export type { Guarantee } from './guarantee.ts';
export { type Phases, statesOf } from './phases.ts';
export {
  Scene,
  STATE,
  scenesOf,
  stateName,
  type ToldMessage,
  type ToldRun,
  type ToldStep,
  type Turn,
} from './scene.ts';
export type { Settling } from './settling.ts';
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
