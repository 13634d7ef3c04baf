/**
 * What the verdicts about a stream rest on and assume: each side of it by its own aspect, which follows
 * it further than the composed model does (ARCHITECTURE.md, "Assume and guarantee").
 */
import {
  assumes,
  assumesOfQuery,
  assumesOfTransactions,
  guarantees,
  restsOn,
  restsOnProducer,
  restsOnTransactions,
} from '../../../properties/pipeline/index.ts';
import type { Guarantee } from '../../model/index.ts';
import type { Aspect, ModelInput, Part } from './aspect.ts';
import { idempotence } from './idempotence.ts';
import type { PipelineInput } from './pipeline.ts';
import { QUERY_BOUNDS, type QueryInput, query } from './query.ts';
import { type ReplicationInput, replication } from './replication.ts';
import { transactions } from './transactions.ts';

type Rule = typeof restsOn;

/** A claim of a part as an assumption of the whole. */
const assumption = (claim: string): string => `${claim}, assumed`;
const all = (...rules: readonly Rule[]): string[] => [
  ...new Set(rules.flatMap((rule) => Object.values(rule).flat())),
];

const RESTS_ON = [restsOn, restsOnProducer('none'), restsOnTransactions('read_committed')];
const ASSUMES = [assumes, assumesOfQuery, assumesOfTransactions];

/** The guarantees with all that they may rest on or assume; what does not apply has no verdict. */
export const wholeGuarantees: readonly Guarantee[] = guarantees.map((guarantee) => ({
  ...guarantee,
  claims: [
    ...guarantee.claims,
    ...RESTS_ON.flatMap((rule) => rule[guarantee.name]!),
    ...new Set(ASSUMES.flatMap((rule) => rule[guarantee.name]!.map(assumption))),
  ],
}));

/** The findings of a part among all that are taken to be repaired. */
export const ofPart = ({ findings }: Aspect, repairs: readonly string[]): string[] =>
  repairs.filter((id) => findings?.list.some((finding) => finding.id === id));

const repaired = <Input extends ModelInput>(
  aspect: Aspect,
  input: Input,
  repairs: readonly string[],
): Input => ({ ...input, repairs: ofPart(aspect, repairs) });

export const topicOf = ({ topic, repairs }: PipelineInput): ReplicationInput =>
  repaired(replication, topic, repairs);
export const readsOf = ({ query: reads, repairs }: PipelineInput): QueryInput =>
  repaired(query, reads, repairs);

/**
 * A part. What its aspect does not tell at all is undecided; of premises, those that say nothing of
 * such a query or such transactions are left out.
 */
function partOf(aspect: Aspect, input: ModelInput, rests: Rule, assumed: Rule): Part | null {
  const told = [...aspect.claims(input).map(({ name }) => name), ...(aspect.untold?.(input) ?? [])];
  const claims = all(rests);
  const isMeant = (claim: string): boolean => told.includes(claim) || all(assumes).includes(claim);
  const premises = all(assumed).filter(isMeant);
  if (claims.length + premises.length === 0) return null;
  return {
    aspect: aspect.name,
    input,
    claims,
    assumed: Object.fromEntries(premises.map((claim) => [claim, assumption(claim)])),
  };
}

/** What rests on nothing and what assumes nothing. */
const none: Rule = {};

/** Two records and two batches are too few to show what a query does twice with its state. */
const farEnough = (reads: QueryInput): QueryInput =>
  reads.operator === 'none' || reads.bounds.batches > QUERY_BOUNDS.tiny.batches
    ? reads
    : { ...reads, bounds: QUERY_BOUNDS.small };

/** All explorations besides that of the composed model. */
export function partsOf(input: PipelineInput): Part[] {
  const { writes, transacts, repairs } = input;
  const { operator, isolation } = input.query;
  const parts = [
    partOf(replication, topicOf(input), restsOn, assumes),
    partOf(query, farEnough(readsOf(input)), none, assumesOfQuery),
    writes &&
      partOf(idempotence, repaired(idempotence, writes, repairs), restsOnProducer(operator), none),
    ...transacts.map((each) =>
      partOf(
        transactions,
        repaired(transactions, each, repairs),
        restsOnTransactions(isolation),
        assumesOfTransactions,
      ),
    ),
  ];
  return parts.filter((part) => part !== null);
}
