/** The whole pipeline: see README.md for what is composed and what is not. */
export type { Ledger } from './ledger.ts';
export { evidence, narrate } from './narrate.ts';
export {
  type Bounds,
  type PipelineOptions,
  type PipelineSetting,
  pipelineOptions,
  type Stream,
  streamOptions,
  type Topic,
  topicOptions,
} from './options.ts';
export { pipeline } from './system.ts';
