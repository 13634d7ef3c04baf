/** The Kafka replication model: see README.md for what is modelled and what is not. */
export type { Ledger, Outcome, Producer } from './clients.ts';
export type { ControllerState } from './controller.ts';
export { evidence } from './evidence.ts';
export { type Finding, findings, repair, repaired } from './findings.ts';
export type { Entry, Log } from './log.ts';
export type * as messages from './messages.ts';
export type { Acks } from './messages.ts';
export { narrate } from './narrate.ts';
export { brokerPhases, partitionPhases } from './phases.ts';
export type { Leadership, Replica } from './replica.ts';
export { kafka41, type Level, type Rules, rulesOf } from './rules.ts';
export type { ToldMessage, ToldRun, ToldStep } from './scene.ts';
export { type IsGivenUp, type Over, settling, settlingOf } from './settling.ts';
export {
  type Bounds,
  defaults,
  type KafkaOptions,
  type KafkaSetting,
  kafka,
  kafkaOptions,
} from './system.ts';
export { words } from './words.ts';
