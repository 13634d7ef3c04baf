/** A known-bad design of state stores. */
import type { Design } from '../../../../../src/model/index.ts';
import type { StateStoreOptions } from '../options.ts';

export type StateStoreDesign = Design<Partial<StateStoreOptions>, StateStoreOptions['rules']>;

/** The default provider and format; one batch after another with equal attempts is right on it. */
export const hdfs = { provider: 'hdfs', format: 1, deterministic: true } as const;
export const twoBatches = { bounds: { batches: 2 } };
