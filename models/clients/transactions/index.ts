/** Kafka's transactions: see README.md for what is modelled and what is not. */
export type { Coordinator } from './coordinator-steps.ts';
export { designs } from './designs/index.ts';
export { findings, repair } from './findings.ts';
export type { Group } from './group.ts';
export type { Ledger } from './ledger.ts';
export { type Entry, visible } from './log.ts';
export { evidence, narrate } from './narrate.ts';
export type { Network } from './network.ts';
export * from './options.ts';
export type { Partition } from './partition.ts';
export type { Producer } from './producer-steps.ts';
export { type Behaviour, kafka41, type Rules, rulesOf, sound } from './rules.ts';
export { coordinatorsOf, transactions } from './system.ts';
