/** A known-bad design of a streaming query. */
import type { Design as DesignOf } from '../../../../src/model/index.ts';
import type { StreamingOptions } from '../options.ts';

export type Design = DesignOf<Partial<StreamingOptions>, StreamingOptions['rules']>;

/** One Kafka partition, so one task; `records` produced to it, `batches` batch ids. */
export const small = (records: number, batches: number): Partial<StreamingOptions> => ({
  partitions: 1,
  bounds: { records, batches },
});
