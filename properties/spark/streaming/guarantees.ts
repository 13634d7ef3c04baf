/** The guarantees an operator asks for, in plain words, and the claims that make each. */
import type { Claim, Guarantee } from '../../../src/model/index.ts';
import { liveness } from './liveness.ts';
import { output } from './output.ts';
import { protocol } from './protocol.ts';
import type { Subject } from './views.ts';

export const guarantees: readonly Guarantee[] = [
  {
    name: 'exactly-once-output',
    means: 'Readers of the sink see every record that was read, once.',
    claims: [
      'committedRecordsReachTheSink',
      'noRecordIsInTheSinkTwice',
      'theSinkShowsWholeBatches',
      'nothingAbortedReachesTheSink',
    ],
  },
  {
    name: 'at-least-once-output',
    means: 'Every record that was read is in the sink.',
    claims: ['committedRecordsReachTheSink'],
  },
  {
    name: 'loss-is-reported',
    means: 'The query stops rather than pass over records that Kafka has lost.',
    claims: ['recordsLostInKafkaAreReported'],
  },
  {
    name: 'state-survives',
    means: 'State and watermark after a recovery are what they would be without the failure.',
    claims: [
      'stateIsTheFoldOfItsBatches',
      'everyStoreReachesEachVersion',
      'watermarksNeverGoBack',
      'theWatermarkFollowsWhatWasRead',
    ],
  },
  {
    name: 'one-driver-at-a-time',
    means: 'Of two drivers on one checkpoint only one makes progress.',
    claims: ['oneDriverWinsEachLogEntry'],
  },
  {
    name: 'recovers-unattended',
    means: 'After a failure it is enough to start the query again.',
    claims: ['theQueryCatchesUpAgain'],
  },
];

/** All claims about a streaming query that must hold in a right system. */
export const streamingClaims = (subject: Subject): Claim[] => [
  ...output(subject),
  ...protocol(subject),
  ...liveness(subject),
];

/** The claims that the named guarantees need, as far as they apply to the query. */
export function claimsOf(names: readonly string[], subject: Subject): Claim[] {
  const wanted = new Set(
    guarantees.filter(({ name }) => names.includes(name)).flatMap(({ claims }) => claims),
  );
  return streamingClaims(subject).filter(({ name }) => wanted.has(name));
}
