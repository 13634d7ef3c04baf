/** What must be true of a pipeline from its producer to its sink. */
import { streamOptions } from '../../models/pipeline/index.ts';
import { keyOf } from '../../models/spark/streaming/index.ts';
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
 * elected leader's log, or beyond it, and the record is neither in the sink nor owed by the state.
 */
function missing(subject: Subject, views: Record<string, unknown>): number | undefined {
  const { producer, driver1, sink } = views as Ends;
  const log = view.logOf(views);
  if (log === null || driver1 === null || driver1.position < log.length) return undefined;
  const { aborted } = subject.stream;
  return producer.find(
    (record) =>
      sink[record] === 0 &&
      !aborted.includes(record) &&
      !isStandingIn(subject, views, record) &&
      !isLate(subject, views, log.indexOf(record)),
  );
}

/** Is the record in an open window, or another one of its key in the sink? */
function isStandingIn(subject: Subject, views: Record<string, unknown>, record: number): boolean {
  const { stream } = subject;
  if (stream.operator === 'aggregate') return view.keptOf(subject, views).includes(record);
  const isOfItsKey = (count: number, other: number): boolean =>
    count > 0 && keyOf(stream, other) === keyOf(stream, record);
  return stream.operator === 'dedup' && (views as Ends).sink.some(isOfItsKey);
}

/** Did the record at `offset` of the log come after its window had closed? Not of one that is gone. */
function isLate(subject: Subject, views: Record<string, unknown>, offset: number): boolean {
  if (subject.stream.operator !== 'aggregate' || offset < 0) return false;
  const { checkpoint } = views as unknown as view.Kept;
  const record = view.logOf(views)![offset]!;
  return query.isLate(querySubject(streamOptions(subject)), checkpoint, 0, offset)(record);
}

const acknowledgedRecordsReachTheSink = (subject: Subject): Claim => ({
  name: 'acknowledgedRecordsReachTheSink',
  modality: 'always',
  means:
    "When the query has read to the end of the elected leader's log, every record that the producer was told is safe is in the sink, or in the state from which it will come, but those that were late or of aborted transactions.",
  cites: 'Structured Streaming guide, "Fault Tolerance Semantics"; Kafka documentation, design',
  reads: { ...view.readsLog(subject), ...view.readsState(subject), ...ends },
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
    'If an acknowledged record reaches neither the sink nor the state by the time all there is was read, the query has failed for it.',
  cites: 'Structured Streaming Kafka integration guide, failOnDataLoss',
  reads: { ...view.readsLog(subject), ...view.readsState(subject), ...ends },
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
const passedOffsetsAreInTheSink = (subject: Subject): Claim => ({
  name: 'passedOffsetsAreInTheSink',
  modality: 'always',
  means:
    'Of every offset that the query has passed there is a record in the sink, or in an open window, unless readers may not see it or the query has failed for its loss.',
  cites: 'Structured Streaming Kafka integration guide, failOnDataLoss',
  reads: {
    ...view.readsState(subject),
    driver1: view.rest,
    sink: query.seen,
    ledger: view.reported,
  },
  check: (views): Violation | null => {
    const { driver1, sink, ledger } = views as Ends;
    if (driver1 === null || ledger) return null;
    const { stream } = subject;
    const hidden = stream.isolation === 'read_committed' ? stream.aborted.length : 0;
    const open = stream.operator === 'aggregate' ? view.keptOf(subject, views).length : 0;
    const shown = sink.reduce((sum, count) => sum + count, hidden + open);
    if (shown >= driver1.position) return null;
    return {
      because: `the query goes on at offset ${driver1.position} with ${shown - hidden} records in the sink${stream.operator === 'none' ? '' : ' and its state'}, and says nothing`,
      witness: { position: driver1.position, shown: shown - hidden },
    };
  },
});

/**
 * Offsets are counted, not looked up, so what an operator leaves out with good reason must not occur:
 * late records, of which the third batch may have the first; and a second copy of a record.
 */
export function leavesOut({ stream, topic, bounds }: Subject): boolean {
  if (stream.operator === 'aggregate') return bounds.batches > 2;
  const { retries } = topic;
  return stream.operator === 'dedup' && retries !== undefined && !retries.idempotent;
}

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
  ...(leavesOut(subject) ? [] : [passedOffsetsAreInTheSink(subject)]),
  ...ofTheSink(subject),
  theSinkShowsOnlyWhatTheLogKeeps(subject),
  thePipelineCatchesUpAgain(subject),
];
