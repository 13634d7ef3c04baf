/** The stores of a stateful operator: files, executors' memory, and the query that commits them. */
export type { Executor } from './executor.ts';
export { load, type StateDirectory, type StateFile } from './files.ts';
export type { Ledger } from './ledger.ts';
export type { Entry, StateId, Upload } from './messages.ts';
export type { Provider, StateStoreOptions } from './options.ts';
export { queryPhases } from './phases.ts';
export { executors, type Query } from './query.ts';
export { type Rules, sound, spark41 } from './rules.ts';
export { defaults, stateStore } from './system.ts';
