/** Claims about a direct Kafka stream: what reaches its sink, and what a graceful stop leaves. */
import type {
  DirectDriver,
  DirectOptions,
  SinkState,
  Snapshot,
  Topic,
} from '../../../models/spark/dstreams/index.ts';
import { type Claim, type Local, sometimes, type Violation } from '../../../src/model/index.ts';

type Progress = { state: string; position: number; waits: boolean; atBound: boolean };
/** How far the stream says it is. */
const progressOf =
  ({ bounds }: DirectOptions) =>
  ({ value, context }: Local): Progress => {
    const { position, jobs, failed, now } = context as DirectDriver;
    const waits = jobs.length + failed.length > 0;
    return { state: String(value), position, waits, atBound: now >= bounds.batches };
  };
const rows = ({ context }: Local): number[] => (context as SinkState).rows;

/** NoLoss */
const everyRecordBehindTheStreamIsOutput = (options: DirectOptions): Claim => ({
  name: 'everyRecordBehindTheStreamIsOutput',
  modality: 'always',
  means:
    'When a running stream has no batch left to do, every record before its position is in the sink.',
  cites: 'Kafka integration guide (spark-streaming-kafka-0-10), "Storing Offsets"',
  reads: { driver: progressOf(options), sink: rows },
  check: (views): Violation | null => {
    const { state, position, waits } = views.driver as Progress;
    if (state !== 'running' || waits) return null;
    const record = (views.sink as number[]).slice(0, position).indexOf(0);
    return record < 0
      ? null
      : {
          because: `the stream goes on at offset ${position} and record ${record} was never output`,
          witness: { record, position },
        };
  },
});

/** NoDup */
const noRecordIsOutputTwice: Claim = {
  name: 'noRecordIsOutputTwice',
  modality: 'always',
  means: 'No record is in the sink twice.',
  cites: 'Streaming programming guide, "Semantics of output operations"',
  reads: { sink: rows },
  check: ({ sink }): Violation | null => {
    const record = (sink as number[]).findIndex((times) => times > 1);
    return record < 0
      ? null
      : { because: `record ${record} is in the sink twice`, witness: { record } };
  },
};

/** GracefulStop */
const aStoppedStreamLeavesNothingPending = (options: DirectOptions): Claim => ({
  name: 'aStoppedStreamLeavesNothingPending',
  modality: 'always',
  means: 'A stream that was stopped has done every batch it generated.',
  cites: 'StreamingContext.stop(stopGracefully = true)',
  reads: { driver: progressOf(options) },
  check: ({ driver }): Violation | null =>
    driver.state === 'stopped' && driver.waits
      ? { because: 'the stream stopped with batches that were generated and not done' }
      : null,
});

/** GracefulStop, the second half */
const aStoppedStreamResumesWhereItStopped = (options: DirectOptions): Claim => ({
  name: 'aStoppedStreamResumesWhereItStopped',
  modality: 'always',
  means: 'After a graceful stop the next run begins behind the last record that was processed.',
  cites: 'Streaming programming guide, "Upgrading Application Code"',
  reads: {
    driver: progressOf(options),
    kafka: ({ context }) => (context as Topic).committed,
    checkpoint: ({ context }) => resumesAt((context.files as Snapshot[]).at(-1)),
    sink: ({ context }) => (context as SinkState).offset,
  },
  check: (views): Violation | null => {
    const { state, position } = views.driver as Progress;
    const knower = { checkpoint: 'checkpoint', kafka: 'kafka', ownStore: 'sink' }[options.offsets];
    const resumes = views[knower] as number;
    return state !== 'stopped' || resumes >= position
      ? null
      : {
          because: `the stream processed up to ${position} and will resume at ${resumes}`,
          witness: { position, resumes },
        };
  },
});

/** The first record that a run from this checkpoint will process. */
const resumesAt = (snapshot?: Snapshot): number =>
  snapshot === undefined
    ? 0
    : Math.min(
        snapshot.position,
        ...snapshot.batches.filter(({ from, until }) => from < until).map(({ from }) => from),
      );

/** Recoverable */
const theStreamCatchesUp = (options: DirectOptions): Claim => ({
  name: 'theStreamCatchesUp',
  modality: 'recovers',
  means: 'Once faults stop and the driver is started again, all records that Kafka has are output.',
  cites: 'Streaming programming guide, "Fault-tolerance Semantics"',
  reads: {
    driver: progressOf(options),
    kafka: ({ context }) => (context as Topic).end,
    sink: rows,
  },
  check: (views): Violation | null => {
    const { state, position, atBound } = views.driver as Progress;
    if (state !== 'running') return { because: `the driver is ${state}` };
    // Past the last batch time the bound, not Spark, is what keeps the stream from going on.
    const end = atBound ? position : (views.kafka as number);
    const record = (views.sink as number[]).slice(0, end).indexOf(0);
    return record < 0 ? null : { because: `record ${record} is never output` };
  },
});

/** What must be true of a direct stream, whatever keeps its offsets. */
export const directClaims = (options: DirectOptions): Claim[] => [
  everyRecordBehindTheStreamIsOutput(options),
  noRecordIsOutputTwice,
  aStoppedStreamLeavesNothingPending(options),
  aStoppedStreamResumesWhereItStopped(options),
  theStreamCatchesUp(options),
];

/** Situations that the faults of `options` must bring about. */
export function directSituations(options: DirectOptions): Claim[] {
  const { faults, offsets, bounds } = options;
  const has = (kind: string): boolean => (faults[kind] ?? 0) > 0;
  const driver = progressOf(options);
  return [
    sometimes('everyRecordIsOutput', 'All records are in the sink.', { sink: rows }, ({ sink }) => {
      return (sink as number[]).every((times) => times > 0);
    }),
    ...(has('driverCrash')
      ? [
          sometimes(
            'aBatchRunsAgain',
            'A restarted driver has a batch to do before its first batch time.',
            { driver },
            ({ driver: me }) => me.state === 'running' && me.waits && offsets === 'checkpoint',
          ),
        ].filter(() => offsets === 'checkpoint')
      : []),
    ...(has('gracefulStop')
      ? [
          sometimes(
            'aStreamStopsGracefully',
            'A graceful stop comes to its end after records were output.',
            { driver, sink: rows },
            ({ driver: me, sink }) => me.state === 'stopped' && sink[0] > 0,
          ),
        ]
      : []),
    ...(bounds.batches > 1
      ? [
          sometimes('batchesQueueUp', 'Two batches wait at once.', { driver: backlog }, (views) => {
            return views.driver > 1;
          }),
        ]
      : []),
  ];
}

const backlog = ({ context }: Local): number => (context as DirectDriver).jobs.length;
