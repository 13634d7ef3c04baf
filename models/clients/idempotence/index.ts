/** The model of the idempotent producer. */

export type { Cluster } from './cluster.ts';
export { findings, repair, repaired } from './findings.ts';
export type { ProduceResponse, Stored } from './messages.ts';
export { evidence, narrate } from './narrate.ts';
export {
  type Bounds,
  defaults,
  type IdempotenceOptions,
  type IdempotenceSetting,
  idempotenceOptions,
} from './options.ts';
export { type ProducerState, rebuild } from './producer-state.ts';
export type { Broker } from './replica.ts';
export { kafka, type Rules } from './rules.ts';
export type { Outcome, Producer } from './sequences.ts';
export { idempotence } from './system.ts';
