/** The known-bad designs, in the catalogue's order. */

import { dequeuedBeforeLogging } from './B61-dequeued-before-logging.ts';
import { replayClearsTheQueue } from './B62-replay-clears-the-queue.ts';
import { outputSkippedByBatchTime } from './B64-output-skipped-by-batch-time.ts';
import { outputReplacedByBatchTime } from './B64b-output-replaced-by-batch-time.ts';
import { offsetsCommittedBeforeOutput } from './B65-offsets-committed-before-output.ts';
import { commitAsyncAndAppendedOutput } from './B65b-commit-async-and-appended-output.ts';
import { offsetsStoredAfterResults } from './B65c-offsets-stored-after-results.ts';
import { failedBatchPassedOver } from './D01-failed-batch-passed-over.ts';
import { checkpointWithoutRanges } from './D02-checkpoint-without-ranges.ts';
import { hardStop } from './D03-hard-stop.ts';
import { gracefulStopThatDoesNotWait } from './D04-graceful-stop-that-does-not-wait.ts';
import { lastCommitAsyncNeverSent } from './D05-last-commit-async-never-sent.ts';
import { lastBatchRunsAgain } from './D06-last-batch-runs-again.ts';
import { answeredBeforeLogging } from './D07-answered-before-logging.ts';
import { noWriteAheadLog } from './D08-no-write-ahead-log.ts';
import { unreliableReceiver } from './D09-unreliable-receiver.ts';
import { appendedOutputOfReceivedData } from './D10-appended-output-of-received-data.ts';
import { receiverNotDrained } from './D11-receiver-not-drained.ts';
import type { Design } from './design.ts';

export type { Design } from './design.ts';

export const designs: readonly Design[] = [
  outputSkippedByBatchTime,
  outputReplacedByBatchTime,
  offsetsCommittedBeforeOutput,
  commitAsyncAndAppendedOutput,
  offsetsStoredAfterResults,
  failedBatchPassedOver,
  checkpointWithoutRanges,
  hardStop,
  gracefulStopThatDoesNotWait,
  lastCommitAsyncNeverSent,
  lastBatchRunsAgain,
  dequeuedBeforeLogging,
  replayClearsTheQueue,
  answeredBeforeLogging,
  noWriteAheadLog,
  unreliableReceiver,
  appendedOutputOfReceivedData,
  receiverNotDrained,
];
