/** Claims about the output of one write job: what its readers see of one partition. */
import type { OutputOptions, Store } from '../../../models/spark/core/index.ts';
import { type Claim, type Local, sometimes, type Violation } from '../../../src/model/index.ts';

const phase = ({ value }: Local): string => String(value);
const visible = ({ context }: Local): string[] => (context as Store).visible;
const reads = { driver: phase, store: visible };

/** NoLoss */
const aCommittedJobHasItsOutput: Claim = {
  name: 'aCommittedJobHasItsOutput',
  modality: 'always',
  means: 'When the job has committed, readers see the partition.',
  cites: 'SPARK-24552',
  reads,
  check: ({ driver, store }): Violation | null =>
    driver === 'committed' && store.length === 0
      ? { because: 'the job has committed and the partition is not there' }
      : null,
};

/** NoDup */
const aPartitionIsOutputOnce: Claim = {
  name: 'aPartitionIsOutputOnce',
  modality: 'always',
  means: "Readers never see two attempts' output of one partition.",
  cites: 'SPARK-4879, SPARK-24589, SPARK-39195',
  reads,
  check: ({ store }): Violation | null =>
    store.length > 1
      ? { because: `readers see the partition ${store.length} times`, witness: { files: store } }
      : null,
};

/** AtomicVisible */
const nothingIsVisibleBeforeTheJobCommits: Claim = {
  name: 'nothingIsVisibleBeforeTheJobCommits',
  modality: 'always',
  means: 'Readers see nothing of a job that has not committed: all of its output or none.',
  cites: 'MAPREDUCE-4815, SPARK-33019',
  reads,
  check: ({ driver, store }): Violation | null =>
    driver !== 'committed' && store.length > 0
      ? { because: 'readers see output of a job that has not committed' }
      : null,
};

/** Recoverable */
const theWriteEnds: Claim = {
  name: 'theWriteEnds',
  modality: 'recovers',
  unaided: true,
  means: 'Once faults stop the job commits: no attempt is refused for ever.',
  cites: 'SPARK-19631',
  reads: { driver: phase },
  check: ({ driver }): Violation | null =>
    driver === 'committed' ? null : { because: `the job is still ${driver}` },
};

/** What must be true of a write job, whatever its sink. */
export const outputClaims: readonly Claim[] = [
  aCommittedJobHasItsOutput,
  aPartitionIsOutputOnce,
  nothingIsVisibleBeforeTheJobCommits,
  theWriteEnds,
];

/** Situations that the faults of `options` must bring about. */
export function outputSituations({ faults, sink }: OutputOptions): Claim[] {
  const has = (kind: string): boolean => (faults[kind] ?? 0) > 0;
  const isAlive = (local: Local): boolean => typeof local.value === 'object';
  return [
    sometimes('aJobCommits', 'The job commits.', { driver: phase }, ({ driver }) => {
      return driver === 'committed';
    }),
    ...(has('zombieTask') || has('stageRetry')
      ? [
          sometimes(
            'aZombieOutlivesTheJob',
            'The job has committed while an attempt the driver gave up is still at work.',
            { driver: phase, t1: isAlive },
            ({ driver, t1 }) => driver === 'committed' && t1,
          ),
        ]
      : []),
    ...(has('speculation')
      ? [
          sometimes(
            'twoAttemptsRun',
            'Two attempts at one partition run at once.',
            { t1: isAlive, t2: isAlive },
            ({ t1, t2 }) => t1 && t2,
          ),
        ]
      : []),
    ...(has('taskFailure') && sink !== 'immediate'
      ? [
          sometimes(
            'aFailedAttemptHasCommitted',
            'An attempt fails after its output was put in place, and another runs.',
            {
              store: ({ context }) => (context as Store).committed.includes('t1'),
              t2: isAlive,
            },
            ({ store, t2 }) => store && t2,
          ),
        ]
      : []),
  ];
}
