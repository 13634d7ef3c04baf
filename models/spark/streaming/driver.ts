/**
 * The driver of a micro-batch query: synchronous (also Trigger.Once and AvailableNow) and with
 * asynchronous progress tracking.
 *
 * One batch: fetch offsets, write them ahead, plan, run the tasks, commit the sink, update the
 * watermark, write the commit, advance. Between any two steps the driver may crash, and stopping a
 * query is nothing else: there is no graceful stop in Structured Streaming.
 *
 * Left out: purging of old entries (minBatchesToRetain lies far beyond the bounds), several sources,
 * listeners. Sources: MicroBatchExecution.scala, AsyncProgressTrackingMicroBatchExecution.scala.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect } from '../../../src/model/index.ts';
import { driverGuards } from './driver-guards.ts';
import {
  blank,
  type Crash,
  type Driver,
  type DriverEvent,
  driverSteps,
  type WriteCommit,
  type WriteWal,
} from './driver-steps.ts';
import type * as m from './messages.ts';
import type { StreamingOptions } from './options.ts';

const failures: Partial<Record<DriverEvent['type'], string>> = {
  EXISTS: 'concurrentUpdate',
  WRITE_FAILED: 'checkpointWrite',
  LOG_WRITE_FAILED: 'checkpointWrite',
  SINK_REFUSED: 'raceAtSink',
};

function driverMachine(options: StreamingOptions) {
  const steps = driverSteps(options);
  /** Does a write take two steps, a look and the write itself? */
  const looksFirst = options.storage !== 'hdfs';
  const does = <E extends DriverEvent>(effect: (driver: Driver, event: E) => Effect<Driver>) =>
    act<Driver, E>(effect);

  /** Writes an entry: at once, or after a look whether it is there. */
  function write(driver: Driver, file: m.NewEntry, lost: boolean): Effect<Driver> {
    return looksFirst && !lost ? steps.probe(driver, file) : steps.create(driver, file, lost);
  }
  function fail(driver: Driver, because: string): Effect<Driver> {
    const { set, send = [] } = steps.end(driver, because, null);
    const told: m.QueryFailed = { type: 'QUERY_FAILED', to: 'ledger', because };
    return { ...(set && { set }), send: [...send, told] };
  }

  return setup({
    types: {} as { context: Driver; events: DriverEvent; input: { driver: Driver } },
    guards: driverGuards(options, steps),
    actions: {
      readCheckpoint: does(steps.readCheckpoint),
      readOn: does(steps.readOn),
      freeze: does<m.LatestOffsets>((_, { end }) => ({ set: { frozen: end } })),
      takeUp: does(steps.takeUp),
      refuse: does<m.Checkpoint>((driver, event) => {
        const decision = steps.decide(event);
        return fail(driver, decision.kind === 'refuse' ? decision.because : '');
      }),
      askLatest: does(steps.askLatest),
      construct: does(steps.construct),
      resolve: does(steps.resolve),
      finish: does(steps.finish),
      writeWal: does<WriteWal>((driver, { lost }) =>
        write(driver, steps.offsetEntry(driver), lost),
      ),
      issueWal: does((driver) => ({
        set: { hasIssued: true, logged: true },
        send: steps.issue(driver, steps.offsetEntry(driver)),
      })),
      renameWal: does((driver) => steps.create(driver, steps.offsetEntry(driver), false)),
      noteWal: does((driver) => ({
        set: { logged: true },
        send: steps.accepted(driver, 'offsets'),
      })),
      beginBatch: does(steps.beginBatch),
      noteSkipped: does(() => ({ set: { skipped: true } })),
      launch: does((driver) => steps.launch(driver, false)),
      launchCoalesced: does((driver) => steps.launch(driver, true)),
      noteReport: does(steps.noteReport),
      commitSink: does(steps.commitSink),
      updateWatermark: does(steps.updateWatermark),
      writeCommit: does<WriteCommit>((driver, { lost }) =>
        write(driver, steps.commitEntry(driver), lost),
      ),
      // The commit of a batch is issued if its offsets were, or if it is the first of the run.
      issueCommit: does((driver) =>
        driver.logged || !driver.hasExecuted
          ? { send: steps.issue(driver, steps.commitEntry(driver)) }
          : {},
      ),
      renameCommit: does((driver) => steps.create(driver, steps.commitEntry(driver), false)),
      noteCommit: does((driver) => ({ send: steps.accepted(driver, 'commits') })),
      advance: does(steps.advance),
      fail: does<DriverEvent>((driver, { type }) => fail(driver, failures[type] ?? 'dataLoss')),
      failWithTask: does<m.TaskFailed>((driver, { because }) => fail(driver, because)),
      crash: does<Crash>((driver, { torn, survivor }) => {
        const { set, send = [] } = steps.end(driver, null, survivor);
        if (torn === null) return { ...(set && { set }), send };
        const file = torn === 'offsets' ? steps.offsetEntry(driver) : steps.commitEntry(driver);
        const half = { ...steps.create(driver, file, false).send![0]!, torn: true };
        return { ...(set && { set }), send: [half, ...send] };
      }),
      deleteCheckpoint: does(() => ({
        // A run that has ended by itself was of the checkpoint that is gone.
        set: { error: null, end: null, frozen: null },
        send: ['checkpoint', 'state'].map((to) => ({ type: 'DELETE_CHECKPOINT', to })),
      })),
    },
  }).createMachine({
    id: 'streamingDriver',
    context: ({ input }) => input.driver,
    initial: 'down',
    on: {
      CRASH: { guard: 'isClean', target: '.down', actions: 'crash' },
      LOG_WRITE_FAILED: { target: '.failed', actions: 'fail' },
    },
    states: {
      down: { on: stopped },
      failed: { on: stopped },
      finished: { on: stopped },
      recovering: {
        on: {
          // Nobody has answered where the topic ends: a start is asking again.
          START: { guard: 'asksFirst', actions: 'readCheckpoint' },
          LATEST_OFFSETS: [
            { guard: 'asksFirst', actions: ['freeze', 'readOn'] },
            { actions: 'freeze' },
          ],
          CHECKPOINT: [
            { guard: 'refuses', target: 'failed', actions: 'refuse' },
            { guard: 'reruns', target: 'walWritten', actions: 'takeUp' },
            { target: 'idle', actions: 'takeUp' },
          ],
        },
      },
      idle: {
        on: {
          FETCH_OFFSETS: { guard: 'mayRun', actions: 'askLatest' },
          LATEST_OFFSETS: [
            { guard: 'hasShrunk', target: 'failed', actions: 'fail' },
            { guard: 'hasWork', target: 'offsetFetched', actions: 'construct' },
            { guard: 'stopsWhenDone', target: 'finished', actions: ['resolve', 'finish'] },
            { actions: 'resolve' },
          ],
        },
      },
      offsetFetched: {
        on: {
          PLAN: { guard: 'logsLater', target: 'planned' },
          WRITE_WAL: [
            { guard: 'logsLater' },
            { guard: 'mayKeepInMemory', target: 'walWritten' },
            { guard: 'isAsync', target: 'walWritten', actions: 'issueWal' },
            { actions: 'writeWal' },
          ],
          ABSENT: 'walProbed',
          CREATED: { target: 'walWritten', actions: 'noteWal' },
          ...refused,
        },
      },
      walProbed: {
        on: {
          WRITE_WAL: { actions: 'renameWal' },
          CREATED: { target: 'walWritten', actions: 'noteWal' },
          ...refused,
          CRASH: { guard: 'tearsOffsets', target: 'down', actions: 'crash' },
        },
      },
      walWritten: {
        on: {
          PLAN: [
            { guard: 'lossAtPlanning', target: 'failed', actions: 'fail' },
            { target: 'planned' },
          ],
        },
      },
      planned: {
        on: {
          SUBMIT: [
            {
              guard: 'isCoalesced',
              target: 'running',
              actions: ['beginBatch', 'launchCoalesced'],
            },
            { actions: 'beginBatch' },
          ],
          PROCEED: { target: 'running', actions: 'launch' },
          // A sink that has the batch already does not run its plan: no watermark, no state.
          SKIP: [
            { guard: 'runsSkipped', target: 'running', actions: ['noteSkipped', 'launch'] },
            { target: 'sinkCommitted' },
          ],
        },
      },
      running: {
        on: {
          REPORTED: { actions: 'noteReport' },
          TASK_FAILED: { target: 'failed', actions: 'failWithTask' },
          WRITE_COMMIT: { guard: 'commitsLogFirst', actions: 'writeCommit' },
          CREATED: { target: 'committedEarly', actions: 'noteCommit' },
          COMMIT_SINK: [
            { guard: 'commitsLogFirst' },
            { guard: 'hasAllReports', actions: 'commitSink' },
          ],
          SINK_COMMITTED: 'sinkCommitted',
          SINK_REFUSED: { target: 'failed', actions: 'fail' },
          CRASH: { guard: 'leavesTask', target: 'down', actions: 'crash' },
        },
      },
      // Only in a design that writes the commit log before the sink is committed.
      committedEarly: {
        on: {
          COMMIT_SINK: { actions: 'commitSink' },
          SINK_COMMITTED: { target: 'commitWritten', actions: 'updateWatermark' },
        },
      },
      sinkCommitted: {
        on: { UPDATE_WATERMARK: { target: 'wmUpdated', actions: 'updateWatermark' } },
      },
      wmUpdated: {
        on: {
          WRITE_WAL: { guard: 'mustLog', actions: 'writeWal' },
          WRITE_COMMIT: [
            { guard: 'mustLog' },
            { guard: 'isAsync', target: 'commitWritten', actions: 'issueCommit' },
            { actions: 'writeCommit' },
          ],
          ABSENT: 'commitProbed',
          CREATED: [
            { guard: 'mustLog', actions: 'noteWal' },
            { target: 'commitWritten', actions: 'noteCommit' },
          ],
          ...refused,
        },
      },
      commitProbed: {
        on: {
          WRITE_COMMIT: { actions: 'renameCommit' },
          CREATED: { target: 'commitWritten', actions: 'noteCommit' },
          ...refused,
          CRASH: { guard: 'tearsCommit', target: 'down', actions: 'crash' },
        },
      },
      commitWritten: {
        on: {
          ADVANCE: [
            { guard: 'isOnce', target: 'finished', actions: 'finish' },
            { target: 'idle', actions: 'advance' },
          ],
        },
      },
    },
  });
}

/** What a query that does not run may be told: to start, or that its checkpoint is thrown away. */
const stopped = {
  START: { target: 'recovering', actions: 'readCheckpoint' },
  DELETE_CHECKPOINT: { actions: 'deleteCheckpoint' },
  CRASH: {},
} as const;

/** A log entry that is there already is another driver's; one that cannot be written ends the query. */
const refused = {
  EXISTS: { target: 'failed', actions: 'fail' },
  WRITE_FAILED: { target: 'failed', actions: 'fail' },
} as const;

/** A driver that has not been started. */
export const driver = (options: StreamingOptions, name: string): Component => ({
  machine: driverMachine(options),
  input: { driver: { name, ...blank(options.partitions) } },
});
