/** The streaming model as an experiment uses it: room for a long run, and its stimuli by what they do. */

import type { StreamingOptions } from '../../../models/spark/streaming/index.ts';
import {
  type Past,
  settlingOf,
  spark41,
  streaming,
} from '../../../models/spark/streaming/index.ts';
import type { Settling, System } from '../../model/index.ts';
import { Track } from '../../schedulers/course.ts';
import type { SparkSetting } from '../setting.ts';
import { keeping } from '../tracks.ts';

/** Records of a partition, and batches, that may be open at a time. */
export const ROOM = { records: 6, batches: 8 };
const PLENTY = 1_000_000;

/** What of the settings decides what may happen, and not only when. */
type ModelledSetting = Pick<
  SparkSetting,
  'workers' | 'sink' | 'storage' | 'stateful' | 'failOnDataLoss'
>;

/**
 * The model's options. A task of the model is all the tasks of a worker, and what it reads in one
 * batch is one record.
 */
export function modelOptions(
  { workers, sink, storage, stateful, failOnDataLoss }: ModelledSetting,
  bounds: StreamingOptions['bounds'] = ROOM,
): Partial<StreamingOptions> & Pick<StreamingOptions, 'partitions' | 'bounds'> {
  const times = Array.from({ length: bounds.records }, (_, nth) => nth + 1);
  return {
    sink,
    storage: storage === 's3' ? 'fsRename' : 'hdfs',
    mode: 'sync',
    operator: stateful ? 'aggregate' : 'none',
    partitions: workers,
    failOnDataLoss,
    // Each worker's n-th record is of the n-th window.
    eventTimes: Array.from({ length: workers }, () => times).flat(),
    rules: spark41,
    bounds,
    faults: { driverCrash: PLENTY, executorLoss: PLENTY, sourceTruncated: PLENTY },
  };
}

/** The streaming model's system with its tables, and the numbers of its stimuli. */
export class SparkTrack extends Track {
  readonly settling: Settling<Past>;
  readonly options: Pick<StreamingOptions, 'partitions' | 'bounds'>;
  /** By worker. */
  readonly produce: readonly number[];
  readonly truncate: readonly number[];
  readonly execute: readonly number[];
  readonly write: readonly number[];
  readonly report: readonly number[];
  readonly fail: readonly number[];
  /** Of the driver, by what it does. */
  readonly driver: Readonly<Record<DriverStep, number>>;

  constructor(system: System, options: Pick<StreamingOptions, 'partitions' | 'bounds'>) {
    super(system);
    this.options = options;
    this.settling = settlingOf(options);
    const byWorker = (of: (worker: number) => number): number[] =>
      Array.from({ length: options.partitions }, (_, worker) => of(worker));
    const task = (type: string) =>
      byWorker((worker) => this.number(`driver1-task${worker + 1}`, { type }));
    this.produce = byWorker((partition) => this.number('source', { type: 'PRODUCE', partition }));
    this.truncate = byWorker((partition) => this.number('source', { type: 'TRUNCATE', partition }));
    this.execute = task('EXECUTE');
    // A stateless task writes its rows as it executes.
    this.write = task('WRITE');
    this.report = task('REPORT');
    this.fail = task('FAIL');
    this.driver = Object.fromEntries(
      Object.entries(DRIVER_STEPS).map(([step, event]) => [step, this.number('driver1', event)]),
    ) as Record<DriverStep, number>;
  }
}

const DRIVER_STEPS = {
  start: { type: 'START', stale: null },
  fetchOffsets: { type: 'FETCH_OFFSETS', answer: 'right' },
  writeWal: { type: 'WRITE_WAL', lost: false, persist: true },
  plan: { type: 'PLAN' },
  submit: { type: 'SUBMIT', coalesced: false },
  commitSink: { type: 'COMMIT_SINK' },
  updateWatermark: { type: 'UPDATE_WATERMARK' },
  writeCommit: { type: 'WRITE_COMMIT', lost: false },
  advance: { type: 'ADVANCE' },
  crash: { type: 'CRASH', torn: null, survivor: null },
} as const;
export type DriverStep = keyof typeof DRIVER_STEPS;

const kept = keeping((setting: ModelledSetting) => {
  const options = modelOptions(setting);
  return new SparkTrack(streaming(options), options);
});

/** The track for a setting; what does not change the model does not change the track. */
export function sparkTrackOf(setting: SparkSetting): SparkTrack {
  const { workers, sink, storage, stateful, failOnDataLoss } = setting;
  return kept({ workers, sink, storage, stateful, failOnDataLoss });
}
