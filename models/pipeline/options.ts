/** What a pipeline is deployed as, and how far the model follows it. */
import type { Budget } from '../../src/model/index.ts';
import { type KafkaOptions, kafkaOptions } from '../kafka/index.ts';
import { type StreamingOptions, spark41, defaults as streaming } from '../spark/streaming/index.ts';

/** How far the model follows both halves: every one of these stands in the verdict's scope. */
export type Bounds = KafkaOptions['bounds'] & {
  /** Batch ids: the last is `batches - 1`. */
  batches: number;
};

/** The partition and its producer. */
export type Topic = Omit<KafkaOptions, 'bounds' | 'faults' | 'servesReaders'>;

/**
 * The query. Left out: of its rules `noticesTruncation`, which no version has: a reader here remembers
 * no leader epochs.
 */
export type Stream = Omit<StreamingOptions, 'bounds' | 'faults' | 'partitions' | 'inherits'>;

export interface PipelineOptions {
  topic: Topic;
  stream: Stream;
  bounds: Bounds;
  /** Faults of both halves: class names of the two models. */
  faults: Budget;
}

/** What is given of the options; the rest is as in the two models, rules as implemented. */
export interface PipelineSetting {
  topic?: Partial<Topic>;
  stream?: Partial<Stream>;
  bounds?: Partial<Bounds>;
  faults?: Budget;
}

/** All options: those not given as in `kafkaOptions` and Spark's `defaults`, with Spark 4.1's rules. */
export function pipelineOptions({
  topic,
  stream,
  bounds,
  faults = {},
}: PipelineSetting = {}): PipelineOptions {
  const { bounds: replication, faults: _none, ...replicated } = kafkaOptions(topic);
  const {
    bounds: batches,
    faults: _no,
    partitions: _one,
    inherits: _nothing,
    ...query
  } = streaming;
  return {
    topic: replicated,
    stream: { ...query, rules: spark41, ...stream },
    bounds: { ...replication, batches: batches.batches, ...bounds },
    faults,
  };
}

/** The half of the options that is the Kafka model's. */
export function topicOptions({ topic, bounds, faults }: PipelineOptions): KafkaOptions {
  const { batches: _, ...replication } = bounds;
  return { ...topic, bounds: replication, faults, servesReaders: true };
}

/** The half of the options that is the streaming model's. */
export const streamOptions = ({ stream, bounds, faults }: PipelineOptions): StreamingOptions => ({
  ...stream,
  partitions: 1,
  inherits: 'nothing',
  bounds: { records: bounds.records, batches: bounds.batches },
  faults,
});
