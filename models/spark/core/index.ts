/** Spark's core: see README.md for what is modelled and what is not. */

export { type CommitRules, spark24Commit } from './commit-rules.ts';
export type { Committer } from './committer.ts';
export {
  type Dataset,
  type PersistenceOptions,
  type PersistenceRules,
  persistenceDefaults,
  sparkPersistence,
} from './dataset.ts';
export type { Job } from './job.ts';
export {
  type JobLedger,
  type LineageBounds,
  type LineageOptions,
  lineage,
  lineageDefaults,
} from './lineage.ts';
export { type LineageRules, spark42 } from './lineage-rules.ts';
export {
  type OutputOptions,
  output,
  outputDefaults,
  type Sink,
  type Store,
  sinks,
} from './output.ts';
export { type CheckpointFile, type Given, isBeyondReach, persistence } from './persistence.ts';
export { datasetPhases, jobPhases, writePhases } from './phases.ts';
export { words } from './words.ts';
