/** The tasks of a batch on the clock: launched, run, lost with their worker, and run again elsewhere. */
import type { Timer } from '../../schedulers/clock.ts';
import type { Query } from './query.ts';
import type { Worker } from './workers.ts';

/** What the tasks of one worker are about. */
interface Run {
  readonly worker: Worker;
  timer: Timer | null;
  begunAt: number;
  takes: number;
  reported: boolean;
}

export class Stage {
  /** Messages that were read once more, for the first reading was lost. */
  recomputed = 0;
  /** When state was in memory again, and when tasks that ran again were done; for the last fault. */
  readonly marks: { rescheduledAt: number | null; reloadedAt: number | null } = {
    rescheduledAt: null,
    reloadedAt: null,
  };
  private readonly query: Query;
  private awaiting: ((takes: number) => void)[] = [];
  private current: Run[] = [];

  constructor(query: Query) {
    this.query = query;
  }

  begin(): void {
    this.current = this.query.workers.all.map((worker) => ({
      worker,
      timer: null,
      begunAt: 0,
      takes: 0,
      reported: false,
    }));
    // What is sent to a worker that is gone hangs until the driver knows.
    for (const run of this.current) if (run.worker.alive || run.worker.missed) this.launch(run);
    this.tell();
  }

  /** Calls `action` when tasks are running, with how long those of the first worker will take. */
  onceRunning(action: (takes: number) => void): void {
    this.awaiting.push(action);
    if (this.current[0]?.timer) this.tell();
  }

  private tell(): void {
    const actions = this.awaiting;
    this.awaiting = [];
    for (const action of actions) action(this.current[0]!.takes);
  }

  /** The driver is gone, and the tasks with it. */
  abandon(): void {
    for (const run of this.current) this.stop(run);
    this.current = [];
  }

  workerGone(worker: Worker): void {
    const run = this.runOf(worker);
    if (run) this.stop(run);
  }

  /** Its tasks are given to the others. */
  workerMissed(worker: Worker): void {
    const run = this.runOf(worker);
    if (!run) return;
    this.query.take(this.query.track.fail[worker.place]!);
    this.launch(run);
  }

  /** It came back before it was missed: its connections are closed, so it is missed now. */
  workerBack(worker: Worker): void {
    const run = this.runOf(worker);
    if (run && run.timer === null) this.workerMissed(worker);
  }

  /** Has it tasks that are not done? */
  runs(worker: Worker): boolean {
    return this.runOf(worker) !== undefined;
  }

  private runOf(worker: Worker): Run | undefined {
    return this.current.find((run) => run.worker === worker && !run.reported);
  }

  private stop(run: Run): void {
    const { clock } = this.query.world;
    clock.cancel(run.timer);
    if (run.timer && run.takes > 0) {
      const done = Math.min(1, (clock.now - run.begunAt) / run.takes);
      this.recomputed += done * this.messagesOf(run);
    }
    run.timer = null;
  }

  private messagesOf({ worker }: Run): number {
    return this.query.intake.messages * this.query.workers.shareOf(worker);
  }

  private launch(run: Run): void {
    const { worker } = run;
    const { workers, world, batch } = this.query;
    // Nobody is left to run it: it is launched when the first is back.
    if (workers.alive === 0) return;
    const messages = this.messagesOf(run);
    const launch = workers.launch(worker);
    const load = workers.load(worker, batch, this.query.intake.messages);
    const work = workers.work(worker, messages);
    if (load > 0) {
      this.marks.rescheduledAt = world.clock.now + launch;
      this.marks.reloadedAt = world.clock.now + launch + load;
    }
    run.begunAt = world.clock.now;
    run.takes = launch + load + work;
    run.timer = world.clock.after(run.takes, () => this.execute(run));
  }

  /** The tasks have read and computed; with state, it is in its files now. */
  private execute(run: Run): void {
    const { query } = this;
    const { place } = run.worker;
    run.worker.loaded = true;
    query.intake.checkLoss(place);
    query.take(query.track.execute[place]!);
    if (query.state !== 'running') {
      query.next();
      return;
    }
    run.timer = query.world.clock.after(query.workers.storage('create'), () => {
      query.take(query.track.write[place]!);
      run.timer = query.world.clock.after(query.chance.of('networkOneWay'), () => this.report(run));
    });
  }

  private report(run: Run): void {
    const { query } = this;
    query.take(query.track.report[run.worker.place]!);
    run.reported = true;
    run.timer = null;
    if (this.current.every(({ reported }) => reported)) query.commitSink();
  }
}
