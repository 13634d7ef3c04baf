/**
 * One attempt at writing one output partition.
 *
 * `idle` not launched; `running` it computes; `written` its rows are in its own file; `authorized`
 * the coordinator has granted it the commit; `committed` its output is in place, the driver does not
 * know yet. After that it has ended. An attempt that the driver counts as lost may live on as a
 * zombie: nothing stops it but the coordinator's refusal.
 *
 * Sources: core/.../executor/Executor.scala; SparkHadoopMapRedUtil.commitTask;
 * sql/.../WriteToDataSourceV2Exec.scala (DataWritingSparkTask).
 */
import { setup } from 'xstate';
import { act, type Component, type Message } from '../../../src/model/index.ts';
import type * as m from './commit-messages.ts';
import type { CommitRules } from './commit-rules.ts';

export type Writer = m.AttemptId & {
  id: string;
  /** Has the driver given it up? Only the driver acts on that; the attempt does not know. */
  isZombie: boolean;
  [key: string]: unknown;
};

type Events =
  | m.LaunchWriter
  | m.Verdict
  | m.TaskCommit
  | { type: 'WRITE' | 'ASK' | 'COMMIT' | 'REPORT' }
  | { type: 'FAIL_TASK' | 'LOSE_EXECUTOR' | 'CUT_OFF' };

/** How a sink goes about a task's commit. */
export interface WriterSettings {
  rules: CommitRules;
  /** DataWriterFactory.useCommitCoordinator */
  asksCoordinator: boolean;
}

function writerMachine({ rules, asksCoordinator }: WriterSettings) {
  const fileOf = ({ id, number }: Writer): string =>
    rules.namesFilesBy === 'uniqueId' ? id : `attempt ${number}`;
  const toDriver = (me: Writer, type: m.FromWriter['type']): Message => {
    const { id: from, stageAttempt, number } = me;
    return { type, to: 'driver', from, stageAttempt, number } as m.FromWriter;
  };
  const toStore = (me: Writer, type: m.ToStore['type']): Message =>
    ({ type, to: 'store', from: me.id, file: fileOf(me) }) as m.ToStore;
  const says = (of: (me: Writer) => Message[]) => act<Writer, Events>((me) => ({ send: of(me) }));
  const fresh = { stageAttempt: 0, number: 0, isZombie: false };
  const tells = (me: Writer, message: Message): Message[] => (me.isZombie ? [] : [message]);

  return setup({
    types: {} as { context: Writer; events: Events; input: { id: string } },
    guards: {
      asksCoordinator: () => asksCoordinator,
      asksNobody: () => !asksCoordinator,
      isKnown: ({ context }) => !context.isZombie,
    },
    actions: {
      launch: act<Writer, m.LaunchWriter>((_, { stageAttempt, number }) => ({
        set: { stageAttempt, number },
      })),
      write: says((me) => [toStore(me, 'WRITE_FILE')]),
      ask: says((me) => [toDriver(me, 'MAY_I_COMMIT')]),
      commit: says((me) => [toStore(me, 'COMMIT_TASK')]),
      report: says((me) => [toDriver(me, 'TASK_DONE')]),
      abort: says((me) => [toStore(me, 'ABORT_TASK')]),
      tellDenied: says((me) => tells(me, toDriver(me, 'TASK_DENIED'))),
      tellFailed: says((me) => tells(me, toDriver(me, 'TASK_FAILED'))),
      live: act<Writer, Events>(() => ({ set: { isZombie: true } })),
      // An attempt that has ended is remembered by nobody here.
      end: act<Writer, Events>(() => ({ set: fresh })),
    },
  }).createMachine({
    id: 'writer',
    context: ({ input }) => ({ ...fresh, id: input.id }),
    initial: 'idle',
    states: {
      idle: { on: { LAUNCH_WRITER: { target: 'alive', actions: 'launch' } } },
      alive: {
        initial: 'running',
        on: {
          FAIL_TASK: { target: 'ended', actions: ['abort', 'tellFailed', 'end'] },
          LOSE_EXECUTOR: { target: 'ended', actions: ['tellFailed', 'end'] },
          CUT_OFF: { guard: 'isKnown', actions: ['tellFailed', 'live'] },
        },
        states: {
          running: { on: { WRITE: { target: 'written', actions: 'write' } } },
          written: {
            on: {
              ASK: { guard: 'asksCoordinator', actions: 'ask' },
              GRANTED: 'authorized',
              // A denied attempt does not count as a failure: it is tried again under its number.
              DENIED: { target: '#writer.idle', actions: ['abort', 'tellDenied', 'end'] },
              COMMIT: { guard: 'asksNobody', actions: 'commit' },
              TASK_COMMITTED: 'committed',
            },
          },
          authorized: {
            on: {
              COMMIT: { actions: 'commit' },
              TASK_COMMITTED: 'committed',
              TASK_COMMIT_FAILED: { target: '#writer.ended', actions: 'end' },
            },
          },
          committed: {
            on: {
              REPORT: { target: '#writer.ended', actions: ['report', 'end'] },
              FAIL_TASK: { target: '#writer.ended', actions: ['tellFailed', 'end'] },
            },
          },
        },
      },
      ended: {},
    },
  });
}

/** Attempts at one partition, by name: `t1`, `t2`, ... */
export function writers(ids: readonly string[], settings: WriterSettings) {
  const machine = writerMachine(settings);
  return Object.fromEntries(ids.map((id): [string, Component] => [id, { machine, input: { id } }]));
}
