/**
 * The scheduler of one job with two stages: a narrow map over the input, a shuffle, a result stage.
 *
 * `mapping` there are map outputs missing; `reducing` all are registered and result tasks may be
 * launched; `finished` every result partition was given to the action; `aborted` the job failed and
 * says so. A map task needs only its own input partition (narrow); a result task needs every map
 * output (wide).
 *
 * Left out: several jobs on one shuffle, barrier stages, exclusion of nodes, the delay before a
 * resubmission, cancellation. Kills are not modelled: killing is cooperative, a task may always
 * finish first, and what a finished job's tasks still do changes nothing.
 *
 * Source: core/.../scheduler/DAGScheduler.scala; what each event does is in job.ts.
 */
import { setup } from 'xstate';
import { act, type Component } from '../../../src/model/index.ts';
import { copies, isMissing, type Job, type JobSettings, newJob, Steps } from './job.ts';
import type * as m from './lineage-messages.ts';

type Events =
  | m.Launch
  | m.MapDone
  | m.ResultDone
  | m.TaskFailed
  | m.FetchFailed
  | m.ExecutorLost
  | m.BlockMoved;

/** Is it this stage's turn, and this its first missing partition that no task works on? */
function mayLaunch(job: Job, { kind, partition }: m.Launch, stage: m.Kind): boolean {
  const waits = (one: number) => isMissing(job, kind, one) && copies(job, kind, one).length === 0;
  return kind === stage && job.maps.findIndex((_, one) => waits(one)) === partition;
}

/** The very first task goes to the first executor: until then all executors are alike. */
const isUntouched = ({ attempt, running, maps }: Job): boolean =>
  attempt === 0 && running.length === 0 && maps.every((output) => output === null);

/** Speculation: a second copy of a task that runs, on another executor. */
function mayCopy(job: Job, { kind, partition, executor }: m.Launch, stage: m.Kind): boolean {
  const [first, ...more] = copies(job, kind, partition);
  return kind === stage && first !== undefined && more.length === 0 && first.on !== executor;
}

function schedulerMachine(settings: JobSettings) {
  const steps = new Steps(settings);
  const { executors, maxStageAttempts, maxTaskFailures } = settings;
  return setup({
    types: {} as { context: Job; events: Events; input: Job },
    guards: {
      mayMap: ({ context, event }) =>
        mayLaunch(context, event as m.Launch, 'map') &&
        (!isUntouched(context) || (event as m.Launch).executor === executors[0]),
      mayReduce: ({ context, event }) => mayLaunch(context, event as m.Launch, 'result'),
      mayCopyMap: ({ context, event }) => mayCopy(context, event as m.Launch, 'map'),
      mayCopyResult: ({ context, event }) => mayCopy(context, event as m.Launch, 'result'),
      retriesStage: () => settings.rules.onFetchFailure === 'retryStage',
      retriesTask: () => settings.rules.onFetchFailure !== 'retryStage',
      allMapped: ({ context }) => !context.maps.includes(null),
      allDone: ({ context }) => !context.done.includes(false),
      mustAbort: ({ context }) =>
        context.isMixed ||
        context.fetchFailures >= maxStageAttempts ||
        context.failures >= maxTaskFailures,
    },
    actions: {
      launch: act<Job, m.Launch>((job, event) => steps.launch(job, event)),
      mapDone: act<Job, m.MapDone>((job, event) => steps.mapDone(job, event)),
      resultDone: act<Job, m.ResultDone>((job, event) => steps.resultDone(job, event)),
      taskFailed: act<Job, m.TaskFailed>((job, event) => steps.taskFailed(job, event)),
      fetchFailed: act<Job, m.FetchFailed>((job, event) => steps.fetchFailed(job, event)),
      executorLost: act<Job, m.ExecutorLost>((job, event) => steps.executorLost(job, event)),
      relocate: act<Job, m.BlockMoved>((job, event) => steps.relocate(job, event)),
      // What a job that has ended still remembers makes no difference any more.
      end: act<Job, Events>((job) => ({
        set: { ...newJob(job.maps.length), done: job.done },
        send: executors.map((to): m.JobEnded => ({ type: 'JOB_ENDED', to })),
      })),
    },
  }).createMachine({
    id: 'scheduler',
    context: ({ input }) => input,
    initial: 'running',
    states: {
      running: {
        initial: 'mapping',
        always: [
          { guard: 'allDone', target: 'finished', actions: 'end' },
          { guard: 'mustAbort', target: 'aborted', actions: 'end' },
        ],
        on: {
          MAP_DONE: { actions: 'mapDone' },
          RESULT_DONE: { actions: 'resultDone' },
          TASK_FAILED: { actions: 'taskFailed' },
          EXECUTOR_LOST: { actions: 'executorLost' },
          BLOCK_MOVED: { actions: 'relocate' },
          FETCH_FAILED: { guard: 'retriesStage', target: '.mapping', actions: 'fetchFailed' },
        },
        states: {
          mapping: {
            always: { guard: 'allMapped', target: 'reducing' },
            on: {
              LAUNCH: { guard: 'mayMap', actions: 'launch' },
              SPECULATE: { guard: 'mayCopyMap', actions: 'launch' },
            },
          },
          // An output that is lost here is missed only by the task that fetches it.
          reducing: {
            on: {
              LAUNCH: { guard: 'mayReduce', actions: 'launch' },
              SPECULATE: { guard: 'mayCopyResult', actions: 'launch' },
              FETCH_FAILED: { guard: 'retriesTask', actions: 'fetchFailed' },
            },
          },
        },
      },
      finished: {},
      aborted: {},
    },
  });
}

export const scheduler = (settings: JobSettings, maps: number): Component => ({
  machine: schedulerMachine(settings),
  input: newJob(maps),
});
