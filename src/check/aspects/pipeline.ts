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
  assumes,
  assumesOfQuery,
  claimsOf,
  guarantees as composed,
  restsOn,
  situations,
  subjectOf,
} from '../../../properties/pipeline/index.ts';
import { type Deployment, FAULTS } from '../../config/index.ts';
import type { Budget } from '../../model/index.ts';
import { inOrder } from '../rows.ts';
import { type Aspect, aspect, type BoundsName, type Part, type RowInput } from './aspect.ts';
import { pipelineChanges } from './pipeline-changes.ts';
import { type PipelineBase, retriesOf, streamsOf } from './pipeline-settings.ts';
import { type QueryInput, query, queryOptions } from './query.ts';
import { type ReplicationInput, replication, replicationOptions } from './replication.ts';

type PipelineBounds = ReplicationInput['bounds'] & { batches: number };

/** Both halves as their own aspects take them, and what the composed model is followed to. */
export type PipelineInput = {
  readonly topic: ReplicationInput;
  readonly query: QueryInput;
  readonly retries: ReturnType<typeof retriesOf>;
  readonly bounds: PipelineBounds;
  readonly faults: Budget;
  readonly repairs: readonly string[];
};

/** A cut of the log is the replicas' to bring about. */
const OF_THE_QUERY = query.faults.filter((fault) => fault !== 'sourceTruncated');
const PIPELINE_FAULTS = FAULTS.filter(
  (fault) => replication.faults.includes(fault) || OF_THE_QUERY.includes(fault),
);

/** Those of both halves, but of windows (SS-1) and of readers that remember epochs (SS-6). */
const FINDINGS = [replication, query]
  .flatMap(({ findings }) => findings?.list ?? [])
  .filter(({ id }) => id !== 'SS-1' && id !== 'SS-6');

const epochs = { partitionEpochs: 12, leaderEpochs: 8 };
export const PIPELINE_BOUNDS: Readonly<Record<BoundsName, PipelineBounds>> = {
  tiny: { records: 1, lags: 0, metadataLag: 1, batches: 2, ...epochs },
  small: { records: 1, lags: 0, metadataLag: 1, batches: 2, ...epochs },
  large: { records: 1, lags: 1, metadataLag: 2, batches: 2, ...epochs },
};

/** A claim of replication as an assumption of the whole. */
const assumption = (claim: string): string => `${claim}, assumed`;
const all = (rule: Readonly<Record<string, readonly string[]>>): string[] => [
  ...new Set(Object.values(rule).flat()),
];
const ASSUMED = Object.fromEntries(all(assumes).map((claim) => [claim, assumption(claim)]));

const guarantees = composed.map((guarantee) => ({
  ...guarantee,
  claims: [
    ...guarantee.claims,
    ...restsOn[guarantee.name]!,
    ...assumes[guarantee.name]!.map(assumption),
    ...assumesOfQuery[guarantee.name]!.map(assumption),
  ],
}));

/** The findings of a half among all that are taken to be repaired. */
const ofHalf = ({ findings }: Aspect, repairs: readonly string[]): string[] =>
  repairs.filter((id) => findings?.list.some((finding) => finding.id === id));
const topicOf = ({ topic, repairs }: PipelineInput): ReplicationInput => ({
  ...topic,
  repairs: ofHalf(replication, repairs),
});

/** The query by itself, at its own bounds: what applies to it is assumed, and never more than that. */
function queryPart(input: PipelineInput): Part {
  const reads = { ...input.query, repairs: ofHalf(query, input.repairs) };
  const told = [...query.claims(reads).map(({ name }) => name), ...(query.untold?.(reads) ?? [])];
  const assumed = all(assumesOfQuery).filter((claim) => told.includes(claim));
  return {
    aspect: query.name,
    input: reads,
    claims: [],
    assumed: Object.fromEntries(assumed.map((claim) => [claim, assumption(claim)])),
  };
}

/** Options for `pipeline()`. */
export function pipelineSetting(input: PipelineInput): PipelineSetting {
  const { bounds: _own, faults: _faults, ...topic } = replicationOptions(topicOf(input));
  const { sink, storage, failOnDataLoss, isolation, aborted, rules, startingOffsets } =
    queryOptions({ ...input.query, repairs: ofHalf(query, input.repairs) });
  const retries = { most: 1, idempotent: input.retries === 'idempotent' };
  return {
    topic: { ...topic, ...(input.retries !== 'none' && { retries }) },
    stream: {
      ...{ sink, storage, failOnDataLoss, isolation, aborted, rules, startingOffsets },
      mode: input.query.mode === 'async' ? 'async' : 'sync',
    },
    bounds: input.bounds,
    faults: input.faults,
  };
}
const subject = (input: PipelineInput) => subjectOf(pipelineOptions(pipelineSetting(input)));

/** The row of a half. Findings are repaired for both halves at once, see `ofHalf`. */
const rowOf = (faults: readonly string[], row: RowInput): RowInput => ({
  ...row,
  faults: inOrder(row.faults, faults),
  repairs: [],
});

function inputOf(base: PipelineBase, row: RowInput): { input: PipelineInput; note: string | null } {
  const topic = replication.inputOf(base.topic, rowOf(replication.faults, row));
  const reads = query.inputOf(base.query, rowOf(OF_THE_QUERY, row));
  const faults = inOrder({ ...topic.input.faults, ...reads.input.faults }, PIPELINE_FAULTS);
  const bounds = PIPELINE_BOUNDS[row.bounds];
  // Of the two records of a transactional producer the first is of a transaction that is aborted.
  const records = base.query.transactional ? 2 : bounds.records;
  const notes = [
    topic.note,
    reads.note,
    base.query.transactional ? 'Transactions are taken to end as they are told.' : null,
  ].filter((note) => note !== null);
  return {
    input: {
      topic: topic.input as ReplicationInput,
      query: reads.input as QueryInput,
      retries: retriesOf(base),
      bounds: { ...bounds, records },
      faults,
      repairs: row.repairs,
    },
    note: notes.length > 0 ? notes.join(' ') : null,
  };
}

function refusal(input: PipelineInput): string | null {
  const halves = replication.refusal(input.topic) ?? query.refusal(input.query);
  if (halves !== null) return halves;
  const { operator, mode } = input.query;
  if (operator !== 'none') {
    return 'Not explored: the composed model has no state; replication and query are judged each by itself.';
  }
  if (mode === 'once' || mode === 'availableNow') {
    return `Not explored: the composed model has no trigger ${mode}; replication and query are judged each by itself.`;
  }
  return null;
}

const small = z.int().min(0).max(99);

export const pipeline: Aspect = aspect<PipelineBase, PipelineInput>({
  name: 'pipeline',
  guarantees,
  requiredByDefault: ['no-silent-loss', 'no-phantom-output'],
  faults: PIPELINE_FAULTS,
  findings: {
    about: 'Kafka and Structured Streaming themselves, as far as a stream shows it',
    see: 'models/pipeline/README.md',
    list: FINDINGS,
  },
  subjectsOf: (deployment: Deployment) => streamsOf(deployment, replication, query),
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
  parts: (input) => [
    {
      aspect: replication.name,
      input: topicOf(input),
      claims: all(restsOn),
      assumed: ASSUMED,
    },
    queryPart(input),
  ],
  situations: (input) => situations(subject(input)),
  narrate,
  evidence,
  summaryOf: ({ topic, query: reads }) =>
    `${replication.summaryOf(topic)}; ${query.summaryOf(reads)}`,
  boundsText: (name) => {
    const { records, lags, metadataLag, batches } = PIPELINE_BOUNDS[name];
    return [
      `${records} record, one more with a transactional producer`,
      `${batches} batches`,
      `replicas found lagging ${lags === 1 ? 'once' : `${lags} times`}`,
      `metadata read ${metadataLag} ${metadataLag === 1 ? 'change' : 'changes'} late`,
      `one retry; replication by itself: ${replication.boundsText(name)}`,
    ].join(', ');
  },
  effort: ({ topic, query: reads }) => 5 * replication.effort(topic) + query.effort(reads),
  input: z.strictObject({
    topic: replication.input as z.ZodType<ReplicationInput>,
    query: query.input as z.ZodType<QueryInput>,
    retries: z.enum(['none', 'plain', 'idempotent']),
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
