/**
 * The driver of a direct Kafka stream over one partition: JobGenerator, JobScheduler and
 * DirectKafkaInputDStream in one process.
 *
 * `running` it generates a batch at every batch time and runs batches in order; `recovering` it asks
 * where to begin; `stopping` gracefully; `down` it died or was stopped hard; `stopped` its graceful
 * stop is done. Who starts it again is the environment's business.
 *
 * Batch times go on while the driver is down: the clock is no part of it. A batch is *done* when
 * every output operation returned; only then does the driver hear of it.
 *
 * Left out: several streams and output operations, windows and state (updateStateByKey reads the same
 * recovery), concurrentJobs above 1, back pressure. Taking a snapshot and writing it are one move: a
 * later write would only be an older snapshot, and `checkpoint torn` gives those.
 *
 * Sources: streaming/.../scheduler/JobGenerator.scala (generateJobs, restart, stop),
 * JobScheduler.scala (handleJobCompletion), Checkpoint.scala;
 * connector/kafka-0-10/.../DirectKafkaInputDStream.scala (compute, commitAsync, restore).
 */
import { setup } from 'xstate';
import { act, type Component, type Effect, type Message } from '../../../src/model/index.ts';
import type * as m from './direct-messages.ts';
import type { DirectRules } from './direct-rules.ts';

/** Where a restarted stream finds its position. */
export type Offsets = 'checkpoint' | 'kafka' | 'ownStore';

export type DirectDriver = {
  /** The next batch time; survives the driver. */
  now: number;
  /** Offset at which the next batch begins. */
  position: number;
  /** Batches generated and not done, in order. */
  jobs: m.Batch[];
  /** Has the first of them written its output? */
  isOutput: boolean;
  /** Batches whose job failed and was passed over. */
  failed: m.Batch[];
  /** The last batch done: its range stays remembered, and stays in every checkpoint. */
  last: m.Batch | null;
  /** Something happened since the last checkpoint. */
  isDirty: boolean;
  /** Offset queued by commitAsync; it is sent when the next batch is generated. */
  queued: number | null;
  [key: string]: unknown;
};

export interface DirectSettings {
  offsets: Offsets;
  rules: DirectRules;
  /** Bound: batch times that come. */
  batches: number;
}

type Events =
  | { type: 'GENERATE' | 'RUN_JOB' | 'COMPLETE' | 'CHECKPOINT' | 'RESTART' }
  | { type: 'STOP_GRACEFULLY' | 'END_STOP' | 'STOP_HARD' | 'TIME_OUT' | 'CRASH' | 'FAIL_JOB' }
  | m.End
  | m.Start;
type Effects = Effect<DirectDriver>;

/** All that dies with the process. */
const lost = {
  position: 0,
  jobs: [],
  isOutput: false,
  failed: [],
  last: null,
  isDirty: false,
  queued: null,
};

class Driver {
  private readonly settings: DirectSettings;
  constructor(settings: DirectSettings) {
    this.settings = settings;
  }

  /** DirectKafkaInputDStream.compute: the range is fixed, the position moves, commits are sent. */
  generate(me: DirectDriver, { end }: m.End): Effects {
    const { offsets, rules } = this.settings;
    const batch: m.Batch = { time: me.now, from: me.position, until: end };
    const early = offsets === 'kafka' && rules.commitsOffsets === 'beforeOutput';
    const due = early ? end : me.queued;
    return {
      set: {
        now: me.now + 1,
        position: end,
        jobs: [...me.jobs, batch],
        isDirty: offsets === 'checkpoint',
        queued: null,
      },
      send:
        due === null ? [] : [{ type: 'COMMIT_OFFSET', to: 'kafka', offset: due } as m.CommitOffset],
    };
  }

  run({ jobs }: DirectDriver): Effects {
    const output: m.Output = { ...jobs[0]!, type: 'OUTPUT', to: 'sink' };
    return { set: { isOutput: true }, send: [output] };
  }

  /** Every output operation of the batch has returned. */
  complete(me: DirectDriver): Effects {
    const { offsets, rules } = this.settings;
    const [done, ...jobs] = me.jobs;
    const { until } = done!;
    const queues = offsets === 'kafka' && rules.commitsOffsets === 'afterOutput';
    const stores = offsets === 'ownStore' && !rules.storesOffsetsWithResults;
    return {
      set: {
        jobs,
        isOutput: false,
        last: offsets === 'checkpoint' ? done! : null,
        isDirty: offsets === 'checkpoint',
        queued: queues ? until : me.queued,
      },
      send: stores ? [{ type: 'STORE_OFFSET', to: 'sink', offset: until } as m.StoreOffset] : [],
    };
  }

  checkpoint(me: DirectDriver): Effects {
    const batches = [...(me.last ? [me.last] : []), ...me.failed, ...me.jobs];
    const ranges = this.settings.rules.checkpointKeepsRanges ? batches : [];
    const snapshot = { time: me.now - 1, batches: ranges, position: me.position };
    const write: m.WriteCheckpoint = { type: 'WRITE_CHECKPOINT', to: 'checkpoint', snapshot };
    return { set: { isDirty: false }, send: [write] };
  }

  askStart(): Effects {
    const knower = { checkpoint: 'checkpoint', kafka: 'kafka', ownStore: 'sink' } as const;
    return { send: [{ type: 'ASK_START', to: knower[this.settings.offsets] } as m.AskStart] };
  }

  /**
   * JobGenerator.restart: the batches of the checkpoint run again with their ranges, the last one
   * even if it was done; the times that passed since are generated anew, by whatever Kafka holds
   * now: the first of them takes all, the others find nothing.
   */
  recover(me: DirectDriver, { snapshot, offset }: m.Start): Effects {
    if (snapshot === null) return { set: { position: offset } };
    const { time, batches, position } = snapshot;
    const downTimes = Array.from({ length: me.now - 1 - time }, (_, i) => time + 1 + i);
    const jobs = [
      ...batches,
      ...downTimes.map((down, i) => ({
        time: down,
        from: i === 0 ? position : offset,
        until: offset,
      })),
    ];
    return {
      set: { jobs, position: downTimes.length > 0 ? offset : position, isDirty: true },
    };
  }

  /** A job that fails for good is passed over if nobody ends the application. */
  passOver(me: DirectDriver): Effects {
    const [failed, ...jobs] = me.jobs;
    return { set: { jobs, isOutput: false, failed: [...me.failed, failed!] } };
  }
}

function driverMachine(settings: DirectSettings) {
  const steps = new Driver(settings);
  const { rules, batches } = settings;
  return setup({
    types: {} as { context: DirectDriver; events: Events },
    guards: {
      hasTime: ({ context }) => context.now < batches,
      hasJob: ({ context }) => context.jobs.length > 0 && !context.isOutput,
      isOutput: ({ context }) => context.isOutput,
      isDirty: ({ context }) => context.isDirty,
      mayEndStop: ({ context }) =>
        !rules.gracefulStopWaits || (context.jobs.length === 0 && !context.isDirty),
      endsOnFailedJob: ({ context }) => context.jobs.length > 0 && rules.endsOnFailedJob,
      goesOn: ({ context }) => context.jobs.length > 0 && !rules.endsOnFailedJob,
    },
    actions: {
      askEnd: act<DirectDriver, Events>(() => ({
        send: [{ type: 'ASK_END', to: 'kafka' } as Message],
      })),
      generate: act<DirectDriver, m.End>((me, event) => steps.generate(me, event)),
      run: act<DirectDriver, Events>((me) => steps.run(me)),
      complete: act<DirectDriver, Events>((me) => steps.complete(me)),
      checkpoint: act<DirectDriver, Events>((me) => steps.checkpoint(me)),
      askStart: act<DirectDriver, Events>(() => steps.askStart()),
      recover: act<DirectDriver, m.Start>((me, event) => steps.recover(me, event)),
      die: act<DirectDriver, Events>(() => ({ set: lost })),
      passOver: act<DirectDriver, Events>((me) => steps.passOver(me)),
    },
  }).createMachine({
    id: 'directDriver',
    context: { ...lost, now: 0 },
    initial: 'running',
    states: {
      running: {
        on: {
          GENERATE: { guard: 'hasTime', actions: 'askEnd' },
          END: { actions: 'generate' },
          RUN_JOB: { guard: 'hasJob', actions: 'run' },
          COMPLETE: { guard: 'isOutput', actions: 'complete' },
          CHECKPOINT: { guard: 'isDirty', actions: 'checkpoint' },
          STOP_GRACEFULLY: 'stopping',
          STOP_HARD: 'stopped',
          FAIL_JOB: [
            { guard: 'endsOnFailedJob', target: 'down', actions: 'die' },
            { guard: 'goesOn', actions: 'passOver' },
          ],
          CRASH: { target: 'down', actions: 'die' },
        },
      },
      stopping: {
        on: {
          RUN_JOB: { guard: 'hasJob', actions: 'run' },
          COMPLETE: { guard: 'isOutput', actions: 'complete' },
          CHECKPOINT: { guard: 'isDirty', actions: 'checkpoint' },
          END_STOP: { guard: 'mayEndStop', target: 'stopped' },
          // spark.streaming.gracefulStopTimeout: it stops with what is left undone.
          TIME_OUT: 'stopped',
          CRASH: { target: 'down', actions: 'die' },
        },
      },
      // What the process still remembers is what it left undone; its next life forgets it.
      stopped: { on: { RESTART: { target: 'recovering', actions: ['die', 'askStart'] } } },
      down: { on: { RESTART: { target: 'recovering', actions: 'askStart' } } },
      recovering: { on: { START_FROM: { target: 'running', actions: 'recover' } } },
    },
  });
}

export const directDriver = (settings: DirectSettings): Component => ({
  machine: driverMachine(settings),
});
