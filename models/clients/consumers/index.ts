/** Consumers of a group: see README.md for what is modelled and what is not. */
export type { Consumer } from './consumer-steps.ts';
export { findings, repair, repaired } from './findings.ts';
export type { Group } from './group.ts';
export type { History } from './history.ts';
export { beginning, type Entry, type Position } from './log.ts';
export { evidence, narrate } from './narrate.ts';
export { type Bounds, type Commits, type ConsumerOptions, defaults } from './options.ts';
export type { Partition } from './partition.ts';
export { kafka41, type Level, type Rules, rulesOf } from './rules.ts';
export { consumerIds, consumers } from './system.ts';
