/** What must stay true of transactions: atomicity, fencing, and what readers are shown. */
import {
  type Entry,
  partitionsOf,
  type TransactionsOptions,
  visible,
} from '../../../models/clients/transactions/index.ts';
import type { Claim, View } from '../../../src/model/index.ts';
import * as view from './views.ts';

const JEPSEN = 'Jepsen, jepsen.tests.kafka';

const aTransactionIsCommittedAsAWhole = (options: TransactionsOptions): Claim => ({
  name: 'aTransactionIsCommittedAsAWhole',
  modality: 'always',
  means:
    "Of one transaction's records and offsets none is committed while another is aborted: what " +
    'the application ended as one thing is one thing to read_committed readers.',
  cites: 'KIP-98, "Transactional Guarantees"; KIP-890, motivation',
  reads: view.ofLogs(options),
  check: (logs: view.Logs) => {
    const records = view.recordsIn(options, logs);
    const committed = records.find(
      ({ txn, fate }) =>
        fate === 'committed' && records.some((r) => r.txn === txn && r.fate === 'aborted'),
    );
    if (!committed) return null;
    const { txn, partition } = committed;
    const aborted = records.find((r) => r.txn === txn && r.fate === 'aborted')!;
    return {
      because: `T${txn} is committed in ${partition} and aborted in ${aborted.partition}`,
      witness: { txn },
    };
  },
});

/** The logs, and something of the ledger. */
const withLedger = (options: TransactionsOptions, ledger: View): Claim['reads'] => ({
  ...view.ofLogs(options),
  ledger,
});

const onlyWhatWasAskedForIsCommitted = (options: TransactionsOptions): Claim => ({
  name: 'onlyWhatWasAskedForIsCommitted',
  modality: 'always',
  means: 'No record is committed of a transaction that its application never asked to commit.',
  cites: `KIP-890, motivation; ${JEPSEN}: G1a`,
  reads: withLedger(options, view.asked),
  check: ({ ledger, ...logs }) => {
    const stray = view
      .recordsIn(options, logs)
      .find(({ txn, fate }) => fate === 'committed' && !ledger.includes(txn));
    if (!stray) return null;
    const because = `T${stray.txn} is committed in ${stray.partition}; nobody asked for that`;
    return { because, witness: { txn: stray.txn } };
  },
});

const acknowledgedCommitsStand = (options: TransactionsOptions): Claim => ({
  name: 'acknowledgedCommitsStand',
  modality: 'always',
  means:
    'Of a transaction that the application was told is committed, every record is in its log and ' +
    'none is aborted.',
  cites: `KafkaProducer.commitTransaction; ${JEPSEN}: lost-write`,
  reads: withLedger(options, view.told),
  check: ({ ledger, ...logs }) => {
    for (const txn of ledger as number[]) {
      for (const partition of partitionsOf(options)) {
        const own = (logs as view.Logs)[partition]!.filter((entry) => entry.txn === txn);
        if (own.some(({ fate }) => fate !== 'aborted')) continue;
        const lost = own.length === 0 ? 'is missing' : 'was aborted';
        const because = `T${txn} was acknowledged as committed and its record in ${partition} ${lost}`;
        return { because, witness: { txn } };
      }
    }
    return null;
  },
});

const nothingOfAFencedProducerIsCommitted = (options: TransactionsOptions): Claim => ({
  name: 'nothingOfAFencedProducerIsCommitted',
  modality: 'always',
  means:
    'Once a newer process has initialised the same transactional.id, no transaction is committed ' +
    'that an older one had not asked to commit until then.',
  cites: 'KIP-98, "Zombie fencing"; KafkaProducer.initTransactions',
  reads: withLedger(options, view.barred),
  check: ({ ledger, ...logs }) => {
    const zombie = view
      .recordsIn(options, logs)
      .find(({ txn, fate }) => fate === 'committed' && ledger.includes(txn));
    if (!zombie) return null;
    const because = `T${zombie.txn} of a fenced process is committed in ${zombie.partition}`;
    return { because, witness: { txn: zombie.txn } };
  },
});

const aDecisionStands = (): Claim => ({
  name: 'aDecisionStands',
  modality: 'always',
  means: 'What the coordinator has logged as committed it does not abort, nor the reverse.',
  cites: 'KIP-98, "Transaction Coordinator"; TransactionMetadata, validPreviousStates',
  reads: { ledger: view.isFlipped },
  check: ({ ledger: isFlipped }) =>
    isFlipped ? { because: 'a decision was taken back while it was carried out' } : null,
});

const aRecordIsWrittenOnce = (options: TransactionsOptions): Claim => ({
  name: 'aRecordIsWrittenOnce',
  modality: 'always',
  means: 'A transactional record is in its partition at one offset at most, however often sent.',
  cites: `KIP-98, "Idempotent Producer Guarantees"; ${JEPSEN}: duplicate`,
  reads: view.ofLogs(options),
  check: (logs: view.Logs) => {
    // Offsets may be written again: the last one counts.
    const twice = view
      .recordsIn(options, logs)
      .filter(({ partition }) => partition !== 'offsets')
      .find(
        (entry, at, all) =>
          all.findIndex((e) => e.txn === entry.txn && e.partition === entry.partition) !== at,
      );
    if (!twice) return null;
    const because = `the record of T${twice.txn} is in ${twice.partition} twice`;
    return { because, witness: { txn: twice.txn } };
  },
});

const readersSeeOnlyCommittedTransactions = (options: TransactionsOptions): Claim => ({
  name: 'readersSeeOnlyCommittedTransactions',
  modality: 'always',
  means: 'No reader is shown a record of a transaction that nobody asked to commit.',
  cites: `isolation.level; Fetch, "aborted transactions"; ${JEPSEN}: G1a`,
  reads: withLedger(options, view.asked),
  check: ({ ledger, ...logs }) => {
    for (const partition of partitionsOf(options)) {
      const { isolation, rules } = options;
      const shown = visible((logs as view.Logs)[partition]!, isolation, rules.readsToLastStable);
      const early = shown.find(({ txn }) => !ledger.includes(txn));
      if (!early) continue;
      const because = `readers of ${partition} see T${early.txn}, which is not committed`;
      return { because, witness: { txn: early.txn } };
    }
    return null;
  },
});

const noInputIsTransformedTwice = (): Claim => ({
  name: 'noInputIsTransformedTwice',
  modality: 'always',
  means: 'Of each input record one output is committed at most.',
  cites: 'KIP-447; KIP-98, "Consume-transform-produce"',
  reads: { a: view.logOf },
  check: ({ a }) => {
    const outputs = (a as Entry[]).filter(({ fate }) => fate === 'committed');
    const twice = outputs.find(
      ({ value }, at) => outputs.findIndex((output) => output.value === value) !== at,
    );
    if (!twice) return null;
    const because = `input ${twice.value} was transformed twice, the second time by T${twice.txn}`;
    return { because, witness: { txn: twice.txn } };
  },
});

const anOffsetIsCommittedWithItsOutput = (): Claim => ({
  name: 'anOffsetIsCommittedWithItsOutput',
  modality: 'always',
  means: 'Input below the committed offset has its output: in the log, and not aborted.',
  cites: 'KafkaProducer.sendOffsetsToTransaction',
  reads: { a: view.logOf, group: view.servedOffset },
  check: ({ a, group: committed }) => {
    for (let input = 0; input < committed; input++) {
      if ((a as Entry[]).some(({ value, fate }) => value === input && fate !== 'aborted')) continue;
      const because = `offset ${committed} is committed and input ${input} has no output`;
      return { because, witness: { input } };
    }
    return null;
  },
});

/** The safety claims that apply to a deployment. */
export const safety = (options: TransactionsOptions): Claim[] => [
  aTransactionIsCommittedAsAWhole(options),
  onlyWhatWasAskedForIsCommitted(options),
  acknowledgedCommitsStand(options),
  ...(options.transactionalIds === 'shared' ? [nothingOfAFencedProducerIsCommitted(options)] : []),
  aDecisionStands(),
  aRecordIsWrittenOnce(options),
  readersSeeOnlyCommittedTransactions(options),
  ...(options.workload === 'transform'
    ? [noInputIsTransformedTwice(), anOffsetIsCommittedWithItsOutput()]
    : []),
];
