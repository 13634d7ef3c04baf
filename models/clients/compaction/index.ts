/** Log compaction and retention: see README.md for what is modelled and what is not. */
export type { Pass } from './cleaner.ts';
export { type Finding, findings, repair, repaired } from './findings.ts';
export type { Ledger, Written } from './ledger.ts';
export {
  activeBase,
  type Entry,
  isMarker,
  type Log,
  lastStableOffset,
  openSince,
  type Table,
  tableOf,
} from './log.ts';
export { evidence, narrate } from './narrate.ts';
export {
  type Bounds,
  type CompactionOptions,
  defaults,
  optionsOf,
  type Policy,
  type ReaderPace,
  type Setting,
} from './options.ts';
export type { Partition } from './partition.ts';
export type { Reader } from './reader.ts';
export { kafka, type Rules } from './rules.ts';
export type { Replica } from './state.ts';
export { compaction, replicasOf } from './system.ts';
