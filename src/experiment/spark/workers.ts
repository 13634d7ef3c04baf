/**
 * The query's workers: which live, what their tasks take, and what of the state they hold.
 *
 * A worker's tasks are one task of the model. What a lost worker was to do is shared out among those
 * that are left, one core a task, each loading the state of its task first.
 */

import { STORAGE, type StorageOperation } from '../durations.ts';
import type { SparkSetting } from '../setting.ts';
import { draw } from '../spread.ts';
import { Chance, capacity, type World } from '../world.ts';

export class Worker {
  /** Its number, from zero. */
  readonly place: number;
  /** Its tasks of a batch: of the state's partitions if there is state, of Kafka's if not. */
  readonly tasks: number;
  alive = true;
  /** Does the driver know, where it is not? */
  missed = false;
  /** Is its machine not to be had, or about to leave? */
  away = false;
  /** Is the state of its tasks in somebody's memory? */
  loaded = true;

  constructor(place: number, tasks: number) {
    this.place = place;
    this.tasks = tasks;
  }
}

export class Workers {
  readonly all: readonly Worker[];
  /** Milliseconds of core time that tasks took. */
  busy = 0;
  /** When one of them came back last. */
  backAt = 0;
  private readonly setting: SparkSetting;
  /** Of Kafka, and the tasks of a batch in all. */
  private readonly readers: number;
  private readonly tasks: number;
  private readonly chance: Chance;

  constructor(world: World) {
    const { spark, kafka } = world.setting;
    this.setting = spark;
    this.readers = kafka.partitions;
    this.tasks = spark.stateful ? spark.shufflePartitions : kafka.partitions;
    this.chance = new Chance(world, 'workers');
    this.all = Array.from({ length: spark.workers }, (_, place) => {
      const whole = Math.floor(this.tasks / spark.workers);
      return new Worker(place, whole + (place < this.tasks % spark.workers ? 1 : 0));
    });
  }

  get alive(): number {
    return this.all.filter(({ alive }) => alive).length;
  }

  /** The share of all messages that is read by `worker`. */
  shareOf({ tasks }: Worker): number {
    return tasks / this.tasks;
  }

  /** How long it takes to have a wave of tasks running. */
  launch(worker: Worker): number {
    const cores = worker.alive ? this.setting.coresPerWorker : this.sparing();
    return this.chance.of('taskLaunch') * Math.ceil(Math.max(1, worker.tasks) / Math.max(1, cores));
  }

  /** How long its tasks take for `messages`, on its own cores or on what the others spare. */
  work(worker: Worker, messages: number): number {
    const { stateful, coresPerWorker, workers } = this.setting;
    const cores = worker.alive ? coresPerWorker : this.sparing();
    const stage = (rate: number, tasks: number): number => {
      this.busy += (messages / rate) * 1000;
      return (messages / rate / Math.max(1, Math.min(tasks, cores))) * 1000;
    };
    const read = stage(capacity('rowsPerSecondPerCoreStateless'), this.readers / workers);
    // State is a stage of its own, after a shuffle, with tasks of its own.
    return stateful ? read + stage(capacity('rowsPerSecondPerCoreStateful'), worker.tasks) : read;
  }

  /** How long until the state of its tasks is in memory: by itself, or by all others together. */
  load(worker: Worker, batch: number, messages: number): number {
    const { stateful, storage, stateKeys, stateRowBytes, deltasPerSnapshot } = this.setting;
    if (!stateful || worker.loaded) return 0;
    const share = this.shareOf(worker);
    const snapshot = stateKeys * share * stateRowBytes;
    const deltas = (batch % deltasPerSnapshot) * this.deltaBytes(messages * share, share);
    const rate = capacity(
      storage === 's3'
        ? 'stateLoadBytesPerSecondPerWorkerS3'
        : 'stateLoadBytesPerSecondPerWorkerHdfs',
    );
    const loaders = worker.alive ? 1 : Math.max(1, Math.min(this.alive, worker.tasks));
    return this.storage('stateLoad') + ((snapshot + deltas) / (rate * loaders)) * 1000;
  }

  /** What a batch of `messages` adds to the files of `share` of the state. */
  deltaBytes(messages: number, share = 1): number {
    const { stateful, stateKeys, stateRowBytes } = this.setting;
    return stateful ? Math.min(messages, stateKeys * share) * stateRowBytes : 0;
  }

  /** How long the checkpoint's storage takes for `operation` this time. */
  storage(operation: StorageOperation): number {
    const { spread } = STORAGE[this.setting.storage][operation];
    return draw(spread, () => this.chance.share(operation));
  }

  /** Cores that the living can give to the tasks of one that is lost. */
  private sparing(): number {
    return this.alive * this.setting.coresPerWorker;
  }
}
