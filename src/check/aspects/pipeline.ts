/**
 * A stream from producer to sink: the Kafka and the streaming model composed.
 *
 * Followers that lag without a fault are too much for the composed model at three replicas and would
 * hide what it is about. So replication is judged by itself once more, in the bounds of its own
 * aspect, and what it breaks of what the query rests on is broken from end to end (see ARCHITECTURE.md,
 * "Assume and guarantee").
 */
import { z } from 'zod';
import {
  evidence,
  narrate,
  type PipelineSetting,
  pipeline as pipelineOf,
  pipelineOptions,
} from '../../../models/pipeline/index.ts';
import {
  claimsOf,
  guarantees,
  leavesOut,
  situations,
  subjectOf,
} from '../../../properties/pipeline/index.ts';
import { FAULTS } from '../../config/index.ts';
import type { Budget } from '../../model/index.ts';
import { inOrder } from '../rows.ts';
import { type Aspect, aspect, type BoundsName, type ModelInput, type RowInput } from './aspect.ts';
import { type IdempotenceInput, idempotence } from './idempotence.ts';
import { pipelineChanges } from './pipeline-changes.ts';
import { partsOf, readsOf, topicOf, wholeGuarantees } from './pipeline-parts.ts';
import {
  type PipelineBase,
  retriesOf,
  streamsOf,
  transactsOf,
  writesOf,
} from './pipeline-settings.ts';
import { type QueryInput, query, queryOptions } from './query.ts';
import { type ReplicationInput, replication, replicationOptions } from './replication.ts';
import { type TransactionsInput, transactions } from './transactions.ts';

type PipelineBounds = ReplicationInput['bounds'] & { batches: number };

/** Each side as its own aspect takes it, and what the composed model is followed to. */
export type PipelineInput = {
  readonly topic: ReplicationInput;
  readonly query: QueryInput;
  readonly retries: ReturnType<typeof retriesOf>;
  /** Its producer and its transactions, as their own aspects take them. */
  readonly writes: IdempotenceInput | null;
  readonly transacts: readonly TransactionsInput[];
  readonly bounds: PipelineBounds;
  readonly faults: Budget;
  readonly repairs: readonly string[];
};

/** A cut of the log is the replicas' to bring about. */
const OF_THE_QUERY = query.faults.filter((fault) => fault !== 'sourceTruncated');
/** What strikes the composed machines. */
const COMPOSED_FAULTS = FAULTS.filter(
  (fault) => replication.faults.includes(fault) || OF_THE_QUERY.includes(fault),
);
/** What befalls processes that write in transactions the transactions' own aspect says. */
const PIPELINE_FAULTS = FAULTS.filter(
  (fault) => COMPOSED_FAULTS.includes(fault) || idempotence.faults.includes(fault),
);

/** Those of all sides, but of readers that remember epochs (SS-6). */
const FINDINGS = [replication, query, idempotence, transactions]
  .flatMap(({ findings }) => findings?.list ?? [])
  .filter(({ id }) => id !== 'SS-6');

const epochs = { partitionEpochs: 12, leaderEpochs: 8 };
export const PIPELINE_BOUNDS: Readonly<Record<BoundsName, PipelineBounds>> = {
  tiny: { records: 1, lags: 0, metadataLag: 1, batches: 2, ...epochs },
  small: { records: 1, lags: 0, metadataLag: 1, batches: 2, ...epochs },
  large: { records: 1, lags: 1, metadataLag: 2, batches: 2, ...epochs },
};

/** Options for `pipeline()`. */
export function pipelineSetting(input: PipelineInput): PipelineSetting {
  const { bounds: _own, faults: _faults, ...topic } = replicationOptions(topicOf(input));
  const {
    bounds: _too,
    faults: _neither,
    partitions: _one,
    inherits: _nothing,
    ...stream
  } = queryOptions(readsOf(input));
  const retries = { most: 1, idempotent: input.retries === 'idempotent' };
  return {
    topic: { ...topic, ...(input.retries !== 'none' && { retries }) },
    stream,
    bounds: input.bounds,
    faults: inOrder(input.faults, COMPOSED_FAULTS),
  };
}
const subject = (input: PipelineInput) => subjectOf(pipelineOptions(pipelineSetting(input)));

/** The row of a side. Findings are repaired for all sides at once, see `partsOf`. */
const rowOf = (faults: readonly string[], row: RowInput): RowInput => ({
  ...row,
  faults: inOrder(row.faults, faults),
  repairs: [],
});

/**
 * Of the two records of a transactional producer the first is of a transaction that is aborted. And a
 * run of Trigger.Once closes no window without a record that came later.
 */
const recordsOf = ({ transactional, operator, mode }: PipelineBase['query']): number =>
  transactional || (operator === 'aggregate' && mode === 'once') ? 2 : 1;

function inputOf(base: PipelineBase, row: RowInput): { input: PipelineInput; note: string | null } {
  const sideOf = (side: Aspect, own: unknown, faults = side.faults) =>
    side.inputOf(own, rowOf(faults, row));
  const producer = writesOf(base);
  const topic = sideOf(replication, base.topic);
  const reads = sideOf(query, base.query, OF_THE_QUERY);
  const writes = producer && sideOf(idempotence, producer);
  const transacts = transactsOf(base).map((each) => sideOf(transactions, each));
  const bounds = PIPELINE_BOUNDS[row.bounds];
  const isTakenOnTrust = base.query.transactional && transacts.length === 0;
  const notes = [
    ...[topic, reads, writes, ...transacts].map((side) => side?.note ?? null),
    isTakenOnTrust ? 'Transactions are taken to end as they are told.' : null,
  ].filter((note) => note !== null);
  return {
    input: {
      topic: topic.input as ReplicationInput,
      query: reads.input as QueryInput,
      retries: retriesOf(base),
      writes: (writes?.input ?? null) as IdempotenceInput | null,
      transacts: transacts.map(({ input }) => input as TransactionsInput),
      bounds: { ...bounds, records: Math.max(bounds.records, recordsOf(base.query)) },
      faults: inOrder(
        { ...row.faults, ...struck(row.faults, topic.input), ...reads.input.faults },
        PIPELINE_FAULTS,
      ),
      repairs: row.repairs,
    },
    note: notes.length > 0 ? [...new Set(notes)].join(' ') : null,
  };
}

/** The faults that the topic is struck by instead of those of the row that can strike it. */
const struck = (asked: Budget, { faults }: ModelInput): Budget => ({
  ...Object.fromEntries(Object.keys(inOrder(asked, replication.faults)).map((fault) => [fault, 0])),
  ...faults,
});

function refusal({ topic, query: reads }: PipelineInput): string | null {
  if (reads.operator !== 'none' && reads.mode === 'async') {
    return 'Not explored: Spark refuses a query that keeps state with asynchronous progress.';
  }
  return replication.refusal(topic) ?? query.refusal(reads);
}

const small = z.int().min(0).max(99);

export const pipeline: Aspect = aspect<PipelineBase, PipelineInput>({
  name: 'pipeline',
  guarantees: wholeGuarantees,
  requiredByDefault: ['no-silent-loss', 'no-phantom-output'],
  faults: PIPELINE_FAULTS,
  findings: {
    about: 'Kafka and Structured Streaming themselves, as far as a stream shows it',
    see: 'models/pipeline/README.md',
    list: FINDINGS,
  },
  subjectsOf: streamsOf,
  changesOf: pipelineChanges,
  inputOf,
  refusal,
  isAsked: () => true,
  system: (input) => pipelineOf(pipelineSetting(input)),
  claims: (input) =>
    claimsOf(
      guarantees.map(({ name }) => name),
      subject(input),
    ),
  untold: (input) => (leavesOut(subject(input)) ? ['passedOffsetsAreInTheSink'] : []),
  parts: partsOf,
  situations: (input) => situations(subject(input)),
  narrate,
  evidence,
  summaryOf: ({ topic, query: reads }) =>
    `${replication.summaryOf(topic)}; ${query.summaryOf(reads)}`,
  boundsText: (name) => {
    const { records, lags, metadataLag, batches } = PIPELINE_BOUNDS[name];
    return [
      `${records} record, one more with transactions or with windows and Trigger.Once`,
      `${batches} batches`,
      `replicas found lagging ${lags === 1 ? 'once' : `${lags} times`}`,
      `metadata read ${metadataLag} ${metadataLag === 1 ? 'change' : 'changes'} late`,
      'one retry; producer, transactions and query by themselves as far as in their own rows, or further',
    ]
      .join(', ')
      .concat(`; replication by itself: ${replication.boundsText(name)}`);
  },
  effort: ({ topic, query: reads }) => 5 * replication.effort(topic) + query.effort(reads),
  input: z.strictObject({
    topic: replication.input as z.ZodType<ReplicationInput>,
    query: query.input as z.ZodType<QueryInput>,
    retries: z.enum(['none', 'plain', 'idempotent']),
    writes: (idempotence.input as z.ZodType<IdempotenceInput>).nullable(),
    transacts: z.array(transactions.input as z.ZodType<TransactionsInput>),
    bounds: z.strictObject({
      records: small,
      lags: small,
      metadataLag: small,
      partitionEpochs: small,
      leaderEpochs: small,
      batches: small,
    }),
    repairs: z.array(z.string()),
    faults: z.partialRecord(z.enum(PIPELINE_FAULTS), small) as z.ZodType<Budget>,
  }),
});
