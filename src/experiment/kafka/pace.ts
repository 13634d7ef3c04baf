/** How fast a producer's requests get into the leader's log, while nothing goes wrong. */
import type { Cohort } from './cohort.ts';
import type { Host } from './hosts.ts';
import type { Partition } from './partition.ts';

/** A broker that is this busy answers slower by the same factor, however much is asked of it. */
const MOST_LOAD = 0.95;

export class Pace {
  private readonly partition: Partition;
  private last: Cohort | null = null;

  constructor(partition: Partition) {
    this.partition = partition;
  }

  /** Bytes that had arrived by the newest message that was sent. */
  get sentUntil(): number {
    return this.last?.until ?? 0;
  }

  /** When a message that arrives now can be in the log of a leader on `host`, if nothing is before it. */
  readyAt(host: Host): number {
    const { chance, world } = this.partition;
    return (
      world.clock.now +
      world.setting.kafka.lingerMs +
      chance.of('produceHandling') * host.slowDisk * this.load() +
      chance.of('networkOneWay') * host.slowNetwork
    );
  }

  /** The same for `cohort` where others are before it: they go at the rate that producers can send. */
  turnOf(cohort: Cohort): number {
    const { last } = this;
    if (!last) return cohort.readyAt;
    const { produceRate } = this.partition.setting;
    const queued = last.sentAt + ((cohort.until - last.until) / produceRate) * 1000;
    return Math.max(queued, cohort.readyAt);
  }

  sent(cohort: Cohort): void {
    this.last = cohort;
  }

  /** How many times slower a broker is for what is asked of it. */
  private load(): number {
    const { setting, cohorts, world } = this.partition;
    const until = cohorts.at(-1)?.until ?? 0;
    const share = until / Math.max(1, world.clock.now / 1000) / setting.produceRate;
    return 1 / (1 - Math.min(MOST_LOAD, share));
  }
}
