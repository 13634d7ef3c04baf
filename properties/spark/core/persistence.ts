/** Claims about an RDD that several actions read: caching, replication, checkpointing. */
import {
  type CheckpointFile,
  type Dataset,
  type Given,
  isBeyondReach,
  type PersistenceOptions,
} from '../../../models/spark/core/index.ts';
import { type Claim, type Local, sometimes, type Violation } from '../../../src/model/index.ts';

const outputs = ({ context }: Local): number[] => (context as Given).outputs;

/** RerunEq */
const everyActionSeesTheSameData: Claim = {
  name: 'everyActionSeesTheSameData',
  modality: 'always',
  means: 'Two actions on one RDD are given the same rows.',
  cites: 'RDD programming guide, "RDD Persistence"; SPARK-8582',
  reads: { ledger: outputs },
  check: ({ ledger }): Violation | null =>
    new Set(ledger as number[]).size > 1
      ? { because: 'two actions were given different rows', witness: { outputs: ledger } }
      : null,
};

/** StateEqReplay, of an RDD */
const theCheckpointIsWhatWasOutput: Claim = {
  name: 'theCheckpointIsWhatWasOutput',
  modality: 'always',
  means: 'The rows in the checkpoint are the rows that the action before it was given.',
  cites: 'RDD.checkpoint (its advice to persist first); SPARK-8582',
  reads: { ledger: outputs, files: ({ context }) => (context as CheckpointFile).rows },
  check: ({ ledger, files }): Violation | null =>
    files !== null && ledger.length > 0 && !ledger.includes(files)
      ? { because: 'the checkpoint holds other rows than were output' }
      : null,
};

/** Recoverable, Durable */
const theDataCanAlwaysBeHad: Claim = {
  name: 'theDataCanAlwaysBeHad',
  modality: 'always',
  means: 'No action fails because neither a block, nor a checkpoint, nor the lineage is left.',
  cites: 'RDD programming guide, "RDD Operations" and checkpointing; LocalCheckpointRDD.compute',
  reads: { rdd: isBeyondReach },
  check: ({ rdd }): Violation | null =>
    rdd ? { because: 'an action failed: the data is nowhere and its lineage is cut' } : null,
};

export const persistenceClaims: readonly Claim[] = [
  everyActionSeesTheSameData,
  theCheckpointIsWhatWasOutput,
  theDataCanAlwaysBeHad,
];

/** Situations that must be possible under `options`. */
export function persistenceSituations(options: PersistenceOptions): Claim[] {
  const { bounds, replicas, checkpoint, faults } = options;
  const has = (kind: string): boolean => (faults[kind] ?? 0) > 0;
  const copies = ({ context }: Local): number =>
    Object.values((context as Dataset).blocks).filter((rows) => rows !== null).length;
  const rdd = ({ context }: Local) => ({
    actions: (context as Dataset).actions,
    isCut: (context as Dataset).isCut,
  });
  return [
    sometimes('allActionsRun', 'Every action runs.', { rdd }, ({ rdd: { actions } }) => {
      return actions === bounds.actions;
    }),
    ...(has('executorLoss') && replicas > 0
      ? [
          sometimes(
            'allBlocksAreLost',
            'An action has run and no block of the RDD is kept any more.',
            { rdd: (local) => ({ ...rdd(local), copies: copies(local) }) },
            ({ rdd: me }) => me.actions > 0 && me.copies < replicas,
          ),
        ]
      : []),
    ...(checkpoint !== 'none'
      ? [
          sometimes('theLineageIsCut', 'A checkpoint cuts the lineage.', { rdd }, (views) => {
            return views.rdd.isCut;
          }),
        ]
      : []),
  ];
}
