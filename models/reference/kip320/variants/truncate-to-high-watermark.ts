/**
 * Kafka before KIP-101 (TLA+ module KafkaTruncateToHighWatermark).
 *
 * A new follower cuts its log at its own high watermark and copies the rest again. That mark lags
 * behind the leader's by a fetch: a record that the leader holds for committed is cut off, and if
 * the leader is deposed before the record is copied again, the replica can be elected without it.
 */
import { type AnyRules, unfenced } from '../rules.ts';
import type { Variant } from '../variant.ts';

const rules: AnyRules = {
  ...unfenced,
  // BecomeFollowerTruncateToHighWatermark
  truncation: (replica) => replica.hw,
};

export const truncateToHighWatermark: Variant = {
  name: 'truncateToHighWatermark',
  module: 'KafkaTruncateToHighWatermark',
  rules,
};
