/** The catalogue of known-bad designs, Kafka's, Spark's and those of the two together. */
import { compactionEntries } from './clients-compaction.ts';
import { consumerEntries } from './clients-consumers.ts';
import { idempotenceEntries } from './clients-idempotence.ts';
import { transactionsEntries } from './clients-transactions.ts';
import type { Entry } from './entry.ts';
import { kafkaEntries } from './kafka.ts';
import { pipelineEntries } from './pipeline.ts';
import { sparkEntries } from './spark.ts';

export type { Entry } from './entry.ts';
export { replication } from './kafka.ts';

export const entries: readonly Entry[] = [
  ...kafkaEntries,
  ...idempotenceEntries,
  ...consumerEntries,
  ...compactionEntries,
  ...transactionsEntries,
  ...sparkEntries,
  ...pipelineEntries,
];
