/** A known-bad design of consuming. */
import type { Design as DesignOf } from '../../../../src/model/index.ts';
import type { ConsumerOptions } from '../options.ts';
import type { Rules } from '../rules.ts';

export type Design = DesignOf<Partial<Omit<ConsumerOptions, 'rules'>>, Rules>;
