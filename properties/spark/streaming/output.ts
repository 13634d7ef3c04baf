/** What readers of the sink may rely on: nothing is lost, nothing is there twice, no batch in part. */
import { keyOf, sinkTraits } from '../../../models/spark/streaming/index.ts';
import type { Claim, Violation } from '../../../src/model/index.ts';
import * as view from './views.ts';
import { over, type Subject } from './views.ts';

type Views = {
  checkpoint: ReturnType<typeof view.logsFromStart>;
  source: view.Topic;
  sink: number[];
  state: (number[] | null)[][];
};
const reads = {
  checkpoint: view.logsFromStart,
  source: view.topic,
  sink: view.seen,
  state: view.versions,
};

/** What was gone before the query chose where to start, nobody promised. */
const wasBeforeStart = (
  { initial }: Views['checkpoint'],
  { partition, offset }: { partition: number; offset: number },
): boolean => offset < (initial?.[partition] ?? 0);

/** Committed records that are neither in the sink nor still to come from the state. */
function missing(subject: Subject, { checkpoint, source, sink, state }: Views) {
  const end = view.endOfBatch(checkpoint, checkpoint.lc);
  const committed = checkpoint.lc < 0 ? [] : view.recordsBelow(source, end);
  const pending = state.flatMap((versions) => versions[checkpoint.lc + 1] ?? []);
  return committed.filter(({ record, partition, offset }) => {
    if (wasBeforeStart(checkpoint, { partition, offset })) return false;
    // What replaced records that were cut off is lost when a batch has gone on past it, not before.
    const cut = source.cuts[partition];
    if (cut != null && offset >= cut.to && end![partition]! <= cut.from) return false;
    if (!view.isVisible(subject, record) || sink[record]! > 0) return false;
    if (subject.operator === 'dedup') {
      return !sink.some(
        (count, other) => count > 0 && keyOf(subject, other) === keyOf(subject, record),
      );
    }
    if (subject.operator === 'none') return true;
    return (
      !pending.includes(record) && !view.isLate(subject, checkpoint, partition, offset)(record)
    );
  });
}

/** NoLoss */
const committedRecordsReachTheSink = (subject: Subject): Claim => ({
  name: 'committedRecordsReachTheSink',
  modality: 'always',
  means:
    'Every visible record from where the query began to the end of the last committed batch is in the sink, or in the state from which it will come, unless it was late.',
  cites: 'Structured Streaming guide, "Fault Tolerance Semantics"',
  reads,
  check: (views): Violation | null => {
    const [lost] = missing(subject, views as Views);
    if (lost === undefined) return null;
    return {
      because: `record ${lost.record} was committed and is not in the sink`,
      witness: { lost },
    };
  },
});

/** LossIsReported */
const recordsLostInKafkaAreReported = (subject: Subject): Claim => ({
  name: 'recordsLostInKafkaAreReported',
  modality: 'always',
  means:
    'With failOnDataLoss, no batch is committed over records that retention or a cut of the log took before they were read.',
  cites: 'Kafka integration guide, failOnDataLoss',
  reads: { ...reads, ledger: view.noted },
  check: (views): Violation | null => {
    const { source, ledger } = views as Views & { ledger: view.Noted };
    if (!subject.failOnDataLoss || ledger.lossReported) return null;
    const lost = missing(subject, views as Views).find(({ partition, offset }) => {
      const cut = source.cuts[partition];
      return offset < source.logStart[partition]! || (cut != null && offset >= cut.to);
    });
    if (lost === undefined) return null;
    return { because: `record ${lost.record} is passed over in silence`, witness: { lost } };
  },
});

/** NoDup */
const noRecordIsInTheSinkTwice = (subject: Subject): Claim => ({
  name: 'noRecordIsInTheSinkTwice',
  modality: 'always',
  means: 'A reader of the sink sees each record (each key, after dropDuplicates) at most once.',
  cites: 'Structured Streaming guide, "Fault Tolerance Semantics"',
  reads: { sink: view.seen },
  check: over(({ sink }: { sink: number[] }): Violation | null => {
    const counts = new Map<number, number>();
    sink.forEach((count, record) => {
      const key = subject.operator === 'dedup' ? keyOf(subject, record) : record;
      counts.set(key, (counts.get(key) ?? 0) + count);
    });
    for (const [key, count] of counts) {
      if (count > 1) return { because: `record ${key} is in the sink twice`, witness: { key } };
    }
    return null;
  }),
});

/** PrefixCommit */
const theSinkShowsWholeBatches = (subject: Subject): Claim => ({
  name: 'theSinkShowsWholeBatches',
  modality: 'always',
  means:
    'At any moment the sink shows the records of the batches up to some batch, from where the query began: all of them, and no others.',
  cites: 'Armbrust et al., "Structured Streaming" (SIGMOD 2018), prefix consistency',
  reads: { checkpoint: view.logsFromStart, source: view.topic, sink: view.seen },
  check: over(({ checkpoint, source, sink }: Omit<Views, 'state'>): Violation | null => {
    const shown = sink.flatMap((count, record) => (count > 0 ? [record] : [])).join();
    const prefixes = [-1, ...checkpoint.offsets.keys()].map((batch) =>
      view
        .recordsBelow(source, batch < 0 ? null : view.endOfBatch(checkpoint, batch))
        .filter((place) => !wasBeforeStart(checkpoint, place))
        .filter(({ record }) => view.isVisible(subject, record))
        .map(({ record }) => record)
        .join(),
    );
    if (prefixes.includes(shown)) return null;
    return { because: `the sink shows the records ${shown}`, witness: { prefixes } };
  }),
});

/** NoPhantom */
const nothingAbortedReachesTheSink = (subject: Subject): Claim => ({
  name: 'nothingAbortedReachesTheSink',
  modality: 'always',
  means: 'Nothing in the sink comes from a transaction that was aborted.',
  cites: 'KIP-98; Kafka integration guide, kafka.isolation.level',
  reads: { sink: view.seen },
  check: over(({ sink }: { sink: number[] }): Violation | null => {
    const phantom = subject.aborted.find((record) => sink[record]! > 0);
    if (phantom === undefined) return null;
    return { because: `record ${phantom} was aborted and is in the sink`, witness: { phantom } };
  }),
});

/** Claims about the output. Whole batches only a sink with a job commit can promise. */
export function output(subject: Subject): Claim[] {
  const whole =
    sinkTraits[subject.sink].visible === 'job' &&
    subject.operator === 'none' &&
    // What Kafka has cut off stays in the sink; and without its offsets no batch can be told.
    !view.suffers(subject, 'sourceTruncated', 'lostFile');
  return [
    committedRecordsReachTheSink(subject),
    recordsLostInKafkaAreReported(subject),
    noRecordIsInTheSinkTwice(subject),
    ...(whole ? [theSinkShowsWholeBatches(subject)] : []),
    nothingAbortedReachesTheSink(subject),
  ];
}
