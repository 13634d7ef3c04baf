/**
 * The transaction coordinator of one transactional.id.
 *
 * A transaction is decided by the append of PREPARE_COMMIT or PREPARE_ABORT to the transaction log.
 * The markers follow, and when every partition has its own, COMPLETE_* is appended. While a decision
 * is being carried out all requests are told CONCURRENT_TRANSACTIONS.
 *
 * The states are those of the transaction log. Appending is one step: an append that a crash loses is
 * a request that was lost. PREPARE_EPOCH_FENCE is passed through within the step that aborts.
 *
 * Left out: DEAD (a transactional.id unused for a week), requests while a coordinator loads (they are
 * as good as lost), an epoch fence whose append fails (KAFKA-9666: the next one takes the same
 * epoch), two-phase commit (KIP-939).
 *
 * Sources: core/.../coordinator/transaction/TransactionCoordinator.scala (handleInitProducerId,
 * handleAddPartitionsToTransaction, handleVerifyPartitionsInTransaction, endTransaction,
 * abortTimedOutTransactions, onElection), TransactionMetadata, TransactionStateManager
 * (loadTransactionsForTxnTopicPartition), TransactionMarkerRequestCompletionHandler; KIP-890.
 */
import { setup } from 'xstate';
import { act, type Component } from '../../../src/model/index.ts';
import {
  type Coordinator,
  type Events,
  type FailOver,
  firstPid,
  none,
  type SendMarker,
  Transactions,
} from './coordinator-steps.ts';
import type * as m from './messages.ts';
import type { TransactionsOptions } from './options.ts';

function machine(options: TransactionsOptions) {
  const txn = new Transactions(options);
  const { rules } = options;
  type Of<E> = { context: Coordinator; event: E };
  const inState = (result: m.Result) => ({
    send: act<Coordinator, SendMarker>((me, event) => txn.send(me, event, result)),
    complete: act<Coordinator, Events>((me) => txn.complete(me, result)),
    failOver: act<Coordinator, FailOver>((me, event) => txn.failOver(me, event, result)),
  });
  const [commit, abort] = [inState('commit'), inState('abort')];
  const refuseEnd = (error: m.EndTxnError | null) =>
    act<Coordinator, m.EndTxn>((me, event) => txn.refuseEnd(me, event, error));
  type Adding = m.AddPartitions | m.Verify;

  // A partition is in the transaction before anything is written to it: without that, a crash would
  // leave records that no marker ever reaches. The first partition begins the transaction.
  const adds = { guard: 'mayAdd', target: 'ongoing', actions: 'add' } as const;
  const addsPartitions = {
    ADD_PARTITIONS_TO_TXN: [adds, { actions: 'refuseAdd' }],
    VERIFY: [adds, { actions: 'refuseAdd' }],
  } as const;
  // A new process gets a raised epoch, and with it everything older is fenced here at once; at a
  // partition only when that partition sees the epoch, in a marker or in a batch.
  const inits = [
    { guard: 'mayInit', target: 'empty', actions: 'init' },
    { actions: 'refuseInit' },
  ] as const;
  // Version 2: the client aborts although no partition was added, for its only record is late. The
  // epoch must move on all the same, or that record could open the next transaction.
  const abortsNothing = {
    guard: 'abortsNothing',
    target: 'prepareAbort',
    actions: 'decide',
  } as const;
  // Whoever has the right epoch and asks for something that does not fit the state has lost track;
  // whoever has not is a zombie. Both end the client's life.
  const refusals = [
    { guard: 'isKnown', actions: 'refuseState' },
    { actions: 'refuseFenced' },
  ] as const;
  // Until the decision is carried out nobody may begin anything: a record of the next transaction
  // that came before the marker of this one would be decided by it.
  const isBusy = {
    INIT_PRODUCER_ID: { actions: 'refuseInitBusy' },
    ADD_PARTITIONS_TO_TXN: { actions: 'refuseAddBusy' },
    VERIFY: { actions: 'refuseAddBusy' },
    MARKER_WRITTEN: { actions: 'onMarker' },
  } as const;

  return setup({
    types: {} as { context: Coordinator; events: Events; input: { name: string } },
    guards: {
      mayAdd: ({ context, event }: Of<Events>) => txn.mayAdd(context, event as Adding),
      mayInit: ({ context, event }: Of<Events>) => txn.mayInit(context, event as m.InitProducerId),
      abortsOngoing: () => rules.initAbortsOngoing,
      commits: ({ context, event }: Of<Events>) =>
        txn.isCurrent(context, event as m.EndTxn) && (event as m.EndTxn).result === 'commit',
      aborts: ({ context, event }: Of<Events>) =>
        txn.isCurrent(context, event as m.EndTxn) && (event as m.EndTxn).result === 'abort',
      abortsNothing: ({ context, event }: Of<Events>) =>
        txn.abortsNothing(context, event as m.EndTxn),
      repeatsCommit: ({ context, event }: Of<Events>) =>
        txn.isRetry(context, event as m.EndTxn) && (event as m.EndTxn).result === 'commit',
      repeatsAbort: ({ context, event }: Of<Events>) =>
        txn.isRetry(context, event as m.EndTxn) && (event as m.EndTxn).result === 'abort',
      isKnown: ({ context, event }: Of<Events>) =>
        txn.isCurrent(context, event as m.EndTxn) || txn.isRetry(context, event as m.EndTxn),
      // Only where decisions are not final: time is up, and nobody looks at what was decided.
      overrides: () => !rules.decisionsAreFinal,
      isUnmarked: ({ context, event }: Of<Events>) =>
        !context.gaveUp && context.unmarked.includes((event as SendMarker).partition),
      isCarriedOut: ({ context }: Of<Events>) => txn.isCarriedOut(context),
      isInFlight: ({ context, event }: Of<Events>) => {
        const { inFlight } = event as FailOver;
        return inFlight === null || context.unmarked.includes(inFlight);
      },
      isForgotten: ({ context, event }: Of<Events>) =>
        !context.isLogged && (event as FailOver).inFlight === null,
      isCrashAlone: ({ event }: Of<Events>) => (event as FailOver).inFlight === null,
    },
    actions: {
      init: act<Coordinator, m.InitProducerId>((me, event) => txn.init(me, event)),
      refuseInit: act<Coordinator, m.InitProducerId>((me, event) =>
        txn.refuseInit(me, event, 'PRODUCER_FENCED'),
      ),
      refuseInitBusy: act<Coordinator, m.InitProducerId>((me, event) =>
        txn.refuseInit(me, event, 'CONCURRENT_TRANSACTIONS'),
      ),
      // PREPARE_EPOCH_FENCE, then PREPARE_ABORT: one raise (KAFKA-19367); the client must come again.
      fence: act<Coordinator, Events>((me) => txn.fence(me, true)),
      abortLate: act<Coordinator, Events>((me) => txn.fence(me, rules.timeoutRaisesEpoch)),
      add: act<Coordinator, Adding>((me, event) => txn.add(me, event)),
      refuseAdd: act<Coordinator, Adding>((me, event) => txn.refuseAdd(me, event)),
      refuseAddBusy: act<Coordinator, Adding>((me, event) => txn.refuseAddBusy(me, event)),
      decide: act<Coordinator, m.EndTxn>((me, event) => txn.decide(me, event)),
      answerAgain: refuseEnd(null),
      refuseFenced: refuseEnd('PRODUCER_FENCED'),
      refuseState: refuseEnd('INVALID_TXN_STATE'),
      refuseEndBusy: refuseEnd('CONCURRENT_TRANSACTIONS'),
      onMarker: act<Coordinator, m.MarkerWritten>((me, event) => txn.onMarker(me, event)),
      sendCommit: commit.send,
      sendAbort: abort.send,
      completeCommit: commit.complete,
      completeAbort: abort.complete,
      loadCommit: commit.failOver,
      loadAbort: abort.failOver,
      load: act<Coordinator, FailOver>((me, event) => txn.failOver(me, event, null)),
      forgetDecision: act<Coordinator, Events>((me) => txn.forgetDecision(me)),
    },
  }).createMachine({
    id: 'transactionCoordinator',
    context: ({ input }) => ({
      name: input.name,
      pid: firstPid(input.name),
      epoch: none,
      lastEpoch: none,
      nextPid: none,
      previousPid: none,
      partitions: [],
      unmarked: [],
      coordinatorEpoch: 0,
      gaveUp: false,
      isLogged: true,
    }),
    initial: 'empty',
    states: {
      // A process has initialised, and has written nothing; also before anybody ever has.
      empty: {
        on: {
          INIT_PRODUCER_ID: inits,
          ...addsPartitions,
          END_TXN: [abortsNothing, ...refusals],
          FAIL_OVER: { guard: 'isCrashAlone', actions: 'load' },
        },
      },
      // Partitions are in the transaction. It ends by the client's word, by a successor's
      // InitProducerId, or when transaction.timeout.ms has passed.
      ongoing: {
        on: {
          ...addsPartitions,
          INIT_PRODUCER_ID: [
            {
              guard: 'abortsOngoing',
              target: 'prepareAbort',
              actions: ['fence', 'refuseInitBusy'],
            },
            { actions: 'init' },
          ],
          END_TXN: [
            { guard: 'commits', target: 'prepareCommit', actions: 'decide' },
            { guard: 'aborts', target: 'prepareAbort', actions: 'decide' },
            { actions: 'refuseFenced' },
          ],
          TIME_OUT: { target: 'prepareAbort', actions: 'abortLate' },
          FAIL_OVER: { guard: 'isCrashAlone', actions: 'load' },
        },
      },
      // The decision is in the log: whatever crashes now, every partition will get its marker.
      prepareCommit: {
        on: {
          ...isBusy,
          END_TXN: { actions: 'refuseEndBusy' },
          SEND_MARKER: { guard: 'isUnmarked', actions: 'sendCommit' },
          COMPLETE: { guard: 'isCarriedOut', target: 'completeCommit', actions: 'completeCommit' },
          TIME_OUT: { guard: 'overrides', target: 'prepareAbort', actions: 'abortLate' },
          FAIL_OVER: [
            { guard: 'isForgotten', target: 'ongoing', actions: 'forgetDecision' },
            { guard: 'isInFlight', actions: 'loadCommit' },
          ],
        },
      },
      prepareAbort: {
        on: {
          ...isBusy,
          END_TXN: { actions: 'refuseEndBusy' },
          SEND_MARKER: { guard: 'isUnmarked', actions: 'sendAbort' },
          COMPLETE: { guard: 'isCarriedOut', target: 'completeAbort', actions: 'completeAbort' },
          FAIL_OVER: [
            { guard: 'isForgotten', target: 'ongoing', actions: 'forgetDecision' },
            { guard: 'isInFlight', actions: 'loadAbort' },
          ],
        },
      },
      // Every marker is written. EndTxn may still be repeated, by a client that heard no answer.
      completeCommit: {
        on: {
          INIT_PRODUCER_ID: inits,
          ...addsPartitions,
          END_TXN: [abortsNothing, { guard: 'repeatsCommit', actions: 'answerAgain' }, ...refusals],
          FAIL_OVER: { guard: 'isCrashAlone', actions: 'load' },
        },
      },
      completeAbort: {
        on: {
          INIT_PRODUCER_ID: inits,
          ...addsPartitions,
          END_TXN: [abortsNothing, { guard: 'repeatsAbort', actions: 'answerAgain' }, ...refusals],
          FAIL_OVER: { guard: 'isCrashAlone', actions: 'load' },
        },
      },
    },
  });
}

/** The coordinator of one transactional.id. */
export const coordinator = (options: TransactionsOptions, name: string): Component => ({
  machine: machine(options),
  input: { name },
});
