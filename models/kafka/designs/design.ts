/** A known-bad design of replication. */
import type { Design as DesignOf } from '../../../src/model/index.ts';
import type { Rules } from '../rules.ts';
import type { KafkaSetting } from '../system.ts';

export type Design = DesignOf<KafkaSetting, Rules>;
