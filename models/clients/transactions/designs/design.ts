/** A known-bad design of transactions. */
import type { Design as DesignOf } from '../../../../src/model/index.ts';
import type { TransactionsSetting } from '../options.ts';
import type { Rules } from '../rules.ts';

export type Design = DesignOf<TransactionsSetting, Rules>;
