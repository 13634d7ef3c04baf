/** What an operator could change about the transactions of a topic. */
import type { Subject } from './aspect.ts';
import { type Change, deciding } from './change.ts';
import type { TransactionsBase } from './transactions.ts';

type Topics = readonly Subject<TransactionsBase>[];
type TransactionsChange = Change<TransactionsBase>;

/**
 * Changes worth trying, those that are already so left out.
 * @param topics with equal settings.
 */
export const transactionsChanges = (topics: Topics): TransactionsChange[] => [
  ...isolated(topics),
  ...raised(topics),
  ...verified(topics),
];

function isolated(topics: Topics): TransactionsChange[] {
  if (topics[0]!.base.isolation === 'read_committed') return [];
  return [
    {
      name: 'isolation level',
      settings: deciding(topics, 'isolation.level'),
      to: 'read_committed',
      effort: 'client',
      price: 'Readers wait until transactions end: up to transaction.timeout.ms behind.',
      apply: (base) => ({ ...base, isolation: 'read_committed' }),
    },
  ];
}

/** The feature is there from Kafka 4.0 on; clients of 4.0 use it by themselves. */
function raised(topics: Topics): TransactionsChange[] {
  const { transactionVersion, behaviour } = topics[0]!.base;
  if (transactionVersion === 2 || !['4.0', '4.1'].includes(behaviour)) return [];
  return [
    {
      name: 'transaction version',
      settings: deciding(topics, 'transaction.version'),
      to: '2',
      effort: 'dynamic',
      price: 'Only clients of 4.0 or later use it; others go on as before.',
      apply: (base) => ({ ...base, transactionVersion: 2 }),
    },
  ];
}

function verified(topics: Topics): TransactionsChange[] {
  const { partitionVerification, behaviour } = topics[0]!.base;
  if (partitionVerification || behaviour === '3.5') return [];
  return [
    {
      name: 'partition verification',
      settings: deciding(topics, 'transaction.partition.verification.enable'),
      to: 'true',
      effort: 'dynamic',
      price: 'The first write of a transaction to each partition waits for the coordinator.',
      apply: (base) => ({ ...base, partitionVerification: true }),
    },
  ];
}
