/** What a driver asks before it takes a step. */
import type { Crash, Driver, DriverEvent, DriverSteps, Submit, WriteWal } from './driver-steps.ts';
import type * as m from './messages.ts';
import type { StreamingOptions } from './options.ts';

type Asked = { context: Driver; event: DriverEvent };

/** The guards of a driver under `options`. */
export function driverGuards(options: StreamingOptions, steps: DriverSteps) {
  const { rules, mode, bounds, failOnDataLoss } = options;
  const isAsync = mode === 'async';
  return {
    mayRun: ({ context }: Asked) => context.batch < bounds.batches,
    asksFirst: () => mode === 'availableNow',
    refuses: ({ event }: Asked) => steps.decide(event as m.Checkpoint).kind === 'refuse',
    reruns: ({ event }: Asked) => steps.decide(event as m.Checkpoint).kind === 'rerun',
    hasShrunk: ({ context, event }: Asked) =>
      mode === 'availableNow' &&
      context.frozen!.some((offset, at) => (event as m.LatestOffsets).end[at]! < offset),
    hasWork: ({ context, event }: Asked) => steps.hasWork(context, event as m.LatestOffsets),
    stopsWhenDone: () => mode === 'once' || mode === 'availableNow',
    isOnce: () => mode === 'once',
    isAsync: () => isAsync,
    // The first entry of a run is always due; later ones when the interval has passed.
    mayKeepInMemory: ({ context, event }: Asked) =>
      isAsync && context.hasIssued && !(event as WriteWal).persist,
    logsLater: () => !rules.logsOffsetsFirst,
    mustLog: ({ context }: Asked) => !rules.logsOffsetsFirst && !context.logged,
    lossAtPlanning: ({ context }: Asked) => failOnDataLoss && steps.isRegressed(context),
    runsSkipped: () => rules.skippedBatchRuns,
    hasAllReports: ({ context }: Asked) => steps.hasAllReports(context),
    commitsLogFirst: ({ context }: Asked) =>
      !rules.commitsSinkFirst && steps.hasAllReports(context),
    isCoalesced: ({ event }: Asked) => (event as Submit).coalesced,
    isClean: ({ event }: Asked) => {
      const { torn, survivor } = event as Crash;
      return torn === null && survivor === null;
    },
    leavesTask: ({ context, event }: Asked) => {
      const { survivor } = event as Crash;
      return survivor !== null && context.reports[survivor] === null;
    },
    tearsOffsets: ({ event }: Asked) => (event as Crash).torn === 'offsets',
    tearsCommit: ({ event }: Asked) => (event as Crash).torn === 'commits',
  };
}
