/** The order of a batch, and what the checkpoint says: claims that make the output's claims true. */
import { type Assignment, operate, timeOf } from '../../../models/spark/streaming/index.ts';
import type { Claim, Violation } from '../../../src/model/index.ts';
import * as view from './views.ts';
import { ofDrivers, over, type Subject } from './views.ts';

/** RangeImmutable */
const aBatchIdMeansOneRange = (): Claim => ({
  name: 'aBatchIdMeansOneRange',
  modality: 'always',
  means: 'Every execution of a batch id reads the same range, with the same watermark.',
  cites: 'Structured Streaming guide, foreachBatch: batchId to deduplicate',
  reads: { ledger: view.noted },
  check: over(({ ledger }: { ledger: view.Noted }): Violation | null =>
    ledger.otherRange === null
      ? null
      : { because: `batch ${ledger.otherRange} (query:batch) was executed with another range` },
  ),
});

/** RerunEq */
const aRerunGivesTheSameRows = (): Claim => ({
  name: 'aRerunGivesTheSameRows',
  modality: 'always',
  means: 'Every attempt of a task of a batch produces the same rows.',
  cites: 'Structured Streaming guide, "Fault Tolerance Semantics": deterministic replay',
  reads: { ledger: view.noted },
  check: over(({ ledger }: { ledger: view.Noted }): Violation | null =>
    ledger.otherRows === null
      ? null
      : { because: `task ${ledger.otherRows} (query:batch:task) produced other rows` },
  ),
});

/** LogShape */
const commitsTrailOffsetsByOneBatch = (): Claim => ({
  name: 'commitsTrailOffsetsByOneBatch',
  modality: 'always',
  means: 'offsets/ and commits/ have no holes, and the newest commit is at most one batch behind.',
  cites: 'MicroBatchExecution.validateOffsetLogAndGetPrevOffset (SPARK-38033)',
  reads: { checkpoint: view.shape },
  check: over(
    ({ checkpoint: { offsets, commits } }: { checkpoint: view.Shape }): Violation | null => {
      const isWhole = (ids: number[]): boolean => ids.every((id, at) => id === at);
      const behind = offsets.length - commits.length;
      if (isWhole(offsets) && isWhole(commits) && (behind === 0 || behind === 1)) return null;
      return { because: `offsets/ ${offsets}; commits/ ${commits}`, witness: { offsets, commits } };
    },
  ),
});

type Reaching = { checkpoint: view.Logs; sink: view.Reached };

/** WalFirst */
const offsetsAreLoggedBeforeAnyEffect = (): Claim => ({
  name: 'offsetsAreLoggedBeforeAnyEffect',
  modality: 'always',
  means: 'Nothing of a batch is in the sink before its offsets are on disk.',
  cites: 'MicroBatchExecution.constructNextBatch',
  reads: { checkpoint: view.logs, sink: view.reached },
  check: over(({ checkpoint, sink }: Reaching): Violation | null => {
    const batch = sink.touched[`q${checkpoint.query}`] ?? -1;
    return batch < checkpoint.offsets.length && checkpoint.offsets[batch] !== null
      ? null
      : { because: `batch ${batch} reached the sink and has no offsets on disk` };
  }),
});

/** CommitLast */
const commitsFollowTheSink = (): Claim => ({
  name: 'commitsFollowTheSink',
  modality: 'always',
  means: 'A batch is in the commit log only after the sink has committed it.',
  cites: 'MicroBatchExecution.runBatch',
  reads: { checkpoint: view.logs, sink: view.reached },
  check: over(({ checkpoint, sink }: Reaching): Violation | null =>
    checkpoint.lc <= (sink.jobs[`q${checkpoint.query}`] ?? -1)
      ? null
      : { because: `batch ${checkpoint.lc} is committed and was not committed by the sink` },
  ),
});

/** H2 */
const committedBatchesAreNotRunAgain = (subject: Subject): Claim => ({
  name: 'committedBatchesAreNotRunAgain',
  modality: 'always',
  means: 'A driver does not run a batch that the commit log has.',
  cites: 'MicroBatchExecution.populateStartOffsets',
  reads: { checkpoint: view.logs, ...ofDrivers(subject, view.doing) },
  check: (views): Violation | null => {
    const { lc } = views.checkpoint as view.Logs;
    const again = subject.drivers.find((name) => {
      const { state, batch } = views[name] as view.Doing;
      return state === 'running' && batch <= lc;
    });
    return again === undefined ? null : { because: `${again} runs a committed batch again` };
  },
});

/** Monotone */
const offsetsNeverGoBack = (): Claim => ({
  name: 'offsetsNeverGoBack',
  modality: 'always',
  means: 'No batch ends below the batch before it, in any partition.',
  cites: 'SPARK-26267, KAFKA-7703',
  reads: { checkpoint: view.logs },
  check: over(({ checkpoint: { offsets } }: { checkpoint: view.Logs }): Violation | null => {
    const known = offsets.flatMap((entry) => (entry === null || entry === 'torn' ? [] : [entry]));
    const back = known.findIndex(
      ({ end }, at) => at > 0 && end.some((offset, p) => offset < known[at - 1]!.end[p]!),
    );
    return back < 0 ? null : { because: `batch ${back} ends below the one before` };
  }),
});

/** WmMonotone */
const watermarksNeverGoBack = (): Claim => ({
  name: 'watermarksNeverGoBack',
  modality: 'always',
  means: 'No batch is logged with a watermark below that of the batch before it.',
  cites: 'WatermarkTracker.scala',
  reads: { checkpoint: view.logs },
  check: over(({ checkpoint: { offsets } }: { checkpoint: view.Logs }): Violation | null => {
    const known = offsets.flatMap((entry) => (entry === null || entry === 'torn' ? [] : [entry]));
    const back = known.findIndex(
      ({ watermark }, at) => at > 0 && watermark < known[at - 1]!.watermark,
    );
    return back < 0 ? null : { because: `batch ${back} runs with an older watermark` };
  }),
});

/** WmPersist */
const theWatermarkFollowsWhatWasRead = (subject: Subject): Claim => ({
  name: 'theWatermarkFollowsWhatWasRead',
  modality: 'always',
  means: 'Between batches, restarts or not, the watermark is the largest event time read so far.',
  cites: 'SPARK-24699',
  reads: { source: view.topic, ...ofDrivers(subject, view.doing) },
  check: (views): Violation | null => {
    for (const name of subject.drivers) {
      const { state, start, nextWatermark } = views[name] as view.Doing;
      if (state !== 'idle') continue;
      const read = view.recordsBelow(views.source as view.Topic, start);
      const expected = Math.max(0, ...read.map(({ record }) => timeOf(subject, record)));
      if (nextWatermark !== expected) {
        return {
          because: `${name} has watermark ${nextWatermark} after reading up to ${expected}`,
        };
      }
    }
    return null;
  },
});

/** SingleWriter */
const oneDriverWinsEachLogEntry = (): Claim => ({
  name: 'oneDriverWinsEachLogEntry',
  modality: 'always',
  means: 'No two drivers are both told that they wrote the same log entry.',
  cites: 'HDFSMetadataLog.add; CONCURRENT_STREAM_LOG_UPDATE',
  reads: { ledger: view.noted },
  check: over(({ ledger }: { ledger: view.Noted }): Violation | null =>
    ledger.acceptedTwice === null
      ? null
      : { because: `${ledger.acceptedTwice} (log:query:batch) was accepted from two drivers` },
  ),
});

/** AtomicVisible */
const logFilesAreWhole = (): Claim => ({
  name: 'logFilesAreWhole',
  modality: 'always',
  means: 'A file of offsets/ or commits/ is there whole or not at all.',
  cites: 'CheckpointFileManager.createAtomic',
  reads: { checkpoint: view.shape },
  check: over(({ checkpoint: { torn } }: { checkpoint: view.Shape }): Violation | null =>
    torn.length === 0 ? null : { because: `${torn.join(', ')} is torn` },
  ),
});

/** Durable */
const acceptedEntriesAreOnDisk = (): Claim => ({
  name: 'acceptedEntriesAreOnDisk',
  modality: 'always',
  means: 'A log entry that a driver was told is written is on disk.',
  cites: 'CheckpointFileManager.scala; SPARK-40826',
  reads: { checkpoint: view.logsAndShape, ledger: view.accepted },
  check: ({ checkpoint, ledger }): Violation | null => {
    const { query, offsets, commits } = checkpoint as view.Shape & { query: number };
    const gone = (ledger as string[]).find((id) => {
      const [log, of, batch] = id.split(':');
      const there = log === 'offsets' ? offsets : commits;
      return Number(of) === query && !there.includes(Number(batch));
    });
    return gone === undefined ? null : { because: `${gone} (log:query:batch) is not on disk` };
  },
});

type Kept = { checkpoint: view.Logs; source: view.Topic; state: (number[] | null)[][] };

/** AllStoresAtVersion */
const everyStoreReachesEachVersion = (): Claim => ({
  name: 'everyStoreReachesEachVersion',
  modality: 'always',
  means: 'When a batch is committed, every state store has the version after it.',
  cites: 'SPARK-52008',
  reads: { checkpoint: view.logs, state: view.versions },
  check: over(({ checkpoint: { lc }, state }: Kept): Violation | null => {
    const without = lc < 0 ? -1 : state.findIndex((versions) => versions[lc + 1] == null);
    return without < 0 ? null : { because: `store ${without} has no version ${lc + 1}` };
  }),
});

/** StateEqReplay */
const stateIsTheFoldOfItsBatches = (subject: Subject): Claim => ({
  name: 'stateIsTheFoldOfItsBatches',
  modality: 'always',
  means: 'Each state version is what the operator makes of all batches before it, from nothing.',
  cites: 'StateStore.scala',
  reads: { checkpoint: view.logs, source: view.topic, state: view.versions },
  check: over(({ checkpoint: { offsets, lc }, source, state }: Kept): Violation | null => {
    let folds = state.map((): number[] => []);
    for (let batch = 0; batch <= lc; batch++) {
      const entry = offsets[batch];
      const before = offsets[batch - 1];
      if (entry == null || entry === 'torn' || before === 'torn') return null;
      const { watermark, end } = entry;
      const lateBelow = before?.watermark ?? 0;
      const assignment: Assignment = { query: 0, batch, slices: [], watermark, lateBelow };
      folds = folds.map((content, partition) => {
        const log = source.logs[partition]!.slice(before?.end[partition] ?? 0, end[partition]);
        const records = log.filter((record) => view.isVisible(subject, record));
        return operate(subject, assignment, content, records).content;
      });
    }
    const wrong = state.findIndex((versions, partition) => {
      const kept = versions[lc + 1];
      return lc >= 0 && kept != null && kept.join() !== folds[partition]!.join();
    });
    return wrong < 0
      ? null
      : { because: `store ${wrong} is not the fold at version ${lc + 1}`, witness: { folds } };
  }),
});

/** GracefulStop, for triggers that stop by themselves. */
const aFinishedRunLeavesNothingBehind = (subject: Subject): Claim => ({
  name: 'aFinishedRunLeavesNothingBehind',
  modality: 'always',
  means:
    'When Trigger.Once or AvailableNow stops, every logged batch is committed, and all that was there when the run began has been read.',
  cites: 'Structured Streaming guide, "Triggers"',
  reads: { checkpoint: view.shape, driver1: view.doing },
  check: ({ checkpoint, driver1 }): Violation | null => {
    const { offsets, commits } = checkpoint as view.Shape;
    const { state, end, frozen } = driver1 as view.Doing;
    if (state !== 'finished' || subject.drivers.length > 1) return null;
    const inDoubt = offsets.filter((id) => !commits.includes(id));
    if (inDoubt.length > 0) return { because: `batch ${inDoubt} is logged and not committed` };
    const short = frozen?.findIndex((offset, partition) => end![partition]! < offset) ?? -1;
    return short < 0 ? null : { because: `partition ${short} is not read to where it ended` };
  },
});

/** Claims about the protocol, for the modes and faults in which they are promised. */
export function protocol(subject: Subject): Claim[] {
  const stateful = subject.operator !== 'none';
  const lossy = view.suffers(subject, 'lostFile');
  return [
    aBatchIdMeansOneRange(),
    aRerunGivesTheSameRows(),
    ...(subject.inherits === 'nothing' && !lossy ? [commitsTrailOffsetsByOneBatch()] : []),
    ...(lossy ? [] : [offsetsAreLoggedBeforeAnyEffect(), acceptedEntriesAreOnDisk()]),
    commitsFollowTheSink(),
    // A driver that is slower than another one may find its batch committed when it is done.
    ...(subject.drivers.length > 1 ? [] : [committedBatchesAreNotRunAgain(subject)]),
    offsetsNeverGoBack(),
    oneDriverWinsEachLogEntry(),
    logFilesAreWhole(),
    aFinishedRunLeavesNothingBehind(subject),
    ...(stateful ? [everyStoreReachesEachVersion(), stateIsTheFoldOfItsBatches(subject)] : []),
    ...(subject.operator === 'aggregate'
      ? [watermarksNeverGoBack(), theWatermarkFollowsWhatWasRead(subject)]
      : []),
  ];
}
