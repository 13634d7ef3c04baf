import type { Design as Entry } from '../../../../src/model/index.ts';
import type { IdempotenceSetting } from '../options.ts';
import type { Rules } from '../rules.ts';

/** A known-bad design of the idempotent producer: Kafka with as little replaced as possible. */
export type Design = Entry<Omit<IdempotenceSetting, 'rules'>, Rules>;
