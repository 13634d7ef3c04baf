/** What the designs' settings and a few more take of the machines: every edge but those named here. */
import { describe, expect, it } from 'vitest';
import { streamingDesigns } from '../../../models/spark/streaming/designs/index.ts';
import {
  type EpochOptions,
  epochDesigns,
  epochs,
  sound as soundEpochs,
} from '../../../models/spark/streaming/epochs/index.ts';
import { type StreamingOptions, sound, streaming } from '../../../models/spark/streaming/index.ts';
import { stateStoreDesigns } from '../../../models/spark/streaming/state-store/designs/index.ts';
import {
  sound as soundStores,
  stateStore,
} from '../../../models/spark/streaming/state-store/index.ts';
import { coverage } from '../../../src/engine/coverage.ts';
import type { System } from '../../../src/model/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';

const small = { partitions: 1, bounds: { records: 2, batches: 2 } };
const more: Partial<StreamingOptions>[] = [
  { faults: { driverCrash: 1, executorLoss: 1, taskRetry: 1, zombieWrite: 1 } },
  { ...small, operator: 'dedup', faults: { driverCrash: 1, executorLoss: 1, zombieWrite: 2 } },
  { ...small, mode: 'async', sink: 'kafka', faults: { secondDriver: 1 } },
  { ...small, sink: 'file', faults: { secondDriver: 1 } },
  { ...small, storage: 's3abort', faults: { lostWrite: 1 } },
  { ...small, storage: 's3abort', faults: { secondDriver: 1 } },
  { ...small, mode: 'availableNow', faults: { sourceTruncated: 1, checkpointDeleted: 1 } },
  { ...small, faults: { retentionPassed: 1, checkpointDeleted: 1, zombieWrite: 1 } },
];

const neverTaken = (systems: readonly System[]): readonly string[] => {
  const steppers = systems.map((system) => explore(system, [], { whole: true }).stepper);
  const { neverTaken: edges, neverFired } = coverage(steppers);
  return [...edges, ...neverFired];
};
/**
 * What is written down so that nothing happens, or that nothing further is followed: a stopped query is
 * crashed, a design's other order is asked for too early, a second attempt finds its place taken; and
 * where the writer of asynchronous logs cannot fail, for it has nothing to write.
 */
const nothingHappens = [
  'down --CRASH--> down',
  'failed --CRASH--> failed',
  'finished --CRASH--> finished',
  'starting --CRASH--> down',
  'recovering --CRASH[isClean]--> down',
  '--LOG_WRITE_FAILED--> failed',
  'offsetFetched --WRITE_WAL[logsLater]--> offsetFetched',
  'running --COMMIT_SINK[commitsLogFirst]--> running',
  'wmUpdated --WRITE_COMMIT[mustLog]--> wmUpdated',
  'lingering --LAUNCH--> lingering',
  '--RUN--> started',
  '--RUN--> staged',
  '--RUN--> saved',
  'staged --GIVE_UP[isBusyLate]--> staged',
];
const isRefusal = (edge: string): boolean => nothingHappens.some((end) => edge.endsWith(end));

describe('the machines of Structured Streaming', () => {
  it('take every edge in a batch protocol, but for those that cannot be', () => {
    const designs = streamingDesigns
      .filter(
        ({ setting }) => (setting.operator ?? 'none') === 'none' || !setting.faults?.secondDriver,
      )
      .map(({ setting, rules }) => streaming({ ...setting, rules: { ...sound, ...rules } }));
    const edges = neverTaken([...designs, ...more.map((options) => streaming(options))]);
    expect(edges.filter((edge) => !isRefusal(edge))).toEqual([
      // A write that is lost is lost at the look, a move earlier; the writer's thread loses none.
      'streamingDriver: walProbed --WRITE_FAILED--> failed',
      'streamingDriver: commitProbed --WRITE_FAILED--> failed',
      'streamingLogWriter: writing --WRITE_FAILED--> writing',
      // A zombie of a query whose checkpoint was deleted, with state: not among the settings.
      'streamingZombie: lingering --STATE[isMissing]--> gone',
    ]);
  });

  it('take every edge of the state stores', () => {
    const faults = { driverCrash: 1, executorLoss: 1, zombieWrite: 2 };
    const systems = stateStoreDesigns
      .filter(({ setting }) => (setting.width ?? 1) === 1)
      .map(({ setting, rules }) => stateStore({ ...setting, rules: { ...soundStores, ...rules } }));
    const others = [
      stateStore({ bounds: { batches: 1 }, faults }),
      stateStore({ inherits: 'anotherRun' }),
      stateStore({ width: 2, bounds: { batches: 1 }, faults: { partialConsumption: 1 } }),
    ];
    const edges = neverTaken([...systems, ...others]);
    expect(edges.filter((edge) => !isRefusal(edge))).toEqual([]);
  });

  it('take every edge of long-running tasks', () => {
    const all = (options: Partial<EpochOptions>) => epochs(options);
    const systems = epochDesigns.map(({ setting, rules }) =>
      all({ ...setting, rules: { ...soundEpochs, ...rules } }),
    );
    expect(neverTaken(systems)).toEqual(['epochsReader: stopped --KILL--> stopped']);
  });
});
