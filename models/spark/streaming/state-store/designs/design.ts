/** A known-bad design of state stores: the sound model with as little replaced as possible. */
import type { Design } from '../../designs/design.ts';
import type { StateStoreOptions } from '../options.ts';

export interface StateStoreDesign extends Omit<Design, 'setting' | 'rules' | 'soundSetting'> {
  readonly setting: Partial<StateStoreOptions>;
  readonly rules: Partial<StateStoreOptions['rules']>;
  readonly soundSetting?: Partial<StateStoreOptions>;
}

/** The default provider and format; one batch after another with equal attempts is right on it. */
export const hdfs = { provider: 'hdfs', format: 1, deterministic: true } as const;
export const twoBatches = { bounds: { batches: 2 } };
