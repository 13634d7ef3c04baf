/** What must stay true of continuous processing and of real-time mode. */
import type { EpochOptions, Query, Sink } from '../../../../models/spark/streaming/epochs/index.ts';
import type { Claim, Local, Violation } from '../../../../src/model/index.ts';
import { over } from '../views.ts';

type Logs = Pick<Query, 'offsets' | 'commits' | 'newest'>;
const logs = (local: Local): Logs => {
  const { offsets, commits, newest } = local.context as Query;
  return { offsets, commits, newest };
};
const seen = (local: Local): number[] => (local.context as Sink).seen;

/** NoLoss, PrefixCommit: what a restart will not read again. */
const committedRecordsReachTheSink = (): Claim => ({
  name: 'committedRecordsReachTheSink',
  modality: 'always',
  means: 'Every record below the end of the newest committed epoch is in the sink.',
  cites: 'Structured Streaming guide, "Continuous Processing": at-least-once',
  reads: { query: logs, sink: seen },
  check: over(({ query, sink }: { query: Logs; sink: number[] }): Violation | null => {
    const end = query.offsets[query.commits.lastIndexOf(true)] ?? 0;
    const lost = sink.slice(0, end).indexOf(0);
    return lost < 0 ? null : { because: `record ${lost} was committed and is not in the sink` };
  }),
});

/** NoDup: promised by neither mode. */
const noRecordIsInTheSinkTwice = (): Claim => ({
  name: 'noRecordIsInTheSinkTwice',
  modality: 'always',
  means: 'A reader of the sink sees each record at most once.',
  cites: 'Structured Streaming guide, "Fault Tolerance Semantics"',
  reads: { sink: seen },
  check: over(({ sink }: { sink: number[] }): Violation | null => {
    const twice = sink.findIndex((count) => count > 1);
    return twice < 0 ? null : { because: `record ${twice} is in the sink twice` };
  }),
});

/** RetentionSafe */
const theNewestCommitIsKept = (): Claim => ({
  name: 'theNewestCommitIsKept',
  modality: 'always',
  means: 'The newest commit and the offsets of its epoch are never purged.',
  cites: 'SPARK-24351',
  reads: { query: logs },
  check: over(({ query: { offsets, commits, newest } }: { query: Logs }): Violation | null =>
    newest < 0 || (commits[newest] && offsets[newest] != null)
      ? null
      : { because: `epoch ${newest} was committed and is not in the logs any more` },
  ),
});

/** Recoverable */
const theQueryGoesOn = ({ bounds }: EpochOptions): Claim => ({
  name: 'theQueryGoesOn',
  modality: 'recovers',
  means: 'Once faults stop, starting the query again is enough for it to commit further epochs.',
  cites: 'Structured Streaming guide, "Recovering from Failures with Checkpointing"',
  reads: { query: logs },
  check: over(({ query: { offsets, newest } }: { query: Logs }): Violation | null => {
    const done = newest === bounds.epochs - 1 || (offsets[newest] ?? 0) === bounds.records;
    return done ? null : { because: `epoch ${newest + 1} is never committed` };
  }),
});

/** All claims about continuous processing and real-time mode. */
export const epochClaims = (options: EpochOptions): Claim[] => [
  committedRecordsReachTheSink(),
  noRecordIsInTheSinkTwice(),
  theNewestCommitIsKept(),
  theQueryGoesOn(options),
];

/** What must be possible: several epochs committed, and one that is begun again. */
export const epochSituations = ({ bounds }: EpochOptions): Claim[] => [
  {
    name: 'allEpochsAreCommitted',
    modality: 'sometimes',
    means: 'As many epochs as the bounds allow are committed.',
    reads: { query: logs },
    check: over(({ query }: { query: Logs }): Violation | null =>
      query.newest === bounds.epochs - 1 ? null : { because: 'not there yet' },
    ),
  },
];
