/** The guarantees asked for of a whole pipeline, in plain words, and the claims that make each. */
import type { Claim, Guarantee } from '../../src/model/index.ts';
import { pipelineClaims } from './claims.ts';
import type { Subject } from './views.ts';

export const guarantees: readonly Guarantee[] = [
  {
    name: 'end-to-end-exactly-once',
    means:
      'Every record that the producer was told is safe is in the sink once, when the query has read all there is.',
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

/**
 * What of replication each guarantee rests on, so that the composed model need not follow replication
 * as far as the Kafka model alone does (ARCHITECTURE.md, "Assume and guarantee"): claims of the Kafka
 * model that, broken, break the guarantee.
 *
 * A record that was acknowledged and is lost is one that a query started later never reads. A record
 * that readers were shown and the log has lost is in the sink of a query that read it in time.
 */
export const restsOn: Readonly<Record<string, readonly string[]>> = {
  'end-to-end-exactly-once': ['acknowledgedRecordsSurvive'],
  'no-silent-loss': ['acknowledgedRecordsSurvive'],
  'no-phantom-output': ['whatReadersSawStays'],
  'recovers-end-to-end': ['aLeaderIsFoundAgain'],
};

/**
 * What each guarantee assumes of replication besides: where the Kafka model breaks it, nothing follows,
 * and the verdict is undecided unless the composed model has broken the guarantee by itself.
 */
export const assumes: Readonly<Record<string, readonly string[]>> = {
  'end-to-end-exactly-once': ['whatReadersSawStays'],
  'no-silent-loss': ['whatReadersSawStays'],
  'no-phantom-output': [],
  'recovers-end-to-end': ['whatReadersSawStays'],
};

/**
 * What each guarantee assumes of the query, which the streaming model follows further than the composed
 * one: where it breaks a claim, nothing follows, unless the composed model has broken the guarantee.
 */
export const assumesOfQuery: Readonly<Record<string, readonly string[]>> = {
  'end-to-end-exactly-once': [
    'committedRecordsReachTheSink',
    'noRecordIsInTheSinkTwice',
    'theSinkShowsWholeBatches',
  ],
  'no-silent-loss': ['committedRecordsReachTheSink', 'recordsLostInKafkaAreReported'],
  'no-phantom-output': [],
  'recovers-end-to-end': ['theQueryCatchesUpAgain'],
};

/** The claims that the named guarantees need. */
export function claimsOf(names: readonly string[], subject: Subject): Claim[] {
  const wanted = guarantees
    .filter(({ name }) => names.includes(name))
    .flatMap(({ claims }) => claims);
  return pipelineClaims(subject).filter(({ name }) => wanted.includes(name));
}
