/**
 * What the paper that this project tests says about lineage, caching and checkpoints of RDDs, each
 * statement as a claim about a system within bounds.
 */
import type { Claim, System } from '../../../src/model/index.ts';
import { type Subject, subjects } from './index.ts';
import { aDeterminateJobIsNotAborted } from './lineage.ts';

/** Explores a system; `explore` of the schedulers is one. */
export type Explore = (
  system: System,
  claims: readonly Claim[],
) => {
  readonly states: number;
  readonly results: readonly {
    readonly claim: Claim;
    readonly verdict: 'holds' | 'broken' | 'undecided';
    readonly moves: readonly number[] | null;
  }[];
};

/** A statement, and the claims about a system that decide it. */
export interface Statement {
  readonly says: string;
  /** The deployment it is judged under, in words. */
  readonly under: string;
  readonly subject: Subject;
  readonly claims: readonly string[];
}

/** One line of the table. */
export interface StatementRow {
  readonly statement: string;
  readonly under: string;
  readonly verdict: 'holds' | 'broken' | 'undecided';
  /** Moves of the shortest counterexample; null if it holds. */
  readonly shortest: number | null;
  readonly scope: {
    readonly faults: Readonly<Record<string, number>>;
    readonly bounds: Readonly<Record<string, number>>;
    readonly states: number;
  };
}

/** Judges statements: broken if one of the claims is, with the shortest counterexample. */
export function judge(statements: readonly Statement[], explore: Explore): StatementRow[] {
  return statements.map(({ says, under, subject: { system, claims }, claims: names }) => {
    const { states, results } = explore(
      system,
      claims.filter(({ name }) => names.includes(name)),
    );
    const broken = results.filter(({ verdict }) => verdict === 'broken');
    const undecided = results.some(({ verdict }) => verdict === 'undecided');
    const verdict = broken.length > 0 ? 'broken' : undecided ? 'undecided' : 'holds';
    const lengths = broken.flatMap(({ moves }) => (moves === null ? [] : [moves.length]));
    return {
      statement: says,
      under,
      verdict,
      shortest: lengths.length > 0 ? Math.min(...lengths) : null,
      scope: { faults: system.budget ?? {}, bounds: system.bounds ?? {}, states },
    };
  });
}

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
