/** What must stay reachable without anybody's help: decisions are carried out, readers go on. */
import {
  coordinatorsOf,
  type TransactionsOptions,
} from '../../../models/clients/transactions/index.ts';
import type { Claim } from '../../../src/model/index.ts';
import * as view from './views.ts';

const everyDecisionIsCarriedOut = (options: TransactionsOptions): Claim => ({
  name: 'everyDecisionIsCarriedOut',
  modality: 'recovers',
  unaided: true,
  means: 'A transaction that was decided is completed, without anybody doing anything.',
  cites: 'KIP-98, "Transaction Coordinator"; KAFKA-19999',
  reads: view.of(coordinatorsOf(options), view.stateOf),
  check: (states: Record<string, string>) => {
    const stuck = coordinatorsOf(options).find((name) => states[name]!.startsWith('prepare'));
    return stuck ? { because: `${stuck} has decided and does not complete` } : null;
  },
});

const theLastStableOffsetMovesOn = (options: TransactionsOptions): Claim => ({
  name: 'theLastStableOffsetMovesOn',
  modality: 'recovers',
  unaided: true,
  means:
    'If producers stop, every open transaction ends: the last stable offset reaches the end of ' +
    'each log, and read_committed readers with it.',
  cites: 'KIP-890, "hanging transactions"; KIP-664; UnifiedLog, fetchLastStableOffsetMetadata',
  reads: view.ofLogs(options),
  check: (logs: view.Logs) => {
    const open = view.recordsIn(options, logs).find(({ fate }) => fate === 'open');
    if (!open) return null;
    const because = `T${open.txn} stays open in ${open.partition}, and nobody will end it`;
    return { because, witness: { txn: open.txn } };
  },
});

/** The liveness claims of a deployment. */
export const liveness = (options: TransactionsOptions): Claim[] => [
  everyDecisionIsCarriedOut(options),
  theLastStableOffsetMovesOn(options),
];
