/**
 * A process of the application with its transactional producer, one transaction after the other.
 *
 * Several processes share the transactional.id (or the consumer group): the next one starts when the
 * one before has ended, or beside it if that one only seems dead: then the older is a zombie.
 *
 * Every request is answered within its step, is lost, or is late; then the client repeats it, or gives
 * up when delivery.timeout.ms has passed. A process that is fenced ends; another takes its place.
 *
 * Left out: batches of several records, two batches in flight (models/clients/idempotence),
 * late InitProducerId and AddPartitionsToTxn requests (they fence or open a transaction that times
 * out: an annoyance, no harm to data), changes of transaction.version while a process lives.
 *
 * Sources: clients/.../producer/internals/TransactionManager.java (State, beginCommit, beginAbort,
 * EndTxnHandler, InitProducerIdHandler, handleFailedBatch, maybeResolveSequences), Sender.java.
 */
import { setup } from 'xstate';
import { act, type Component } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import { bumpsEpochs, producersOf, type TransactionsOptions } from './options.ts';
import { Client, type Events, type Producer, type Send } from './producer-steps.ts';

function machine(options: TransactionsOptions, name: string) {
  const client = new Client(options, name);
  const isFirst = producersOf(options)[0] === name;
  const transforms = options.workload === 'transform';
  type Of<E> = { context: Producer; event: E };
  /** The end of a process, whichever way; the next one may start. */
  const ends = { target: 'ended', actions: 'end' } as const;
  const dies = { CRASH: ends } as const;
  /** An answer to EndTxn that is no OK: wait, or end. */
  const isRefused = [{ guard: 'isBusy' }, { guard: 'isError', ...ends }] as const;
  /** A request that is still on its way when its process dies. */
  const sendsAndDies = { target: 'ended', actions: ['send', 'end'] } as const;

  return setup({
    types: {} as { context: Producer; events: Events },
    guards: {
      isError: ({ event }: Of<Events>) => (event as m.ProduceResponse).error !== null,
      isStale: ({ context, event }: Of<Events>) =>
        client.isStale(context, event as m.ProduceResponse),
      isLast: ({ event }: Of<Events>) => (event as Send).lateness === 'crash',
      isFenced: ({ event }: Of<Events>) => (event as m.ProducerId).error === 'PRODUCER_FENCED',
      // Retriable: CONCURRENT_TRANSACTIONS, which a partition's leader tells as NOT_ENOUGH_REPLICAS.
      isBusy: ({ event }: Of<Events>) =>
        ['CONCURRENT_TRANSACTIONS', 'NOT_ENOUGH_REPLICAS'].includes(
          String((event as m.EndTxnResponse).error),
        ),
      mayStart: ({ context }: Of<Events>) => context.isFree,
      mayBegin: ({ context, event }: Of<Events>) => client.mayBegin(context, event as Send),
      mayBeginLast: ({ context, event }: Of<Events>) =>
        client.mayBegin(context, event as Send) && client.isLast(context, event as Send),
      maySendLast: ({ context, event }: Of<Events>) =>
        client.maySend(context, event as Send) && client.isLast(context, event as Send),
      maySend: ({ context, event }: Of<Events>) => client.maySend(context, event as Send),
      mayCommit: ({ context }: Of<Events>) => client.mayCommit(context),
      mayAbort: ({ context }: Of<Events>) => client.mayAbort(context),
      isUnanswered: ({ context }: Of<Events>) => context.unanswered === 'produce',
      isStable: ({ event }: Of<Events>) => (event as m.Offset).offset !== null,
      isExpelled: ({ context }: Of<Events>) => context.trouble === 'expelled',
      // KIP-360: a record that may still arrive must not fit the next transaction. Version 2 has raised
      // the epoch with the abort already.
      needsEpoch: ({ context }: Of<Events>) =>
        context.trouble === 'unresolved' &&
        !bumpsEpochs(options) &&
        options.rules.newEpochAfterGivingUp,
      transforms: () => transforms,
    },
    actions: {
      noteFree: act<Producer, Events>(() => ({ set: { isFree: true } })),
      join: act<Producer, Events>(() => client.join()),
      onJoined: act<Producer, m.Joined>((_, { generation }) => ({ set: { generation } })),
      init: act<Producer, Events>((me) => client.init(me)),
      onProducerId: act<Producer, m.ProducerId>((_, event) => client.onProducerId(event)),
      fetchOffset: act<Producer, Events>(() => client.fetchOffset()),
      onOffset: act<Producer, m.Offset>((_, { offset }) => ({ set: { position: offset! } })),
      send: act<Producer, Send>((me, event) => client.send(me, event)),
      onAdded: act<Producer, m.PartitionsAdded>((me, event) => client.onAdded(me, event)),
      onProduced: act<Producer, Events>(({ sent }) => ({
        set: { sent: sent + 1, unanswered: 'no' },
      })),
      // Retriable: the batch waits for its next attempt.
      onRetriable: act<Producer, m.PartitionsAdded>((_, { type }) => ({
        set: { unanswered: type === 'PARTITIONS_ADDED' ? 'no' : 'produce' },
      })),
      onRefused: act<Producer, m.ProduceResponse>((_, event) => client.onRefused(event)),
      giveUp: act<Producer, Events>(() => ({ set: { trouble: 'unresolved', unanswered: 'no' } })),
      askCommit: act<Producer, Events>((me) => client.ask(me)),
      endCommit: act<Producer, { type: 'COMMIT'; isLate: boolean }>((me, { isLate }) =>
        client.endTxn(me, 'commit', isLate),
      ),
      endAbort: act<Producer, { type: 'ABORT'; isLate: boolean }>((me, { isLate }) =>
        client.endTxn(me, 'abort', isLate),
      ),
      onCommitted: act<Producer, m.EndTxnResponse>((me, event) => client.onCommitted(me, event)),
      onAborted: act<Producer, m.EndTxnResponse>((me, event) => client.onAborted(me, event)),
      end: act<Producer, Events>(() => client.end()),
    },
  }).createMachine({
    id: 'transactionsProducer',
    context: client.start,
    initial: isFirst ? 'initializing' : 'idle',
    states: {
      // Not started. A rebalance or a supervisor starts it when the one before is gone, or seems to be.
      idle: {
        on: {
          PREDECESSOR_ENDED: { actions: 'noteFree' },
          START: { guard: 'mayStart', target: 'initializing', actions: 'join' },
          START_BESIDE: { target: 'initializing', actions: 'join' },
        },
      },
      // initTransactions, or the request for a new epoch after a record was given up. It is repeated
      // until the coordinator has aborted what it found open.
      initializing: {
        on: {
          ...dies,
          JOINED: { actions: 'onJoined' },
          INIT: { actions: 'init' },
          PRODUCER_ID: [
            { guard: 'isFenced', ...ends },
            { guard: 'isBusy' },
            { guard: 'transforms', target: 'positioning', actions: 'onProducerId' },
            { target: 'ready', actions: 'onProducerId' },
          ],
        },
      },
      // The consumer half asks where to go on; while somebody's offset is pending it waits.
      positioning: {
        on: {
          ...dies,
          FETCH_POSITION: { actions: 'fetchOffset' },
          OFFSET: { guard: 'isStable', target: 'ready', actions: 'onOffset' },
        },
      },
      ready: {
        on: {
          ...dies,
          SEND: [
            { guard: 'mayBeginLast', ...sendsAndDies },
            { guard: 'mayBegin', target: 'inTransaction', actions: 'send' },
          ],
        },
      },
      // One record after the other, each repeated until it is answered or given up. Commit waits for
      // all answers (flush); abort does not send what is left.
      inTransaction: {
        on: {
          ...dies,
          SEND: [
            { guard: 'maySendLast', ...sendsAndDies },
            { guard: 'maySend', actions: 'send' },
          ],
          PARTITIONS_ADDED: [
            { guard: 'isBusy', actions: 'onRetriable' },
            { guard: 'isError', ...ends },
            { guard: 'isLast', target: 'ended', actions: ['onAdded', 'end'] },
            { actions: 'onAdded' },
          ],
          PRODUCE_RESPONSE: [
            { guard: 'isStale' },
            { guard: 'isBusy', actions: 'onRetriable' },
            { guard: 'isError', target: 'abortableError', actions: 'onRefused' },
            { actions: 'onProduced' },
          ],
          GIVE_UP: { guard: 'isUnanswered', target: 'abortableError', actions: 'giveUp' },
          COMMIT: {
            guard: 'mayCommit',
            target: 'committing',
            actions: ['askCommit', 'endCommit'],
          },
          ABORT: { guard: 'mayAbort', target: 'aborting', actions: 'endAbort' },
        },
      },
      // A record failed: the transaction can only be aborted.
      abortableError: {
        on: { ...dies, ABORT: { target: 'aborting', actions: 'endAbort' } },
      },
      // EndTxn is out. The outcome is unknown until it is answered, and only the same request may be
      // repeated: abortTransaction is an error now.
      committing: {
        on: {
          ...dies,
          COMMIT: { actions: 'endCommit' },
          END_TXN_RESPONSE: [...isRefused, { target: 'ready', actions: 'onCommitted' }],
        },
      },
      // The same for an abort. What follows depends on why it was aborted.
      aborting: {
        on: {
          ...dies,
          ABORT: { actions: 'endAbort' },
          END_TXN_RESPONSE: [
            ...isRefused,
            { guard: 'isExpelled', ...ends },
            { guard: 'needsEpoch', target: 'initializing', actions: 'onAborted' },
            { guard: 'transforms', target: 'positioning', actions: 'onAborted' },
            { target: 'ready', actions: 'onAborted' },
          ],
        },
      },
      // Dead, fenced or expelled; requests of it may still be on their way.
      ended: {},
    },
  });
}

/** One process; `transactionsOf` says which transactions are its own. */
export const producer = (options: TransactionsOptions, name: string): Component => ({
  machine: machine(options, name),
});
