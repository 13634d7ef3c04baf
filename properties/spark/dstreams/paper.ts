/**
 * What the paper that this project tests says about direct streams, receivers, checkpoints of a
 * stream and graceful shutdown, each statement as a claim about a system within bounds.
 */
import type { Statement } from '../../paper/statement.ts';
import { subjects } from './index.ts';

const onceOnly = ['everyRecordBehindTheStreamIsOutput', 'noRecordIsOutputTwice'];
const says = 'The direct stream ensures exactly-once.';
const restarts = 'A graceful shutdown and restart neither loses nor repeats a record.';
const twoCrashes = { driverCrash: 2 };

/** The paper's statements about DStreams. */
export const dstreamStatements = (): Statement[] => [
  {
    says,
    form: 'Decided for the output: that each record is received once is not yet that.',
    under: 'offsets in the Spark checkpoint, output appended, one driver crash',
    subject: subjects.direct({ sink: 'append', faults: { driverCrash: 1 } }),
    claims: onceOnly,
  },
  {
    says,
    under:
      'offsets in the Spark checkpoint, output keyed by record, two driver crashes, one torn file',
    subject: subjects.direct({ faults: { ...twoCrashes, tornCheckpoint: 1 } }),
    claims: onceOnly,
  },
  {
    says,
    under: 'offsets in the Spark checkpoint, output keyed by batch time, one driver crash',
    subject: subjects.direct({ sink: 'skipByTime', faults: { driverCrash: 1 } }),
    claims: onceOnly,
  },
  {
    says,
    under: 'commitAsync after output, output appended, one driver crash',
    subject: subjects.direct({ offsets: 'kafka', sink: 'append', faults: { driverCrash: 1 } }),
    claims: onceOnly,
  },
  {
    says,
    under: 'results and offsets in one transaction, two driver crashes',
    subject: subjects.direct({ offsets: 'ownStore', sink: 'transactional', faults: twoCrashes }),
    claims: onceOnly,
  },
  {
    says: 'The direct stream loses nothing: what it reads can be read again.',
    under: 'offsets in the Spark checkpoint, output appended, two driver crashes, one torn file',
    subject: subjects.direct({ sink: 'append', faults: { ...twoCrashes, tornCheckpoint: 1 } }),
    claims: ['everyRecordBehindTheStreamIsOutput', 'theStreamCatchesUp'],
  },
  {
    says: 'The write-ahead log of Spark Streaming prevents loss.',
    under: 'reliable receiver, one driver crash and one executor lost',
    subject: subjects.receiver({ faults: { driverCrash: 1, executorLoss: 1 } }),
    claims: ['noAcknowledgedRecordIsLost', 'everyRecordIsProcessed'],
  },
  {
    says: 'The write-ahead log of Spark Streaming prevents loss.',
    under: 'unreliable receiver, one executor lost',
    subject: subjects.receiver({ reliable: false, faults: { executorLoss: 1 } }),
    claims: ['noAcknowledgedRecordIsLost', 'everyRecordIsProcessed'],
  },
  ...(
    [
      ['checkpoint', 'append', 'offsets in the Spark checkpoint, output appended'],
      ['kafka', 'append', 'commitAsync after output, output appended'],
      ['ownStore', 'transactional', 'results and offsets in one transaction'],
    ] as const
  ).map(
    ([offsets, sink, under]): Statement => ({
      says: restarts,
      under: `direct stream, ${under}`,
      subject: subjects.direct({ offsets, sink, faults: { gracefulStop: 1 } }),
      claims: [...onceOnly, 'aStoppedStreamLeavesNothingPending'],
    }),
  ),
];
