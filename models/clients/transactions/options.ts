/** What a run of the transactions model depends on: the deployment's settings, bounds and faults. */
import type { Budget } from '../../../src/model/index.ts';
import { type Rules, sound } from './rules.ts';

/** The feature `transaction.version`: 2 raises the producer's epoch with every transaction. */
export type TransactionVersion = 0 | 1 | 2;

/**
 * A request that may be read late when its connection breaks: `produce`, `endTxn`, `marker`;
 * `append`: the produce request is read in time and verified, and the leader comes to append it late.
 */
export type LateKind = 'produce' | 'append' | 'endTxn' | 'marker';

export type Bounds = {
  /** Processes that use the transactional.id, or read the input, one after the other. */
  producers: number;
  /** Transactions of the first process. */
  transactions: number;
  /** Transactions of each later one. */
  laterTransactions: number;
  /** The largest producer epoch (Short.MAX_VALUE in Kafka). */
  lastEpoch: number;
};

export interface TransactionsOptions {
  transactionVersion: TransactionVersion;
  /** transaction.partition.verification.enable */
  partitionVerification: boolean;
  /** isolation.level of the readers. */
  isolation: 'read_committed' | 'read_uncommitted';
  /**
   * `produce`: a transaction writes one record to each of two partitions. `transform`: it writes the
   * output of one input record, and the offset after that record to the group.
   */
  workload: 'produce' | 'transform';
  /** Whether processes share one transactional.id, or have one each and share only a group. */
  transactionalIds: 'shared' | 'own';
  /** What a broken connection may leave behind, besides what it loses. */
  lateKinds: readonly LateKind[];
  rules: Rules;
  bounds: Bounds;
  /** lostMessage (a connection breaks), brokerCrash, producerCrash, zombieProducer. */
  faults: Budget;
}

/** Transactions as they are meant to be, with Kafka 4's defaults, and a reader that asks for them. */
export const defaults: TransactionsOptions = {
  transactionVersion: 2,
  partitionVerification: true,
  isolation: 'read_committed',
  workload: 'produce',
  transactionalIds: 'shared',
  lateKinds: ['produce', 'append', 'endTxn', 'marker'],
  rules: sound,
  bounds: { producers: 2, transactions: 2, laterTransactions: 1, lastEpoch: 99 },
  faults: {},
};

/** What is given of the options; the rest is as in `defaults`. */
export type TransactionsSetting = Partial<Omit<TransactionsOptions, 'bounds' | 'rules'>> & {
  readonly bounds?: Partial<Bounds>;
  readonly rules?: Partial<Rules>;
};

/** All options, those not given as in `defaults`. */
export const optionsOf = (given: TransactionsSetting = {}): TransactionsOptions => ({
  ...defaults,
  ...given,
  rules: { ...defaults.rules, ...given.rules },
  bounds: { ...defaults.bounds, ...given.bounds },
});

/** Does every transaction have an epoch of its own? (KIP-890, part 2) */
export const bumpsEpochs = ({ transactionVersion }: TransactionsOptions): boolean =>
  transactionVersion === 2;

/** The partitions a transaction writes to, in the order in which it does. */
export const partitionsOf = ({ workload }: Pick<TransactionsOptions, 'workload'>): string[] =>
  workload === 'produce' ? ['a', 'b'] : ['a', 'offsets'];

/** The processes, in the order in which they start. */
export const producersOf = ({ bounds }: Pick<TransactionsOptions, 'bounds'>): string[] =>
  Array.from({ length: bounds.producers }, (_, at) => `p${at + 1}`);

/** The coordinator of a process's transactional.id. */
export const coordinatorOf = (
  { transactionalIds }: Pick<TransactionsOptions, 'transactionalIds'>,
  producer: string,
): string => (transactionalIds === 'shared' ? 'coordinator' : `coordinator-${producer}`);

/** Number of a process's first transaction, and how many it may run. */
export function transactionsOf(
  { bounds }: Pick<TransactionsOptions, 'bounds'>,
  producer: string,
): { first: number; count: number } {
  const at = producersOf({ bounds }).indexOf(producer);
  const { transactions, laterTransactions } = bounds;
  return at === 0
    ? { first: 1, count: transactions }
    : { first: 1 + transactions + (at - 1) * laterTransactions, count: laterTransactions };
}
