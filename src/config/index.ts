/**
 * Configuration files in, one resolved deployment out. Runs wherever JavaScript runs; `disk.ts` adds
 * the disk.
 */
export {
  type Deployment,
  type Origin,
  type ReadOptions,
  readDeploymentFrom,
  type Setting,
  type TopicDeployment,
  type TopicProducer,
} from './deployment.ts';
export { type Edit, editedFiles, editsFor, type Lines, type WantedSetting } from './edit.ts';
export { ConfigError, type Place, placeText, quoted } from './error.ts';
export { FAULT_MEANINGS } from './fault-meanings.ts';
export { type Files, memoryFiles } from './files.ts';
export {
  FAULTS,
  FINDINGS,
  GUARANTEES,
  type HoldfastFile,
  holdfastSchema,
  type StreamDeployment,
} from './holdfast-schema.ts';
export type { Storage } from './intake.ts';
export { holdfastJsonSchema } from './json-schema.ts';
export {
  isIdempotent,
  MOST_IN_FLIGHT,
  type ProducerDeployment,
  secondAttemptFits,
} from './producer.ts';
export type { CommitStyle, ConsumerDeployment } from './resolve-consumers.ts';
export { BROKER_DEFAULTS, OFFSETS, TRANSACTIONS } from './resolve-topics.ts';
export type { TransactionsDeployment, TransactionVersion } from './resolve-transactions.ts';
export { closest, didYouMean } from './suggest.ts';
export type { Compaction } from './topic-cleanup.ts';
export { millisecondsOf } from './values.ts';
export {
  atLeast,
  type BehaviourLevel,
  behaviourLevel,
  type KafkaVersion,
  parseVersion,
} from './version.ts';
