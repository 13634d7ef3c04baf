/** Claims about a receiver stream: what the source was told is safe, and what becomes of it. */
import type {
  ReceivedSink,
  Receiver,
  ReceiverDriver,
  ReceiverOptions,
  Source,
} from '../../../models/spark/dstreams/index.ts';
import { type Claim, type Local, sometimes, type Violation } from '../../../src/model/index.ts';

type Held = { state: string; records: number[] };
const heldByDriver = ({ value, context }: Local): Held => {
  const { adding, queue, jobs } = context as ReceiverDriver;
  const records = [...(adding === null ? [] : [adding]), ...queue, ...jobs.flat()];
  return { state: String(value), records };
};
const heldByReceiver = ({ context }: Local): number | null => (context as Receiver).record;
const acknowledged = ({ context }: Local): number => (context as Source).acknowledged;
const rows = ({ context }: Local): number[] => (context as ReceivedSink).rows;

/** NoLoss */
const noAcknowledgedRecordIsLost: Claim = {
  name: 'noAcknowledgedRecordIsLost',
  modality: 'always',
  means:
    'While the driver runs, every record that the source will not hand out again is with the receiver, with the driver, or in the sink.',
  cites: 'Streaming programming guide, "Semantics of received data", table of receivers',
  reads: { source: acknowledged, receiver: heldByReceiver, driver: heldByDriver, sink: rows },
  check: (views): Violation | null => {
    const { state, records } = views.driver as Held;
    if (state !== 'running') return null;
    const known = (record: number): boolean =>
      record === views.receiver || records.includes(record) || views.sink[record] > 0;
    for (let record = 0; record < views.source; record++) {
      if (!known(record)) {
        return { because: `record ${record} was acknowledged and is nowhere`, witness: { record } };
      }
    }
    return null;
  },
};

/** NoDup */
const noReceivedRecordIsOutputTwice: Claim = {
  name: 'noReceivedRecordIsOutputTwice',
  modality: 'always',
  means: 'No record is in the sink twice.',
  cites: 'Streaming programming guide, "Semantics of received data": at least once',
  reads: { sink: rows },
  check: ({ sink }): Violation | null => {
    const record = (sink as number[]).findIndex((times) => times > 1);
    return record < 0
      ? null
      : { because: `record ${record} is in the sink twice`, witness: { record } };
  },
};

/** GracefulStop */
const aStoppedReceiverStreamIsDrained: Claim = {
  name: 'aStoppedReceiverStreamIsDrained',
  modality: 'always',
  means: 'A stream that was stopped has processed all that it had received.',
  cites: 'StreamingContext.stop(stopGracefully = true); ReceiverTracker.stop',
  reads: { driver: heldByDriver, receiver: heldByReceiver },
  check: (views): Violation | null => {
    const { state, records } = views.driver as Held;
    const left = [...records, ...(views.receiver === null ? [] : [views.receiver as number])];
    return state === 'stopped' && left.length > 0
      ? { because: `the stream stopped with records ${left.join(', ')} unprocessed` }
      : null;
  },
};

/** Recoverable */
const everyRecordIsProcessed: Claim = {
  name: 'everyRecordIsProcessed',
  modality: 'recovers',
  means: 'Once faults stop and the driver is started again, every record of the source is output.',
  cites: 'Streaming programming guide, "Fault-tolerance Semantics"',
  reads: { sink: rows },
  check: ({ sink }): Violation | null => {
    const record = (sink as number[]).indexOf(0);
    return record < 0 ? null : { because: `record ${record} is never output` };
  },
};

/** What must be true of a receiver stream. */
export const receiverClaims: readonly Claim[] = [
  noAcknowledgedRecordIsLost,
  noReceivedRecordIsOutputTwice,
  aStoppedReceiverStreamIsDrained,
  everyRecordIsProcessed,
];

/** Situations that the faults of `options` must bring about. */
export function receiverSituations({ faults, writeAheadLog }: ReceiverOptions): Claim[] {
  const has = (kind: string): boolean => (faults[kind] ?? 0) > 0;
  const state = ({ value }: Local): string => String(value);
  const hasJobs = (local: Local): boolean => (local.context as ReceiverDriver).jobs.length > 0;
  return [
    sometimes('everyRecordIsReceived', 'All records are in the sink.', { sink: rows }, (views) => {
      return (views.sink as number[]).every((times) => times > 0);
    }),
    ...(has('executorLoss')
      ? [
          sometimes(
            'theReceiverIsLost',
            "The receiver's executor is gone.",
            { receiver: state },
            ({ receiver }) => receiver === 'lost',
          ),
        ]
      : []),
    ...(has('driverCrash') && writeAheadLog
      ? [
          sometimes(
            'aBatchIsReadBackFromTheLog',
            'A driver runs again with a batch before its receiver has received anything.',
            { driver: (local) => state(local) === 'running' && hasJobs(local), sink: rows },
            ({ driver, sink }) => driver && sink[0] > 0,
          ),
        ]
      : []),
    ...(has('gracefulStop')
      ? [
          sometimes('theStreamStops', 'A graceful stop ends.', { driver: state }, ({ driver }) => {
            return driver === 'stopped';
          }),
        ]
      : []),
  ];
}
