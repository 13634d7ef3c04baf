/** A known-bad design of log compaction or retention. */
import type { Design as DesignOf } from '../../../../src/model/index.ts';
import type { Setting } from '../options.ts';
import type { Rules } from '../rules.ts';

export type Design = DesignOf<Omit<Setting, 'rules'>, Rules>;
