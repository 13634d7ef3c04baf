/**
 * A consumer of a group: the client, and the application that it is part of.
 *
 * `joining` it is no member; `awaiting` it has asked to be one; `idle` it is one without the
 * partition; `owning` it has the partition. There its position is unknown (`initializing`,
 * `resetting`), to be held against a new leader's log (`validating`), or good (`fetching`);
 * `stopped` it found a truncation or no offset and has no reset policy. These are the states of
 * SubscriptionState.FetchStates. `down` the process is gone.
 *
 * A poll returns one record. With `inPoll` it is processed before the next poll; with `handedOver`
 * others process it while polls go on, and what they have in hand is dropped when the partition is
 * given up or lost. A consumer does not know that it was removed from the group (a long pause, a
 * poll that never came) until a heartbeat or a commit is refused.
 *
 * Left out: seek and pause by the application, several partitions, interceptors; commits that wait
 * behind each other (commitAsync): a late one would be an earlier commit.
 *
 * Sources: clients/.../consumer/internals/SubscriptionState.java (FetchStates, maybeValidatePosition,
 * maybeCompleteValidation, allConsumed), FetchCollector.java (fetchRecords, handleInitializeErrors),
 * OffsetFetcherUtils.java (resetPositionIfNeeded), ConsumerUtils.refreshCommittedOffsets,
 * ConsumerCoordinator.java (maybeAutoCommitOffsetsAsync, onJoinPrepare, close).
 */
import { setup } from 'xstate';
import { act, type Budget, type Component, type Stimulus } from '../../../src/model/index.ts';
import { type Consumer, consumerAtStart, Steps } from './consumer-steps.ts';
import type * as m from './messages.ts';
import type { ConsumerOptions } from './options.ts';

/** Begins at an end of the log, as auto.offset.reset says. */
type Reset = { type: 'RESET'; which: m.ListOffsets['which'] };

type Event =
  | { type: 'JOIN' | 'SEND_HEARTBEAT' | 'INITIALIZE' | 'VALIDATE' | 'POLL' | 'PROCESS' }
  | Reset
  | { type: 'COMMIT' | 'END_TRANSACTION' | 'PREFERENCE_EXPIRES' | 'START' | 'SEEK_TO_BEGINNING' }
  | { type: 'LEAVE' | 'FAIL_PROCESSING' | 'PAUSE' | 'CRASH' }
  | m.Assigned
  | m.Rebalance
  | m.Fenced
  | m.FetchedOffset
  | m.ListedOffset
  | m.EpochEnd
  | m.Records
  | m.Preferred
  | m.FencedEpoch
  | m.OutOfRange
  | m.Committed
  | m.TxnPending;

function consumerMachine(options: ConsumerOptions, owns: boolean) {
  const steps = new Steps(options);
  const { commits, processing, reset, rules, bounds } = options;
  const mayTakeMore = ({ batch, isSent }: Consumer): boolean =>
    !isSent && batch.length < (processing === 'inPoll' ? 1 : bounds.records);
  return setup({
    types: {} as { context: Consumer; events: Event; input: { id: string; generation: number } },
    guards: {
      owns: ({ event }) => (event as m.Assigned).owns,
      isUnset: ({ event }) => (event as m.FetchedOffset).position === null,
      hasNoPolicy: ({ event }) =>
        reset === 'none' && (event as Partial<m.FetchedOffset>).position == null,
      // Without an epoch there is nothing to hold against the log.
      needsValidation: ({ context, event }) => {
        const { position } = event.type === 'FETCHED_OFFSET' ? event : context;
        return rules.validatesPositions && position?.epoch != null;
      },
      isOfOtherPosition: ({ context, event }) =>
        (event as m.EpochEnd).asked !== context.position?.epoch,
      isTruncated: ({ context, event }) => steps.isTruncated(context, event as m.EpochEnd),
      isTruncatedForGood: ({ context, event }) =>
        reset === 'none' && steps.isTruncated(context, event as m.EpochEnd),
      resetsAfterTruncation: ({ context, event }) =>
        rules.afterTruncation === 'reset' && steps.isTruncated(context, event as m.EpochEnd),
      mayAskLeader: ({ event }) =>
        (event as m.OutOfRange).replica === 'follower' && rules.followerOutOfRange === 'askLeader',
      mayPoll: ({ context }) => mayTakeMore(context),
      // Nothing is done between the offsets of a transaction and its end: it would be in neither.
      mayProcess: ({ context: { batch, isConfirmed, isSent } }) =>
        batch.length > 0 && !isSent && (commits !== 'beforeProcessing' || isConfirmed),
      hasDue: ({ context }) => steps.due(context) !== null,
      isSent: ({ context }) => context.isSent,
      readsFollower: ({ context }) => context.replica === 'follower',
      // The partition is given up inside poll, and so not in the middle of what poll returned.
      mayGiveUp: ({ context }) => processing === 'handedOver' || context.batch.length === 0,
      // What an earlier fetch brings is not what the position asks for (FetchCollector).
      isNext: ({ context, event }) => (event as m.Records).offset === context.position?.offset,
      isProcessing: ({ context }) => context.batch.length > 0,
    },
    actions: {
      join: act<Consumer, Event>((me) => steps.join(me)),
      enter: act<Consumer, m.Assigned>((_, { generation }) => ({ set: { generation } })),
      heartbeat: act<Consumer, Event>((me) => steps.heartbeat(me)),
      askOffset: act<Consumer, Event>(({ id }) => ({
        send: [{ type: 'OFFSET_FETCH', to: 'group', from: id } as m.OffsetFetch],
      })),
      initialize: act<Consumer, m.FetchedOffset>((me, event) => steps.initialize(me, event)),
      askEpochEnd: act<Consumer, Event>(({ id, position }) => ({
        send: [
          {
            type: 'OFFSETS_FOR_LEADER_EPOCH',
            to: 'partition',
            from: id,
            epoch: position!.epoch!,
          } as m.EpochQuery,
        ],
      })),
      goBack: act<Consumer, m.EpochEnd>((me, event) => steps.goBack(me, event)),
      accept: act<Consumer, m.EpochEnd>((_, { leaderEpoch }) => ({ set: { leaderEpoch } })),
      askOffsets: act<Consumer, Reset>((me, { which }) => steps.listOffsets(me, which)),
      reset: act<Consumer, m.ListedOffset>((_, event) => steps.reset(event)),
      forgetPosition: act<Consumer, Event>(() => ({ set: { position: null, replica: 'leader' } })),
      fetch: act<Consumer, Event>((me) => steps.fetch(me)),
      take: act<Consumer, m.Records>((me, event) => steps.take(me, event)),
      turnToFollower: act<Consumer, Event>(() => ({ set: { replica: 'follower' } })),
      turnToLeader: act<Consumer, Event>(() => ({ set: { replica: 'leader' } })),
      learnEpoch: act<Consumer, m.FencedEpoch>((_, { leaderEpoch }) => ({
        set: { leaderEpoch, replica: 'leader' },
      })),
      process: act<Consumer, Event>((me) => steps.process(me)),
      commit: act<Consumer, Event>((me) => steps.commit(me)),
      noteCommitted: act<Consumer, m.Committed>((me, { position }) =>
        steps.noteCommitted(me, position),
      ),
      noteSent: act<Consumer, Event>(() => ({ set: { isSent: true } })),
      endTransaction: act<Consumer, Event>(({ id }) => ({
        send: [{ type: 'END_TXN', to: 'group', from: id } as m.EndTxn],
      })),
      giveUp: act<Consumer, Event>((me) => steps.giveUp(me)),
      lose: act<Consumer, Event>(() => steps.lose()),
      close: act<Consumer, Event>((me) => steps.close(me)),
      vanish: act<Consumer, Event>((me) => steps.vanish(me)),
      seekToBeginning: act<Consumer, Event>(() => ({
        set: { position: { offset: 0, epoch: null, after: null } },
      })),
    },
  }).createMachine({
    id: 'consumer',
    context: ({ input }) => consumerAtStart(input.id, input.generation),
    initial: owns ? 'owning' : 'idle',
    states: {
      joining: {
        on: {
          JOIN: { target: 'awaiting', actions: 'join' },
          CRASH: { target: 'down', actions: 'lose' },
        },
      },
      awaiting: {
        on: {
          ASSIGNED: [
            { guard: 'owns', target: 'owning', actions: 'enter' },
            { target: 'idle', actions: 'enter' },
          ],
          CRASH: { target: 'down', actions: ['vanish', 'lose'] },
        },
      },
      idle: {
        on: {
          SEND_HEARTBEAT: { actions: 'heartbeat' },
          REBALANCE: { target: 'awaiting', actions: 'giveUp' },
          ASSIGNED: [{ guard: 'owns', target: 'owning', actions: 'enter' }, { actions: 'enter' }],
          FENCED: { target: 'joining', actions: 'lose' },
          LEAVE: { target: 'down', actions: 'close' },
          CRASH: { target: 'down', actions: ['vanish', 'lose'] },
        },
      },
      owning: {
        initial: 'initializing',
        on: {
          SEND_HEARTBEAT: { actions: 'heartbeat' },
          PROCESS: { guard: 'mayProcess', actions: 'process' },
          COMMIT: { guard: 'hasDue', actions: 'commit' },
          COMMITTED: { actions: 'noteCommitted' },
          TXN_OFFSETS_PENDING: { actions: 'noteSent' },
          END_TRANSACTION: { guard: 'isSent', actions: 'endTransaction' },
          ASSIGNED: { guard: 'owns', actions: 'enter' },
          REBALANCE: { guard: 'mayGiveUp', target: 'awaiting', actions: 'giveUp' },
          LEAVE: { guard: 'mayGiveUp', target: 'down', actions: 'close' },
          FENCED: { target: 'joining', actions: 'lose' },
          FAIL_PROCESSING: { guard: 'isProcessing', target: 'down', actions: 'close' },
          PAUSE: { actions: 'vanish' },
          CRASH: { target: 'down', actions: ['vanish', 'lose'] },
        },
        states: {
          initializing: {
            on: {
              INITIALIZE: { actions: 'askOffset' },
              FETCHED_OFFSET: [
                { guard: 'hasNoPolicy', target: 'stopped', actions: 'initialize' },
                { guard: 'isUnset', target: 'resetting', actions: 'initialize' },
                { guard: 'needsValidation', target: 'validating', actions: 'initialize' },
                { target: 'fetching', actions: 'initialize' },
              ],
            },
          },
          validating: {
            on: {
              VALIDATE: { actions: 'askEpochEnd' },
              EPOCH_END_OFFSET: [
                { guard: 'isOfOtherPosition' },
                { guard: 'isTruncatedForGood', target: 'stopped', actions: 'forgetPosition' },
                { guard: 'resetsAfterTruncation', target: 'resetting', actions: 'forgetPosition' },
                { guard: 'isTruncated', target: 'fetching', actions: 'goBack' },
                { target: 'fetching', actions: 'accept' },
              ],
            },
          },
          resetting: {
            on: {
              RESET: { actions: 'askOffsets' },
              LISTED_OFFSET: { target: 'fetching', actions: 'reset' },
            },
          },
          fetching: {
            on: {
              POLL: { guard: 'mayPoll', actions: 'fetch' },
              RECORDS: { guard: 'isNext', actions: 'take' },
              PREFERRED_REPLICA: { actions: 'turnToFollower' },
              PREFERENCE_EXPIRES: { guard: 'readsFollower', actions: 'turnToLeader' },
              FENCED_LEADER_EPOCH: [
                { guard: 'needsValidation', target: 'validating', actions: 'learnEpoch' },
                { actions: 'learnEpoch' },
              ],
              OFFSET_OUT_OF_RANGE: [
                { guard: 'mayAskLeader', actions: 'turnToLeader' },
                { guard: 'hasNoPolicy', target: 'stopped', actions: 'forgetPosition' },
                { target: 'resetting', actions: 'forgetPosition' },
              ],
            },
          },
          // NoOffsetForPartitionException, LogTruncationException: somebody has to decide.
          stopped: {
            on: { SEEK_TO_BEGINNING: { target: 'fetching', actions: 'seekToBeginning' } },
          },
        },
      },
      down: { on: { START: 'joining' } },
    },
  });
}

/** A consumer that is a member of the group already, with the partition or without it. */
export const consumer = (
  options: ConsumerOptions,
  start: { id: string; generation: number; owns: boolean },
): Component => ({
  machine: consumerMachine(options, start.owns),
  input: { id: start.id, generation: start.generation },
});

/** What a consumer does of itself, and what befalls it. */
export function consumerStimuli(options: ConsumerOptions, id: string): Stimulus[] {
  const of = (type: string, kind: Stimulus['class'], cost?: Budget): Stimulus => ({
    to: id,
    event: { type },
    class: kind,
    ...(cost && { cost }),
  });
  const resetTo = (which: Reset['which']): Stimulus => ({
    to: id,
    event: { type: 'RESET', which } as Reset,
    class: 'protocol',
  });
  const { commits, readsFollower, reset } = options;
  const ends = reset === 'by_duration' ? (['earliest', 'latest'] as const) : [reset];
  return [
    ...['JOIN', 'SEND_HEARTBEAT', 'INITIALIZE', 'VALIDATE', 'POLL', 'PROCESS', 'COMMIT'].map(
      (type) => of(type, 'protocol'),
    ),
    ...ends.map((end) => (end === 'none' ? of('SEEK_TO_BEGINNING', 'repair') : resetTo(end))),
    ...(commits === 'inTransaction' ? [of('END_TRANSACTION', 'protocol')] : []),
    ...(readsFollower ? [of('PREFERENCE_EXPIRES', 'protocol')] : []),
    of('START', 'repair'),
    of('LEAVE', 'fault', { rebalance: 1 }),
    of('FAIL_PROCESSING', 'fault', { processingError: 1 }),
    of('PAUSE', 'fault', { slowConsumer: 1 }),
    of('CRASH', 'fault', { consumerCrash: 1 }),
  ];
}
