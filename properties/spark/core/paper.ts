/**
 * What the paper that this project tests says about lineage, caching and checkpoints of RDDs, each
 * statement as a claim about a system within bounds.
 */
import type { Statement } from '../../paper/statement.ts';
import { type Subject, subjects } from './index.ts';
import { aDeterminateJobIsNotAborted } from './lineage.ts';

const whole = ['everyRowReachesTheResult', 'noRowReachesTheResultTwice'];

const indeterminate = subjects.lineage({
  partitioning: 'roundRobin',
  faults: { executorLoss: 1 },
});
/** Asked also what is promised of determinate jobs only. */
const unordered: Subject = {
  ...indeterminate,
  claims: [...indeterminate.claims, aDeterminateJobIsNotAborted()],
};

/** The paper's statements about Spark's core. */
export const coreStatements = (): Statement[] => [
  {
    says: 'Lineage recomputes what a failed worker held, and nothing is lost.',
    under: 'partitioning by hash, one executor lost',
    subject: subjects.lineage({ faults: { executorLoss: 1 } }),
    claims: [...whole, 'aDeterminateJobIsNotAborted', 'theJobEnds'],
  },
  {
    says: 'Lineage recomputes what a failed worker held, and nothing is lost.',
    under: 'a stage whose output hangs on the order of its input, one executor lost',
    subject: unordered,
    claims: whole,
  },
  {
    says: 'Lineage recomputes what a failed worker held, and the job goes on.',
    under: 'a stage whose output hangs on the order of its input, one executor lost',
    subject: unordered,
    claims: ['aDeterminateJobIsNotAborted'],
  },
  {
    says: 'In-memory RDDs survive the failure of a worker.',
    form: 'What was cached is lost and computed again: decided is whether it is the same data.',
    under: 'deterministic RDD, persisted once, two executors lost',
    subject: subjects.persistence({ replicas: 1, faults: { executorLoss: 2 } }),
    claims: ['everyActionSeesTheSameData', 'theDataCanAlwaysBeHad'],
  },
  {
    says: 'In-memory RDDs survive the failure of a worker.',
    under: 'non-deterministic RDD, persisted once, one executor lost',
    subject: subjects.persistence({
      deterministic: false,
      replicas: 1,
      faults: { executorLoss: 1 },
    }),
    claims: ['everyActionSeesTheSameData', 'theDataCanAlwaysBeHad'],
  },
  {
    says: 'In-memory RDDs survive the failure of a worker.',
    under: 'non-deterministic RDD, persisted twice, one executor lost',
    subject: subjects.persistence({
      deterministic: false,
      replicas: 2,
      faults: { executorLoss: 1 },
    }),
    claims: ['everyActionSeesTheSameData', 'theDataCanAlwaysBeHad'],
  },
  {
    says: 'State before a failure equals state after recovery from a checkpoint.',
    under: 'non-deterministic RDD, reliable checkpoint made before its rows are used, two losses',
    subject: subjects.persistence({
      deterministic: false,
      checkpoint: 'reliable',
      firstActionIsOutput: false,
      bounds: { executors: 3, actions: 3 },
      faults: { executorLoss: 2 },
    }),
    claims: ['everyActionSeesTheSameData', 'theCheckpointIsWhatWasOutput', 'theDataCanAlwaysBeHad'],
  },
  {
    says: 'State before a failure equals state after recovery from a checkpoint.',
    under: 'non-deterministic RDD, persisted, checkpointed after its rows were output, one loss',
    subject: subjects.persistence({
      deterministic: false,
      replicas: 1,
      checkpoint: 'reliable',
      faults: { executorLoss: 1 },
    }),
    claims: ['everyActionSeesTheSameData', 'theCheckpointIsWhatWasOutput', 'theDataCanAlwaysBeHad'],
  },
  {
    says: 'Spark writes are atomic.',
    form: 'Of one job; what a restarted query writes again is a statement of its own.',
    under: 'file output committer, algorithm 1, zombie, stage retry, loss and speculation',
    subject: subjects.output({
      faults: { zombieTask: 1, stageRetry: 1, executorLoss: 1, speculation: 1 },
    }),
    claims: ['aPartitionIsOutputOnce', 'nothingIsVisibleBeforeTheJobCommits', 'theWriteEnds'],
  },
  {
    says: 'Spark writes are atomic.',
    under: 'Kafka sink, one task failure',
    subject: subjects.output({ sink: 'immediate', faults: { taskFailure: 1 } }),
    claims: ['aPartitionIsOutputOnce', 'nothingIsVisibleBeforeTheJobCommits', 'theWriteEnds'],
  },
];
