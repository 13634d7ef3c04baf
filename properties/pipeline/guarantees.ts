/** The guarantees asked for of a whole pipeline, in plain words, and the claims that make each. */
import type { Claim, Guarantee } from '../../src/model/index.ts';
import { pipelineClaims } from './claims.ts';
import type { Subject } from './views.ts';

export const guarantees: readonly Guarantee[] = [
  {
    name: 'end-to-end-exactly-once',
    means:
      'Every record that the producer was told is safe is in the sink once, when the query has read all there is; of windows, once they close.',
    claims: ['acknowledgedRecordsReachTheSink', 'noRecordIsInTheSinkTwice'],
  },
  {
    name: 'no-silent-loss',
    means: 'Where a record is lost on the way from producer to sink, the query has failed for it.',
    claims: ['lossesAreReported', 'passedOffsetsAreInTheSink'],
  },
  {
    name: 'no-phantom-output',
    means: 'Nothing in the sink comes from a transaction that was aborted or is gone from the log.',
    claims: ['theSinkShowsOnlyWhatTheLogKeeps', 'nothingAbortedReachesTheSink'],
  },
  {
    name: 'recovers-end-to-end',
    means: 'After a failure it is enough to start brokers and query again.',
    claims: ['thePipelineCatchesUpAgain'],
  },
];

/** By guarantee, names of claims. */
type Rule = Readonly<Record<string, readonly string[]>>;
const nothing: Rule = Object.fromEntries(guarantees.map(({ name }) => [name, []]));

/**
 * What of replication each guarantee rests on, so that the composed model need not follow replication
 * as far as the Kafka model alone does (ARCHITECTURE.md, "Assume and guarantee"): claims of the Kafka
 * model that, broken, break the guarantee.
 *
 * A record that was acknowledged and is lost is one that a query started later never reads. A record
 * that readers were shown and the log has lost is in the sink of a query that read it in time.
 */
export const restsOn: Rule = {
  'end-to-end-exactly-once': ['acknowledgedRecordsSurvive'],
  'no-silent-loss': ['acknowledgedRecordsSurvive'],
  'no-phantom-output': ['whatReadersSawStays'],
  'recovers-end-to-end': ['aLeaderIsFoundAgain'],
};

/**
 * What each guarantee assumes of replication besides: where the Kafka model breaks it, nothing follows,
 * and the verdict is undecided unless the composed model has broken the guarantee by itself.
 */
export const assumes: Rule = {
  'end-to-end-exactly-once': ['whatReadersSawStays'],
  'no-silent-loss': ['whatReadersSawStays'],
  'no-phantom-output': [],
  'recovers-end-to-end': ['whatReadersSawStays'],
};

/**
 * What of the query each guarantee assumes, which the streaming model follows further than the composed
 * one: where it breaks a claim, nothing follows, unless the composed model has broken the guarantee.
 * A watermark that is behind what was read is not among them: a window closes later, once all the same.
 */
export const assumesOfQuery: Rule = {
  'end-to-end-exactly-once': [
    'committedRecordsReachTheSink',
    'noRecordIsInTheSinkTwice',
    'theSinkShowsWholeBatches',
    'stateIsTheFoldOfItsBatches',
    'everyStoreReachesEachVersion',
    'watermarksNeverGoBack',
  ],
  'no-silent-loss': [
    'committedRecordsReachTheSink',
    'recordsLostInKafkaAreReported',
    'stateIsTheFoldOfItsBatches',
    'everyStoreReachesEachVersion',
  ],
  'no-phantom-output': [],
  'recovers-end-to-end': ['theQueryCatchesUpAgain'],
};

/**
 * What rests on the producer: a record that is in the log twice is in the sink twice, for a query may
 * read both. One that drops duplicates drops the second copy: its key is the first one's.
 */
export const restsOnProducer = (operator: Subject['stream']['operator']): Rule =>
  operator === 'dedup'
    ? nothing
    : { ...nothing, 'end-to-end-exactly-once': ['noRecordIsWrittenTwice'] };

/**
 * What rests on transactions, for readers of committed records: what was acknowledged as committed and
 * is missing or aborted they never see; what they see that nobody committed is output; and behind a
 * transaction that does not end they wait. Who reads uncommitted is shown aborted records, which the
 * composed model has.
 */
export const restsOnTransactions = (isolation: Subject['stream']['isolation']): Rule =>
  isolation === 'read_uncommitted'
    ? nothing
    : {
        'end-to-end-exactly-once': ['acknowledgedCommitsStand'],
        'no-silent-loss': ['acknowledgedCommitsStand'],
        'no-phantom-output': ['readersSeeOnlyCommittedTransactions'],
        'recovers-end-to-end': ['theLastStableOffsetMovesOn'],
      };

/** What is assumed of transactions: that they are what the composed model takes them for. */
export const assumesOfTransactions: Rule = {
  'end-to-end-exactly-once': [
    'acknowledgedCommitsStand',
    'aTransactionIsCommittedAsAWhole',
    'nothingOfAFencedProducerIsCommitted',
    'aDecisionStands',
    'aRecordIsWrittenOnce',
    'noInputIsTransformedTwice',
    'anOffsetIsCommittedWithItsOutput',
  ],
  'no-silent-loss': ['acknowledgedCommitsStand', 'anOffsetIsCommittedWithItsOutput'],
  'no-phantom-output': [],
  'recovers-end-to-end': [],
};

/** The claims that the named guarantees need. */
export function claimsOf(names: readonly string[], subject: Subject): Claim[] {
  const wanted = guarantees
    .filter(({ name }) => names.includes(name))
    .flatMap(({ claims }) => claims);
  return pipelineClaims(subject).filter(({ name }) => wanted.includes(name));
}
