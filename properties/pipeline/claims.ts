/** What must be true of a pipeline from its producer to its sink. */
import { streamOptions } from '../../models/pipeline/index.ts';
import type { Claim, Violation } from '../../src/model/index.ts';
import * as kafka from '../kafka/views.ts';
import { subjectOf as querySubject, streamingClaims } from '../spark/streaming/index.ts';
import * as query from '../spark/streaming/views.ts';
import type { Subject } from './views.ts';
import * as view from './views.ts';

type Ends = { producer: number[]; driver1: view.Rest; sink: number[]; ledger: boolean };
const ends = {
  producer: kafka.acknowledged,
  driver1: view.rest,
  sink: query.seen,
  ledger: view.reported,
};

/**
 * An acknowledged record that the query has nowhere to read from any more: it rests at the end of the
 * elected leader's log, or beyond it.
 */
function missing(subject: Subject, views: Record<string, unknown>): number | undefined {
  const { producer, driver1, sink } = views as Ends;
  const log = view.logOf(views);
  if (log === null || driver1 === null || driver1.position < log.length) return undefined;
  const { aborted } = subject.stream;
  return producer.find((record) => sink[record] === 0 && !aborted.includes(record));
}

const acknowledgedRecordsReachTheSink = (subject: Subject): Claim => ({
  name: 'acknowledgedRecordsReachTheSink',
  modality: 'always',
  means:
    "When the query has read to the end of the elected leader's log, every record that the producer was told is safe is in the sink, but those of aborted transactions.",
  cites: 'Structured Streaming guide, "Fault Tolerance Semantics"; Kafka documentation, design',
  reads: { ...view.readsLog(subject), ...ends },
  check: (views): Violation | null => {
    const record = missing(subject, views);
    if (record === undefined) return null;
    return {
      because: `record ${record} was acknowledged; the query has read all there is and it is not in the sink`,
      witness: { record },
    };
  },
});

const lossesAreReported = (subject: Subject): Claim => ({
  name: 'lossesAreReported',
  modality: 'always',
  means:
    'If an acknowledged record does not reach the sink by the time all there is was read, the query has failed for it.',
  cites: 'Structured Streaming Kafka integration guide, failOnDataLoss',
  reads: { ...view.readsLog(subject), ...ends },
  check: (views): Violation | null => {
    const record = missing(subject, views);
    if (record === undefined || (views as Ends).ledger) return null;
    return {
      because: `record ${record} was acknowledged and is lost; the query has read all there is and says nothing`,
      witness: { record },
    };
  },
});

/** The query may not be further than what it has put out: a copy an offset, whatever is in it. */
const passedOffsetsAreInTheSink = ({ stream }: Subject): Claim => ({
  name: 'passedOffsetsAreInTheSink',
  modality: 'always',
  means:
    'Of every offset that the query has passed there is a record in the sink, unless readers may not see it or the query has failed for its loss.',
  cites: 'Structured Streaming Kafka integration guide, failOnDataLoss',
  reads: { driver1: view.rest, sink: query.seen, ledger: view.reported },
  check: (views): Violation | null => {
    const { driver1, sink, ledger } = views as Ends;
    if (driver1 === null || ledger) return null;
    const hidden = stream.isolation === 'read_committed' ? stream.aborted.length : 0;
    const shown = sink.reduce((sum, count) => sum + count, hidden);
    if (shown >= driver1.position) return null;
    return {
      because: `the query goes on at offset ${driver1.position} with ${shown - hidden} records in the sink, and says nothing`,
      witness: { position: driver1.position, shown: shown - hidden },
    };
  },
});

const theSinkShowsOnlyWhatTheLogKeeps = (subject: Subject): Claim => ({
  name: 'theSinkShowsOnlyWhatTheLogKeeps',
  modality: 'always',
  means: 'Every record in the sink is in the log of the elected leader once that broker leads.',
  cites: 'KIP-101, KIP-966: unclean elections truncate what consumers have read',
  reads: { ...view.readsLog(subject), sink: query.seen },
  check: (views): Violation | null => {
    const log = view.logOf(views);
    if (log === null) return null;
    const record = (views as Ends).sink.findIndex(
      (count, each) => count > 0 && !log.includes(each),
    );
    if (record < 0) return null;
    return {
      because: `record ${record} is in the sink and in the log no more`,
      witness: { record },
    };
  },
});

/** At the model's bounds nothing is said of the future. */
const thePipelineCatchesUpAgain = (subject: Subject): Claim => ({
  name: 'thePipelineCatchesUpAgain',
  modality: 'recovers',
  means:
    'Once faults stop, restarting brokers and query is enough for a leader to be there and for the query to read to the end of its log.',
  cites: 'Structured Streaming guide, "Recovering from Failures with Checkpointing"',
  reads: { ...view.readsLog(subject), driver1: view.rest },
  check: (views): Violation | null => {
    const { driver1 } = views as Ends;
    const log = view.logOf(views);
    const isAtBound = driver1 !== null && driver1.batch >= subject.bounds.batches;
    if (isAtBound || (log !== null && driver1?.position === log.length)) return null;
    return { because: 'the query never reads to the end of the log again' };
  },
});

/** Claims of the streaming model that read the sink alone say the same here. */
const ofTheSink = (subject: Subject): Claim[] =>
  streamingClaims(querySubject(streamOptions(subject))).filter(({ name }) =>
    ['noRecordIsInTheSinkTwice', 'nothingAbortedReachesTheSink'].includes(name),
  );

/** All claims about a pipeline that must hold in a right system. */
export const pipelineClaims = (subject: Subject): Claim[] => [
  acknowledgedRecordsReachTheSink(subject),
  lossesAreReported(subject),
  passedOffsetsAreInTheSink(subject),
  ...ofTheSink(subject),
  theSinkShowsOnlyWhatTheLogKeeps(subject),
  thePipelineCatchesUpAgain(subject),
];
