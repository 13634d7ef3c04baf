/**
 * Situations that must be possible, so that no claim holds for want of anything happening: the turns
 * of a transaction, and every fault class with what it is feared for.
 */
import {
  type Coordinator,
  coordinatorsOf,
  type Network,
  type Partition,
  type Producer,
  partitionsOf,
  producersOf,
  type TransactionsOptions,
} from '../../../models/clients/transactions/index.ts';
import { type Claim, type Local, sometimes } from '../../../src/model/index.ts';
import * as view from './views.ts';

const lateTypes = ({ context }: Local): string[] =>
  (context as Network).late.map(({ type }) => String(type));
const waits = ({ context }: Local): boolean => (context as Partition).verified !== null;
const coordinatorEpoch = ({ context }: Local): number => (context as Coordinator).coordinatorEpoch;
const isUnanswered = ({ value, context }: Local): boolean =>
  value === 'inTransaction' && (context as Producer).unanswered !== 'no';

const committed = (options: TransactionsOptions): Claim =>
  sometimes(
    'everyTransactionOfTheFirstProcessIsCommitted',
    'As many transactions as the first process has are committed, whole.',
    view.ofLogs(options),
    (logs: view.Logs) =>
      partitionsOf(options).every(
        (partition) =>
          logs[partition]!.filter(({ fate }) => fate === 'committed').length >=
          options.bounds.transactions,
      ),
  );

const aborted = (options: TransactionsOptions): Claim =>
  sometimes(
    'oneIsAbortedAndTheNextIsCommitted',
    'A log holds a committed record behind an aborted one.',
    view.ofLogs(options),
    (logs: view.Logs) => {
      const fates = logs[partitionsOf(options)[0]!]!.map(({ fate }) => fate);
      return fates[0] === 'aborted' && fates.includes('committed');
    },
  );

const half = (options: TransactionsOptions): Claim =>
  sometimes(
    'aCommitIsPartlyVisible',
    'One partition has its commit marker and the other has not: readers see half of it for a while.',
    view.ofLogs(options),
    (logs: view.Logs) => {
      const [one, other] = partitionsOf(options).map((name) => logs[name]!.at(-1)?.fate);
      return one === 'committed' && other === 'open';
    },
  );

const inState = (options: TransactionsOptions, state: string): Claim =>
  sometimes(
    `aCoordinatorIsIn:${state}`,
    `A coordinator is in ${state}.`,
    view.of(coordinatorsOf(options), view.stateOf),
    (states: Record<string, string>) =>
      coordinatorsOf(options).some((name) => states[name] === state),
  );

const aSuccessorRuns = (options: TransactionsOptions): Claim => {
  const [, second] = producersOf(options);
  return sometimes(
    'aSuccessorRunsATransaction',
    'Another process has taken over and is in a transaction.',
    { [second!]: view.stateOf },
    (states: Record<string, string>) => states[second!] === 'inTransaction',
  );
};

/** By fault class: what it must be able to bring about. */
const afterFault: Record<string, (options: TransactionsOptions) => Claim> = {
  lostMessage: (options) =>
    sometimes(
      'anOutcomeIsUnknown',
      'A producer has sent a record and hears nothing.',
      view.of(producersOf(options), isUnanswered),
      (views: Record<string, boolean>) => producersOf(options).some((name) => views[name]),
    ),
  brokerCrash: (options) =>
    sometimes(
      'anotherCoordinatorCarriesOutADecision',
      'A coordinator that took over has a decision to carry out.',
      {
        ...view.of(coordinatorsOf(options), (local) =>
          view.stateOf(local).startsWith('prepare') ? coordinatorEpoch(local) : 0,
        ),
      },
      (epochs: Record<string, number>) => coordinatorsOf(options).some((name) => epochs[name]! > 0),
    ),
  producerCrash: (options) =>
    sometimes(
      'aProcessDiesInItsTransaction',
      'A process has ended and a record of its transaction is open.',
      { [producersOf(options)[0]!]: view.stateOf, ...view.ofLogs(options) },
      ({ p1, ...logs }: Record<string, unknown>) =>
        p1 === 'ended' &&
        view.recordsIn(options, logs as view.Logs).some(({ fate }) => fate === 'open'),
    ),
  zombieProducer: (options) =>
    sometimes(
      'twoProcessesAreInATransaction',
      'A process and its successor both believe that they are in a transaction.',
      view.of(producersOf(options), view.stateOf),
      (states: Record<string, string>) =>
        producersOf(options).filter((name) => states[name] === 'inTransaction').length > 1,
    ),
};

/** The situations of a deployment under its fault budget. */
export const situations = (options: TransactionsOptions): Claim[] => [
  committed(options),
  aborted(options),
  half(options),
  ...['ongoing', 'prepareCommit', 'prepareAbort', 'completeCommit', 'completeAbort'].map((state) =>
    inState(options, state),
  ),
  aSuccessorRuns(options),
  ...(suffers(options, 'lostMessage') ? late(options) : []),
  ...Object.entries(afterFault).flatMap(([fault, make]) =>
    suffers(options, fault) ? [make(options)] : [],
  ),
];

const suffers = ({ faults }: TransactionsOptions, fault: string): boolean =>
  (faults[fault] ?? 0) > 0;

/** What is left behind by connections that broke. */
const late = (options: TransactionsOptions): Claim[] =>
  options.lateKinds.map((kind) =>
    kind === 'append'
      ? aBatchIsVerifiedAndNotAppended(options)
      : sometimes(
          `aRequestIsLate:${kind}`,
          'A request is still on its way after its connection is gone.',
          { network: lateTypes },
          ({ network }: { network: string[] }) =>
            network.some((type) => types[kind].includes(type)),
        ),
  );

const types: Record<'produce' | 'endTxn' | 'marker', string[]> = {
  produce: ['PRODUCE', 'TXN_OFFSET_COMMIT'],
  endTxn: ['END_TXN'],
  marker: ['WRITE_TXN_MARKER'],
};

function aBatchIsVerifiedAndNotAppended(options: TransactionsOptions): Claim {
  return sometimes(
    'aBatchIsVerifiedAndNotAppended',
    'The coordinator has agreed to a batch, and the leader has not come to append it.',
    view.of(partitionsOf(options), waits),
    (views: Record<string, boolean>) => partitionsOf(options).some((name) => views[name]),
  );
}
