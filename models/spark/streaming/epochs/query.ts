/**
 * The driver of a query with long-running tasks, and its checkpoint. An epoch is committed when its end
 * is logged and all its rows are reported flushed: the sink first, then the commit log.
 *
 * Effects come before the log, so this is at-least-once: a restart begins where the newest commit
 * ends. Sources: ContinuousExecution.scala, EpochCoordinator.scala.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect } from '../../../../src/model/index.ts';
import type { EpochOptions } from './options.ts';
import type { Begin, EpochEnd, EpochFlushed } from './reader.ts';

export type Query = {
  /** Durable: where each epoch ends; null where there is no entry. */
  offsets: (number | null)[];
  /** Durable: which epochs are committed. */
  commits: boolean[];
  /** Ghost, durable: the newest epoch that was ever committed. */
  newest: number;
  /** Flush reports on their way: they may overtake each other. */
  onTheWay: number[];
  /** Epochs whose flush report is in. */
  flushed: number[];
  /** The epoch that the sink has committed and the commit log has not. */
  committing: number | null;
  [key: string]: unknown;
};

export type CommitSink = { type: 'COMMIT_SINK'; to: string; epoch: number };
type Events =
  | { type: 'START' | 'CRASH' | 'COMMIT_LOG' }
  | { type: 'DELIVER' | 'COMMIT_EPOCH'; epoch: number }
  | EpochEnd
  | EpochFlushed;
type OfEpoch = { type: string; epoch: number };

function queryMachine({ rules, retain, bounds }: EpochOptions) {
  const lastCommit = ({ commits }: Query): number => commits.lastIndexOf(true);
  const put = <T>(list: readonly T[], at: number, value: T, gap: T): T[] =>
    Array.from({ length: Math.max(list.length, at + 1) }, (_, i) =>
      i === at ? value : (list[i] ?? gap),
    );

  function start(query: Query): Effect<Query> {
    const last = lastCommit(query);
    const offsets = rules.dropsUncommitted ? query.offsets.slice(0, last + 1) : query.offsets;
    const position = last < 0 ? 0 : query.offsets[last]!;
    const begin: Begin = { type: 'BEGIN', to: 'reader', epoch: last + 1, position };
    return { set: { offsets }, send: [begin] };
  }
  /** What is not retained after the commit of `epoch`. */
  function purge(query: Query, epoch: number): Partial<Query> {
    const current = Math.min(
      bounds.epochs,
      Math.max(epoch, ...query.flushed, ...query.onTheWay) + 1,
    );
    const below = (rules.purgesFrom === 'committed' ? epoch : current) - retain;
    return {
      offsets: query.offsets.map((end, id) => (id < below ? null : end)),
      commits: put(query.commits, epoch, true, false).map((is, id) => is && id >= below),
    };
  }

  return setup({
    types: {} as { context: Query; events: Events },
    guards: {
      exists: ({ context, event }) =>
        rules.heedsExistingOffsets && context.offsets[(event as OfEpoch).epoch] != null,
      isOnTheWay: ({ context, event }) => context.onTheWay.includes((event as OfEpoch).epoch),
      isDue: ({ context, event }) => {
        const { epoch } = event as OfEpoch;
        const inOrder = !rules.commitsInOrder || epoch === context.newest + 1;
        const complete = context.flushed.includes(epoch) && context.offsets[epoch] != null;
        return complete && inOrder && context.committing === null;
      },
      isCommitting: ({ context }) => context.committing !== null,
    },
    actions: {
      start: act<Query, Events>(start),
      logOffsets: act<Query, EpochEnd>(({ offsets }, { epoch, end }) =>
        offsets[epoch] == null ? { set: { offsets: put(offsets, epoch, end, null) } } : {},
      ),
      noteSent: act<Query, EpochFlushed>(({ onTheWay }, { epoch }) => ({
        set: { onTheWay: [...onTheWay, epoch] },
      })),
      receive: act<Query, OfEpoch>(({ onTheWay, flushed }, { epoch }) => ({
        set: {
          onTheWay: onTheWay.filter((other) => other !== epoch),
          flushed: [...flushed, epoch].sort(),
        },
      })),
      commitSink: act<Query, OfEpoch>(({ flushed }, { epoch }) => ({
        set: { committing: epoch, flushed: flushed.filter((other) => other !== epoch) },
        send: [{ type: 'COMMIT_SINK', to: 'sink', epoch } as CommitSink],
      })),
      commitLog: act<Query, Events>((query) => {
        const epoch = query.committing!;
        const newest = Math.max(epoch, query.newest);
        return { set: { ...purge(query, epoch), newest, committing: null } };
      }),
      end: act<Query, Events>(() => ({
        set: { onTheWay: [], flushed: [], committing: null },
        send: [
          { type: 'KILL', to: 'reader' },
          { type: 'KILL', to: 'sink' },
        ],
      })),
    },
  }).createMachine({
    id: 'epochsQuery',
    context: {
      offsets: [],
      commits: [],
      newest: -1,
      onTheWay: [],
      flushed: [],
      committing: null,
    },
    initial: 'down',
    states: {
      down: { on: { START: { target: 'running', actions: 'start' } } },
      running: {
        on: {
          EPOCH_END: [
            { guard: 'exists', target: 'down', actions: 'end' },
            { actions: 'logOffsets' },
          ],
          EPOCH_FLUSHED: { actions: 'noteSent' },
          DELIVER: { guard: 'isOnTheWay', actions: 'receive' },
          COMMIT_EPOCH: { guard: 'isDue', actions: 'commitSink' },
          COMMIT_LOG: { guard: 'isCommitting', actions: 'commitLog' },
          CRASH: { target: 'down', actions: 'end' },
        },
      },
    },
  });
}

export const query = (options: EpochOptions): Component => ({ machine: queryMachine(options) });
