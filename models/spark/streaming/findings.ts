/**
 * Findings: where Structured Streaming as implemented breaks a claim within the model's bounds. Each
 * one's smallest repair is a switch of the rules; README, "Findings", tells each with its trace.
 */
import type { Finding as FindingOf } from '../../../src/model/index.ts';
import { type Rules, sound } from './rules.ts';

/** One finding about Structured Streaming itself. */
export type Finding = FindingOf<Rules>;

const read = 'Read in the code, not reproduced on a cluster.';

/** A finding that is mended by the sound rule of one name. */
const mended = (rule: keyof Rules, rest: Omit<Finding, 'repair' | 'confidence'>): Finding => ({
  ...rest,
  confidence: read,
  repair: { [rule]: sound[rule] },
});

export const findings: readonly Finding[] = [
  mended('skippedBatchRuns', {
    id: 'SS-1',
    title:
      'A batch that the sink skips, because it has it already, does not run its plan: what it would have done to the watermark and to the state is lost.',
    breaks: 'theWatermarkFollowsWhatWasRead',
    source: 'FileStreamSink.addBatch; MicroBatchExecution.runBatch, updateWatermark; read in 4.1',
  }),
  mended('gapInCommits', {
    id: 'SS-2',
    title:
      'Offsets that run ahead of the commits by several batches are warned of, and only the last batch is run again.',
    breaks: 'committedRecordsReachTheSink',
    source: 'MicroBatchExecution.populateStartOffsets, third branch; read in 4.1',
  }),
  mended('commitsAhead', {
    id: 'SS-3',
    title:
      'Commits that are newer than the offsets do not stop a query: a committed batch runs again.',
    breaks: 'committedBatchesAreNotRunAgain',
    source: 'MicroBatchExecution.populateStartOffsets has no branch for it; read in 4.1',
  }),
  mended('regressedEnd', {
    id: 'SS-4',
    title:
      'An end offset below the start is logged first and rejected later: every restart fails, even when Kafka is well again.',
    breaks: 'theQueryCatchesUpAgain',
    source: 'MicroBatchExecution.isNewDataAvailable; KafkaOffsetReaderAdmin; read in 4.1',
  }),
  mended('rethrowsCloseErrors', {
    id: 'SS-5',
    title:
      'The abortable file manager (S3) logs errors of closing a checkpoint file and tells nobody: an entry believed written is not there, and two drivers may own one batch.',
    breaks: 'oneDriverWinsEachLogEntry',
    source: 'AbortableStreamBasedCheckpointFileManager.close; read in 3.3 to 4.1',
  }),
  mended('noticesTruncation', {
    id: 'SS-6',
    title:
      'A partition that lost its end and has regrown past the position is read on without a word, failOnDataLoss or not.',
    breaks: 'recordsLostInKafkaAreReported',
    source: 'KafkaDataConsumer; seek carries no leader epoch (KAFKA-20507); read in 4.1',
  }),
];

/** `rules` with the named findings repaired. */
export function repair(rules: Rules, ids: readonly string[]): Rules {
  const wanted = findings.filter(({ id }) => ids.includes(id));
  return wanted.reduce((better, { repair: change }) => Object.assign(better, change), { ...rules });
}
