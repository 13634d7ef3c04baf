/** Transactions of a topic: the model of transactional producers and their coordinator. */
import { z } from 'zod';
import {
  type Behaviour,
  type Bounds,
  defaults,
  evidence,
  findings,
  narrate,
  optionsOf,
  repair,
  rulesOf,
  type TransactionsOptions,
  transactions as transactionsSystem,
} from '../../../models/clients/transactions/index.ts';
import {
  claimsOf,
  guarantees,
  situations,
} from '../../../properties/clients/transactions/index.ts';
import {
  atLeast,
  type Deployment,
  FAULTS,
  type TransactionsDeployment,
} from '../../config/index.ts';
import type { Budget } from '../../model/index.ts';
import { faultsText, inOrder } from '../rows.ts';
import { type Aspect, aspect, type BoundsName } from './aspect.ts';
import { losesByCrash, refusedLoss } from './lossy.ts';
import { transactionsChanges } from './transactions-changes.ts';

/** Settings that the verdicts about a topic's transactions depend on. */
export type TransactionsBase = {
  readonly transactionVersion: 0 | 1 | 2;
  readonly partitionVerification: boolean;
  readonly isolation: 'read_committed' | 'read_uncommitted';
  readonly workload: 'produce' | 'transform';
  readonly behaviour: Behaviour;
  /** Whether a crash may lose committed records: see `losesByCrash`. */
  readonly loses: boolean;
  /** Kafka 4.2 and later: changed where the model's version broke (KAFKA-19446), and anew (KAFKA-19999). */
  readonly newer: boolean;
};

/** Everything a system of the model is built from. */
export type TransactionsInput = TransactionsBase & {
  /** Whether a broken connection may leave a request that is read late, or only loses it. */
  readonly readsLate: boolean;
  readonly bounds: Bounds;
  readonly faults: Budget;
  readonly repairs: readonly string[];
};

const TRANSACTIONS_FAULTS = FAULTS.filter((fault) =>
  ['brokerCrash', 'lostMessage', 'producerCrash', 'zombieProducer'].includes(fault),
);

const BOUNDS: Readonly<Record<BoundsName, Bounds>> = {
  tiny: { ...defaults.bounds, laterTransactions: 1, transactions: 2 },
  small: defaults.bounds,
  large: { ...defaults.bounds, transactions: 3 },
};

/** Options for the model. Processes that transform have an id each: their group tells them apart. */
export function transactionsOptions(input: TransactionsInput): TransactionsOptions {
  const { behaviour, repairs, readsLate, loses: _loses, newer: _newer, ...rest } = input;
  return optionsOf({
    ...rest,
    transactionalIds: rest.workload === 'transform' ? 'own' : 'shared',
    ...(!readsLate && { lateKinds: [] }),
    rules: repair(rulesOf(behaviour), repairs),
  });
}

const baseOf = (
  topic: TransactionsDeployment,
  { behaviour, kafkaVersion, topics }: Deployment,
  workload: TransactionsBase['workload'],
): TransactionsBase => ({
  transactionVersion: topic.transactionVersion,
  partitionVerification: topic.partitionVerification,
  isolation: topic.isolationLevel,
  workload,
  behaviour,
  loses: losesByCrash(topics.find(({ name }) => name === topic.topic)),
  newer: atLeast(kafkaVersion, 4, 2),
});

const summaryOf = (base: TransactionsBase): string =>
  [
    base.workload === 'transform' ? 'consume-transform-produce' : 'transactional producer',
    `transaction.version ${base.transactionVersion}`,
    base.partitionVerification ? 'partitions verified' : 'partitions not verified',
    `readers ${base.isolation}`,
  ].join(', ');

/** A broker that dies takes with it what is on its connections. */
function exploredFaults(faults: Budget): { faults: Budget; note: string | null } {
  const { brokerCrash = 0, lostMessage = 0 } = faults;
  if (brokerCrash === 0) return { faults, note: null };
  const all = { ...faults, lostMessage: lostMessage + brokerCrash };
  const explored = inOrder(all, TRANSACTIONS_FAULTS);
  const note =
    `${faultsText(faults)} is explored as ${faultsText(explored)}: a broker that crashes takes a ` +
    'request or an answer with it.';
  return { faults: explored, note };
}

const WEAK: Readonly<Record<string, readonly string[]>> = {
  'transaction.version': ['0', '1'],
  'transaction.partition.verification.enable': ['false'],
  'isolation.level': ['read_uncommitted'],
};
const WEAK_FOR: Readonly<Record<string, readonly string[]>> = {
  'transactions-atomic': ['transaction.version', 'transaction.partition.verification.enable'],
  'no-aborted-reads': ['isolation.level', 'transaction.version'],
  'transactions-finish': ['transaction.partition.verification.enable', 'transaction.version'],
};

const small = z.int().min(0).max(99);

export const transactions: Aspect = aspect<TransactionsBase, TransactionsInput>({
  name: 'transactions',
  guarantees,
  requiredByDefault: [],
  faults: TRANSACTIONS_FAULTS,
  findings: {
    about: 'transactions themselves',
    see: 'models/clients/transactions/README.md',
    list: findings,
  },

  subjectsOf: (deployment) =>
    deployment.transactions.flatMap((topic) => {
      // Which of the processes writes it, files do not say: where one transforms, both are judged.
      const workloads = topic.transforms
        ? (['produce', 'transform'] as const)
        : (['produce'] as const);
      return workloads.map((workload) => {
        const base = baseOf(topic, deployment, workload);
        const name = workload === 'transform' ? `${topic.topic}, transformed` : topic.topic;
        return { name, summary: summaryOf(base), settings: topic.settings, base };
      });
    }),
  changesOf: (subjects) => transactionsChanges(subjects),
  inputOf: (base, { faults: asked, bounds, repairs }) => {
    const { faults, note } = exploredFaults(asked);
    const readsLate = (asked.lostMessage ?? 0) > 0;
    return { input: { ...base, readsLate, bounds: BOUNDS[bounds], faults, repairs }, note };
  },
  refusal: ({ newer, loses, faults }) =>
    newer
      ? 'Not explored: Kafka 4.2 changed how transactions end (KAFKA-19446), and the model knows 4.1.'
      : refusedLoss(loses, faults),
  isAsked: () => true,
  system: (input) => transactionsSystem(transactionsOptions(input)),
  claims: (input) =>
    claimsOf(
      guarantees.map(({ name }) => name),
      transactionsOptions(input),
    ),
  situations: (input) => situations(transactionsOptions(input)),
  narrate,
  evidence,
  weakSettings: (guarantee, settings) =>
    (WEAK_FOR[guarantee] ?? []).flatMap((key) =>
      settings.filter((setting) => setting.key === key && WEAK[key]!.includes(setting.value)),
    ),
  summaryOf: (input) => `Kafka ${input.behaviour}: ${summaryOf(input)}`,

  boundsText: (name) => {
    const { producers, transactions: first, laterTransactions } = BOUNDS[name];
    const later = laterTransactions === 1 ? '1 transaction' : `${laterTransactions} transactions`;
    return [
      `${producers} processes, the first with ${first} transactions and its successor with ${later}`,
      'one record for each of 2 partitions in a transaction',
      'logs that lose nothing',
    ].join(', ');
  },

  effort: ({ faults, bounds }) =>
    bounds.transactions + Object.values(faults).reduce((sum, count) => sum + count, 0),

  input: z.strictObject({
    transactionVersion: z.literal([0, 1, 2]),
    partitionVerification: z.boolean(),
    isolation: z.enum(['read_committed', 'read_uncommitted']),
    workload: z.enum(['produce', 'transform']),
    behaviour: z.enum(['3.5', '3.9', '4.0', '4.1']),
    loses: z.boolean(),
    newer: z.boolean(),
    readsLate: z.boolean(),
    bounds: z.strictObject({
      producers: small,
      transactions: small,
      laterTransactions: small,
      lastEpoch: small,
    }),
    repairs: z.array(z.enum(findings.map(({ id }) => id))),
    faults: z.partialRecord(z.enum(TRANSACTIONS_FAULTS), small) as z.ZodType<Budget>,
  }),
});
