/**
 * The driver of a write job with one output partition: task set, OutputCommitCoordinator, job commit.
 *
 * `writing` the partition is not done; `written` an attempt's success was accepted, and nobody is
 * granted a commit any more; `committed` the job has committed.
 *
 * The coordinator lives in the driver's memory and knows one stage: it does not outlive the driver.
 * Left out: several partitions (they share nothing but the job commit), job abort, the driver's own
 * crash: a rerun of the job is another job.
 *
 * Sources: core/.../scheduler/OutputCommitCoordinator.scala; SPARK-4879, 19631, 24589, 39195, 48292.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect } from '../../../src/model/index.ts';
import type * as m from './commit-messages.ts';
import type { CommitRules } from './commit-rules.ts';

export type Committer = {
  /** Attempts launched so far; their names are `t1`, `t2`, ... in this order. */
  launched: number;
  stageAttempt: number;
  /** Attempt number of the next attempt of this stage attempt. */
  nextNumber: number;
  /** Attempts of the present stage attempt that the driver believes to run. */
  live: string[];
  /** Attempts that were denied and are to be tried again, under their old numbers. */
  denied: { id: string; number: number }[];
  /** Who may commit. */
  authorized: m.AttemptId | null;
  /** Attempts known to have failed. */
  failed: m.AttemptId[];
  /** The file reported by the attempt whose success was accepted. */
  accepted: string | null;
  [key: string]: unknown;
};

type Launch = { type: 'LAUNCH' | 'SPECULATE' };
type Events = Launch | { type: 'RETRY_STAGE' | 'COMMIT_JOB_NOW' } | m.FromWriter;
type Effects = Effect<Committer>;

const isSame = (a: m.AttemptId | null, b: m.AttemptId): boolean =>
  a !== null && a.stageAttempt === b.stageAttempt && a.number === b.number;
const without = (ids: readonly string[], id: string): string[] => ids.filter((one) => one !== id);

/** The next attempt: a denied one again, or a new one. */
function launch(driver: Committer): Effects {
  const { stageAttempt, denied } = driver;
  const again = denied[0];
  const to = again?.id ?? `t${driver.launched + 1}`;
  const number = again?.number ?? driver.nextNumber;
  return {
    set: {
      launched: driver.launched + (again === undefined ? 1 : 0),
      denied: denied.slice(1),
      nextNumber: Math.max(number + 1, driver.nextNumber),
      live: [...driver.live, to].sort(),
    },
    send: [{ type: 'LAUNCH_WRITER', to, stageAttempt, number } as m.LaunchWriter],
  };
}

/** First committer wins (OutputCommitCoordinator.handleAskPermissionToCommit). */
function answer(driver: Committer, event: m.FromWriter, rules: CommitRules): Effects {
  const { stageAttempt, number, from: to } = event;
  const isFailed = driver.failed.some((one) => isSame(one, event));
  const refused = driver.authorized !== null || (isFailed && rules.refusesFailedAttempts);
  if (refused) return { send: [{ type: 'DENIED', to } as m.Verdict] };
  const granted: m.Verdict = { type: 'GRANTED', to };
  return { set: { authorized: { stageAttempt, number } }, send: [granted] };
}

/** The lock of a failed attempt goes to whoever asks next; nothing undoes what it did. */
function taskFailed(driver: Committer, event: m.FromWriter, rules: CommitRules): Effects {
  const { stageAttempt, number, from } = event;
  const holds = isSame(driver.authorized, event);
  return {
    set: {
      live: without(driver.live, from),
      failed: [...driver.failed, { stageAttempt, number }],
      authorized: holds && rules.releasesLockOfFailedAttempt ? null : driver.authorized,
    },
  };
}

function taskDone(driver: Committer, event: m.FromWriter): Effects {
  const live = without(driver.live, event.from);
  const isGivenUp = driver.failed.some((one) => isSame(one, event));
  return { set: isGivenUp ? { live } : { live, accepted: event.from } };
}

/** A fetch failed: the stage is tried again, and tasks of this attempt run on as zombies. */
function retryStage(driver: Committer, rules: CommitRules): Effects {
  const kept = rules.locksOutliveStageAttempts ? {} : { authorized: null, failed: [] };
  const stageAttempt = driver.stageAttempt + 1;
  return { set: { ...kept, stageAttempt, nextNumber: 0, live: [], denied: [] } };
}

function committerMachine(rules: CommitRules, attempts: number) {
  const begin: Committer = {
    launched: 0,
    stageAttempt: 0,
    nextNumber: 0,
    live: [],
    denied: [],
    authorized: null,
    failed: [],
    accepted: null,
  };
  const hasMore = ({ denied, launched }: Committer): boolean =>
    denied.length > 0 || launched < attempts;
  return setup({
    types: {} as { context: Committer; events: Events },
    guards: {
      mayLaunch: ({ context }) => context.live.length === 0 && hasMore(context),
      maySpeculate: ({ context }) => context.live.length === 1 && hasMore(context),
      isRunning: ({ context }) => context.live.length > 0,
      isAccepted: ({ context }) => context.accepted !== null,
    },
    actions: {
      launch: act<Committer, Launch>(launch),
      answer: act<Committer, m.FromWriter>((driver, event) => answer(driver, event, rules)),
      refuse: act<Committer, m.FromWriter>((_, { from }) => ({
        send: [{ type: 'DENIED', to: from } as m.Verdict],
      })),
      retryDenied: act<Committer, m.FromWriter>(({ live, denied }, { from: id, number }) =>
        // A denied zombie of an earlier stage attempt is nobody's to try again.
        live.includes(id)
          ? { set: { live: without(live, id), denied: [...denied, { id, number }] } }
          : {},
      ),
      taskFailed: act<Committer, m.FromWriter>((driver, event) => taskFailed(driver, event, rules)),
      taskDone: act<Committer, m.FromWriter>(taskDone),
      retryStage: act<Committer, Events>((driver) => retryStage(driver, rules)),
      commitJob: act<Committer, Events>(({ accepted }) => ({
        send: [{ type: 'COMMIT_JOB', to: 'store', file: accepted! } as m.CommitJob],
      })),
      // The stage has ended and with it the coordinator's memory of it.
      forget: act<Committer, Events>(({ accepted }) => ({ set: { ...begin, accepted } })),
    },
  }).createMachine({
    id: 'committer',
    context: begin,
    initial: 'writing',
    on: { MAY_I_COMMIT: { actions: 'refuse' } },
    states: {
      writing: {
        always: { guard: 'isAccepted', target: 'written', actions: 'forget' },
        on: {
          LAUNCH: { guard: 'mayLaunch', actions: 'launch' },
          SPECULATE: { guard: 'maySpeculate', actions: 'launch' },
          MAY_I_COMMIT: { actions: 'answer' },
          TASK_DENIED: { actions: 'retryDenied' },
          TASK_FAILED: { actions: 'taskFailed' },
          TASK_DONE: { actions: 'taskDone' },
          RETRY_STAGE: { guard: 'isRunning', actions: 'retryStage' },
        },
      },
      written: { on: { COMMIT_JOB_NOW: { target: 'committed', actions: 'commitJob' } } },
      committed: {},
    },
  });
}

export const committer = (rules: CommitRules, attempts: number): Component => ({
  machine: committerMachine(rules, attempts),
});
