/** Structured Streaming, micro-batch: driver, tasks, checkpoint, source, sink. */
export type { CheckpointState } from './checkpoint.ts';
export { newest } from './checkpoint.ts';
export type { Driver } from './driver-steps.ts';
export { type FaultClass, faultClasses, storageFaults } from './fault-classes.ts';
export type { Ledger } from './ledger.ts';
export type { Assignment, CommitEntry, Files, OffsetEntry, Offsets } from './messages.ts';
export { keyOf, operate, timeOf } from './operator.ts';
export type { Bounds, Mode, Operator, Storage, StreamingOptions } from './options.ts';
export { driverPhases } from './phases.ts';
export { type Rules, sound, spark35, spark41 } from './rules.ts';
export type { Sink } from './sink.ts';
export { type SinkKind, type SinkTraits, sinkTraits } from './sink-kinds.ts';
export { recordOf, type Source } from './source.ts';
export type { StateFiles } from './state.ts';
export { defaults, driversOf, streaming } from './system.ts';
export type { Task } from './task.ts';
