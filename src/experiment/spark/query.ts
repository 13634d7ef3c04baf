/**
 * A query on the clock: the streaming model's own course, and when each of its steps is taken.
 *
 * What the query reads in a batch is what readers of Kafka could see when it asked (spark/intake.ts);
 * the model sees one record a worker and batch. Sources: MicroBatchExecution.scala,
 * TriggerExecutor.scala.
 */
import type { Driver, Past, Sink } from '../../../models/spark/streaming/index.ts';
import type { Actor } from '../../engine/actor.ts';
import type { Timer } from '../../schedulers/clock.ts';
import { Course } from '../../schedulers/course.ts';
import type { Cluster } from '../kafka/cluster.ts';
import type { SparkSetting } from '../setting.ts';
import { Chance, type World } from '../world.ts';
import { Intake } from './intake.ts';
import { Stage } from './stage.ts';
import type { DriverStep, SparkTrack } from './track.ts';
import { Workers } from './workers.ts';

/** How long a driver waits before it asks Kafka again, where a partition has no leader. */
const ASK_AGAIN = 200;

/** A batch that is in the sink. */
export interface Batch {
  readonly id: number;
  readonly triggeredAt: number;
  readonly committedAt: number;
  readonly messages: number;
}

export class Query {
  readonly world: World;
  readonly track: SparkTrack;
  readonly course: Course<Past>;
  readonly chance: Chance;
  readonly workers: Workers;
  readonly intake: Intake;
  readonly batches: Batch[] = [];
  bytesCheckpointed = 0;
  /** Is the driver's process there, and its query running? */
  running = true;
  readonly stage: Stage;
  private readonly setting: SparkSetting;
  private readonly driverActor: Actor;
  private readonly sinkActor: Actor;
  private timer: Timer | null = null;
  private triggeredAt = 0;

  constructor(world: World, cluster: Cluster, track: SparkTrack, keeps: boolean) {
    this.world = world;
    this.setting = world.setting.spark;
    this.track = track;
    this.course = new Course(track, track.settling, { keeps });
    this.chance = new Chance(world, 'query');
    this.workers = new Workers(world);
    this.intake = new Intake(this, cluster);
    this.stage = new Stage(this);
    this.driverActor = this.course.actor('driver1');
    this.sinkActor = this.course.actor('sink');
    this.drive('start');
    this.next();
  }

  get driver(): Driver {
    return this.course.at(this.driverActor).context as Driver;
  }

  /** The driver's state, in the model's words. */
  get state(): string {
    return String(this.course.at(this.driverActor).value);
  }

  get sink(): Sink {
    return this.course.at(this.sinkActor).context as Sink;
  }

  /** The id of the batch that runs, of all that ever ran. */
  get batch(): number {
    return this.driver.batch + this.course.forgotten!.batches;
  }

  /** Takes a step of the driver. */
  drive(step: DriverStep): boolean {
    return this.take(this.track.driver[step]);
  }

  take(number: number): boolean {
    if (!this.course.take(number)) return false;
    this.intake.look();
    return true;
  }

  /** The driver's process ends, if it is there. */
  kill(): void {
    if (!this.running) return;
    this.running = false;
    this.world.clock.cancel(this.timer);
    this.stage.abandon();
    this.drive('crash');
    for (const worker of this.workers.all) worker.loaded = false;
  }

  /** It is there again, and begins with its checkpoint. */
  restart(): void {
    const { workers } = this;
    const read = workers.storage('list') * 2 + workers.storage('read') * 2;
    this.world.clock.after(read, () => {
      // Whoever killed it twice had it started twice.
      if (this.running) return;
      this.running = true;
      workers.backAt = this.world.clock.now;
      for (const worker of workers.all) {
        Object.assign(worker, { alive: !worker.away, missed: worker.away });
      }
      this.drive('start');
      this.next();
    });
  }

  /** A worker is gone, `away` with its machine or not; the driver does not know yet. */
  workerGone(place: number, away: boolean): void {
    const worker = this.workers.all[place]!;
    Object.assign(worker, { alive: false, loaded: false, missed: false, away });
    this.stage.workerGone(worker);
  }

  /** The driver knows. */
  workerMissed(place: number): void {
    const worker = this.workers.all[place]!;
    worker.missed = true;
    if (this.running) this.stage.workerMissed(worker);
  }

  /** A worker takes no new tasks; it is gone when those it has are done, if it is not back. */
  workerLeaves(place: number): void {
    const worker = this.workers.all[place]!;
    worker.away = true;
    const leave = (): void => {
      if (!worker.away) return;
      if (this.stage.runs(worker)) this.world.clock.after(ASK_AGAIN, leave);
      else Object.assign(worker, { alive: false, loaded: false, missed: true });
    };
    leave();
  }

  workerBack(place: number): void {
    this.workers.backAt = this.world.clock.now;
    Object.assign(this.workers.all[place]!, { alive: true, missed: false, away: false });
    if (this.running) this.stage.workerBack(this.workers.all[place]!);
  }

  /** Sets the timer for the driver's next step. */
  next(): void {
    const { state } = this;
    if (state === 'running') return;
    if (state === 'idle') {
      this.awaitTrigger();
      return;
    }
    const step = this.stepFrom(state);
    if (step) this.after(...step);
    // It has failed, and an operator would have to see to it.
    else this.running = false;
  }

  /** What the driver does in a state, and how long until it has. */
  private stepFrom(state: string): [delay: number, action: () => void] | null {
    const { workers, chance } = this;
    const drive = (step: DriverStep) => (): void => {
      this.drive(step);
    };
    const write = (looks: boolean): number =>
      looks ? workers.storage('probe') : workers.storage('create');
    const rename = (): number => workers.storage('create') + workers.storage('rename');
    switch (state) {
      case 'offsetFetched':
        return [write(this.looksFirst), drive('writeWal')];
      case 'walProbed':
        return [rename(), drive('writeWal')];
      case 'walWritten':
        return [chance.of('batchPlanning'), drive('plan')];
      case 'planned':
        return [0, () => this.submit()];
      case 'sinkCommitted':
        return [0, drive('updateWatermark')];
      case 'wmUpdated':
        return [write(this.looksFirst), drive('writeCommit')];
      case 'commitProbed':
        return [rename(), drive('writeCommit')];
      case 'commitWritten':
        return [0, () => this.finish()];
      default:
        return null;
    }
  }

  /** All tasks have reported. */
  commitSink(): void {
    this.after(this.chance.of('sinkCommit'), () => this.drive('commitSink'));
  }

  private get looksFirst(): boolean {
    return this.setting.storage === 's3';
  }

  private after(delay: number, action: () => void): void {
    this.timer = this.world.clock.after(delay, () => {
      action();
      this.next();
    });
  }

  private awaitTrigger(): void {
    const { triggerMs } = this.setting;
    const due = Math.floor(this.triggeredAt / triggerMs) * triggerMs + triggerMs;
    const { clock } = this.world;
    this.timer = clock.at(Math.max(clock.now, due), () => {
      this.triggeredAt = clock.now;
      this.ask();
    });
  }

  /** Asks Kafka for the ends of all partitions, which takes until each has a leader. */
  private ask(): void {
    const { clock } = this.world;
    const delay = this.intake.mayAsk() ? this.chance.of('offsetsFetched') : ASK_AGAIN;
    const answered = this.intake.mayAsk();
    this.timer = clock.after(delay, () => {
      if (answered && this.intake.mayAsk()) {
        this.intake.take();
        this.drive('fetchOffsets');
        this.next();
      } else {
        this.ask();
      }
    });
  }

  private submit(): void {
    this.intake.fix();
    if (this.drive('submit') && this.state === 'running') this.stage.begin();
  }

  private finish(): void {
    const messages = this.intake.messages;
    const { batch, triggeredAt } = this;
    const { deltasPerSnapshot, stateKeys, stateRowBytes, stateful } = this.setting;
    this.bytesCheckpointed += this.workers.deltaBytes(messages);
    if (stateful && batch % deltasPerSnapshot === 0) {
      this.bytesCheckpointed += stateKeys * stateRowBytes;
    }
    this.batches.push({ id: batch, triggeredAt, committedAt: this.world.clock.now, messages });
    this.drive('advance');
    this.intake.done();
    this.course.settle((past) => this.intake.noteOver(past));
  }
}
