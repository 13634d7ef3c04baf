/** The Spark query of the stream: the micro-batch model. */
import { z } from 'zod';
import {
  defaults,
  evidence,
  findings,
  narrate,
  repair,
  type SinkKind,
  type StreamingOptions,
  sinkTraits,
  spark35,
  spark41,
  streaming,
} from '../../../models/spark/streaming/index.ts';
import {
  claimsOf,
  guarantees,
  situations,
  subjectOf,
} from '../../../properties/spark/streaming/index.ts';
import { FAULTS } from '../../config/index.ts';
import type { Budget, Claim } from '../../model/index.ts';
import { faultsText, inOrder } from '../rows.ts';
import { type Aspect, aspect, type BoundsName } from './aspect.ts';
import { queryChanges } from './query-changes.ts';
import { type QueryBase, queryOf } from './query-settings.ts';

type QueryBounds = { partitions: number; records: number; batches: number };

/** Everything a system of the streaming model is built from. */
export type QueryInput = QueryBase & {
  readonly bounds: QueryBounds;
  readonly faults: Budget;
  readonly repairs: readonly string[];
};

/** The faults of a query, in the order of FAULTS. */
const QUERY_FAULTS = FAULTS.filter((fault) =>
  [
    'driverCrash',
    'executorLoss',
    'zombieWrite',
    'secondDriver',
    'lostWrite',
    'checkpointDeleted',
    'sourceTruncated',
  ].includes(fault),
);

export const QUERY_BOUNDS: Readonly<Record<BoundsName, QueryBounds>> = {
  tiny: { partitions: 1, records: 2, batches: 2 },
  small: { partitions: 1, records: 3, batches: 3 },
  large: { partitions: 2, records: 2, batches: 3 },
};

/** Options for `streaming()`. */
export function queryOptions(input: QueryInput): StreamingOptions {
  const { spark, repairs, bounds, faults, checksRenamedFile } = input;
  const { sink, storage, mode, operator, failOnDataLoss, isolation } = input;
  const rules = spark === '4.1' ? spark41 : spark35;
  return {
    ...defaults,
    ...{ sink, storage, mode, operator, failOnDataLoss, isolation },
    // With `latest` what is followed begins where the query first started: that record is 0.
    startingOffsets: 'earliest',
    aborted: input.transactional ? [0] : [],
    partitions: bounds.partitions,
    bounds: { records: bounds.records, batches: bounds.batches },
    rules: { ...repair(rules, repairs), ...(checksRenamedFile && { checksRenamedFile }) },
    faults,
  };
}

/** Faults by which a task has more than one attempt. */
const attempts = ({ faults }: Pick<QueryInput, 'faults'>): number =>
  (faults.executorLoss ?? 0) + (faults.zombieWrite ?? 0);

/**
 * What is explored for a row. A checkpoint is deleted while the query is down, so it is stopped
 * once for it; speculation runs a second attempt of a task without any fault.
 */
export function exploredFaults(
  { speculation }: Pick<QueryBase, 'speculation'>,
  faults: Budget,
): { faults: Budget; note: string | null } {
  const deleted = faults.checkpointDeleted ?? 0;
  const driverCrash = Math.max(faults.driverCrash ?? 0, deleted);
  const zombieWrite = Math.max(faults.zombieWrite ?? 0, speculation ? 1 : 0);
  const explored = inOrder({ ...faults, driverCrash, zombieWrite }, QUERY_FAULTS);
  const reasons = [
    ...(driverCrash > (faults.driverCrash ?? 0)
      ? ['a checkpoint is deleted while the query is stopped']
      : []),
    ...(zombieWrite > (faults.zombieWrite ?? 0)
      ? ['speculation runs second attempts without a fault']
      : []),
  ];
  if (reasons.length === 0) return { faults: explored, note: null };
  const note = `${faultsText(faults)} is explored as ${faultsText(explored)}: ${reasons.join(', and ')}.`;
  return { faults: explored, note };
}

function summaryOf(base: QueryBase): string {
  const { spark, sink, storage, mode, operator } = base;
  return [
    `Spark ${spark}`,
    `sink ${sink}`,
    `checkpoint ${{ hdfs: 'with atomic renames', fsRename: 'with copying renames', s3abort: 'by abortable uploads' }[storage]}`,
    `trigger ${{ sync: 'processingTime', async: 'processingTime with asynchronous progress', once: 'once', availableNow: 'availableNow' }[mode]}`,
    operator === 'none' ? 'stateless' : operator,
    ...(base.failOnDataLoss ? [] : ['failOnDataLoss=false']),
    ...(base.speculation ? ['speculation'] : []),
  ].join(', ');
}

const STATE = 'state-survives';
const has = ({ faults }: QueryInput, fault: string): boolean => (faults[fault] ?? 0) > 0;

/**
 * What the state should be is told by the topic, so not where that is cut; and what a lost write does
 * to state files is the state stores' model's.
 */
const losesSightOfState = (input: QueryInput): boolean =>
  has(input, 'lostWrite') || has(input, 'sourceTruncated');

/** A query that keeps state is owed an answer about it, if only that there is none. */
const untold = (input: QueryInput): readonly string[] =>
  input.operator !== 'none' && losesSightOfState(input)
    ? guarantees.find(({ name }) => name === STATE)!.claims
    : [];

/**
 * Claims as far as they can be told. `loss-is-reported` is asked of a query that was told not to fail
 * on data loss too. Whole batches are told by offsets/, so not where its entries may be gone.
 */
function claims(input: QueryInput): Claim[] {
  const keepsState = input.operator !== 'none' && !losesSightOfState(input);
  const logsStay = !has(input, 'lostWrite') && !has(input, 'checkpointDeleted');
  const names = guarantees.map(({ name }) => name).filter((name) => name !== STATE || keepsState);
  return claimsOf(names, subjectOf({ ...queryOptions(input), failOnDataLoss: true })).filter(
    ({ name }) => name !== 'theSinkShowsWholeBatches' || logsStay,
  );
}

function refusal({ unclear, ...input }: QueryInput): string | null {
  if (unclear !== null) return unclear;
  if (input.keyUnknown && (input.faults.checkpointDeleted ?? 0) > 0) {
    return 'Not explored: with a new checkpoint batch ids begin anew; say in stream.sink.idempotent by what a repetition is recognised, byBatchId or byQueryAndBatchId.';
  }
  if (input.startingOffsets === 'latest' && (input.faults.checkpointDeleted ?? 0) > 0) {
    return 'Not explored: with a new checkpoint and startingOffsets=latest the query begins at the end of the topic; what came since its last batch is not read.';
  }
  if (input.operator !== 'none' && attempts(input) > 0 && !input.deterministic) {
    return 'Not explored: where attempts of a task may make different state, its files decide (models/spark/streaming/state-store); say stream.deterministic: true if they do not.';
  }
  return null;
}

const small = z.int().min(0).max(9);

export const query: Aspect = aspect<QueryBase, QueryInput>({
  name: 'query',
  guarantees,
  requiredByDefault: ['at-least-once-output', 'loss-is-reported'],
  faults: QUERY_FAULTS,
  findings: {
    about: 'Structured Streaming itself',
    see: 'models/spark/streaming/README.md',
    list: findings,
  },
  subjectsOf: (deployment) => {
    const { stream } = deployment;
    if (stream === undefined) return [];
    const { base, settings } = queryOf(deployment, stream);
    const name = `query of ${stream.source.topic}`;
    return [{ name, summary: base.unclear ?? summaryOf(base), settings, base }];
  },
  changesOf: queryChanges,
  inputOf: (base, { faults: asked, bounds, repairs }) => {
    const { faults, note } = exploredFaults(base, asked);
    return { input: { ...base, bounds: QUERY_BOUNDS[bounds], faults, repairs }, note };
  },
  refusal,
  isAsked: () => true,
  system: (input) => streaming(queryOptions(input)),
  claims,
  untold,
  situations: (input) => situations(subjectOf(queryOptions(input))),
  narrate,
  evidence,
  summaryOf,
  boundsText: (name) => {
    const { partitions, records, batches } = QUERY_BOUNDS[name];
    return `${partitions} Kafka ${partitions === 1 ? 'partition' : 'partitions'} with up to ${records} records, ${batches} batches`;
  },
  effort: ({ faults, operator }) =>
    Object.values(faults).reduce((sum, count) => sum + count, operator === 'none' ? 0 : 1),
  input: z.strictObject({
    spark: z.enum(['3.5', '4.0', '4.1']),
    sink: z.enum(Object.keys(sinkTraits) as [SinkKind, ...SinkKind[]]),
    keyUnknown: z.boolean(),
    storage: z.enum(['hdfs', 'fsRename', 's3abort']),
    mode: z.enum(['sync', 'once', 'availableNow', 'async']),
    operator: z.enum(['none', 'aggregate', 'dedup']),
    deterministic: z.boolean(),
    startingOffsets: z.enum(['earliest', 'latest']),
    failOnDataLoss: z.boolean(),
    isolation: z.enum(['read_committed', 'read_uncommitted']),
    transactional: z.boolean(),
    speculation: z.boolean(),
    checksRenamedFile: z.boolean(),
    unclear: z.string().nullable(),
    bounds: z.strictObject({ partitions: small, records: small, batches: small }),
    repairs: z.array(z.enum(findings.map(({ id }) => id))),
    faults: z.partialRecord(z.enum(QUERY_FAULTS), small) as z.ZodType<Budget>,
  }),
});
