/** Continuous processing and real-time mode: effects first, the log afterwards. */
export { type EpochDesign, epochDesigns } from './designs.ts';
export { type EpochOptions, type Rules, sound, spark41 } from './options.ts';
export { queryPhases } from './phases.ts';
export type { Query } from './query.ts';
export type { Reader } from './reader.ts';
export { defaults, epochs, type Sink } from './system.ts';
