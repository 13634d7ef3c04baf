/** Spark's DStreams: see README.md for what is modelled and what is not. */
import type { System } from '../../../src/model/index.ts';
import { type DirectOptions, direct } from './direct.ts';
import { type ReceiverOptions, received } from './received.ts';

export {
  type Checkpoints,
  type DirectOptions,
  direct,
  directDefaults,
  type Sink,
  type SinkState,
  type Topic,
} from './direct.ts';
export type { DirectDriver, Offsets } from './direct-driver.ts';
export type { Batch, Snapshot } from './direct-messages.ts';
export { type DirectRules, spark4Direct } from './direct-rules.ts';
export { driverPhases } from './phases.ts';
export {
  type ReceivedSink,
  type ReceiverOptions,
  received,
  receiverDefaults,
} from './received.ts';
export type { Receiver, Source } from './receiver.ts';
export type { ReceiverDriver } from './receiver-driver.ts';
export { type ReceiverRules, spark4Receiver } from './tracker-log.ts';

export type DStreamOptions =
  | ({ source: 'direct' } & Partial<DirectOptions>)
  | ({ source: 'receiver' } & Partial<ReceiverOptions>);

/** The stream that `options` describe. */
export const dstream = (options: DStreamOptions): System =>
  options.source === 'direct' ? direct(options) : received(options);
