/**
 * Leaders look for members of the ISR that have not been caught up for replica.lag.time.max.ms, twice
 * in that time. Source: ReplicaManager.maybeShrinkIsr, Partition.isFollowerOutOfSync.
 */
import { CHECKS } from '../durations.ts';
import type { Partition } from './partition.ts';

export class Lag {
  private readonly partition: Partition;
  private readonly limit: number;
  /** By leader and its epoch, then by follower: when it was last caught up. */
  private readonly caughtUp = new Map<string, number>();

  constructor(partition: Partition) {
    const { clock, setting } = partition.world;
    this.partition = partition;
    this.limit = setting.kafka.replicaLagTimeMaxMs;
    const every = CHECKS.isrShrink.every(setting);
    const check = (): void => {
      for (const place of partition.places) this.check(place);
      clock.after(every, check);
    };
    clock.after(partition.chance.share('lag check') * every, check);
  }

  private check(place: number): void {
    const { partition, caughtUp } = this;
    const { now } = partition.world.clock;
    const { leadership, leaderEpoch, log } = partition.replica(place);
    if (leadership === null || !partition.host(place).acts) return;
    const laggards = leadership.isr.filter((member) => {
      // Who is elected gives everybody the whole time (Replica.resetReplicaState).
      const key = `${place} ${leaderEpoch} ${member}`;
      if (leadership.followers[member]?.endOffset === log.entries.length) caughtUp.set(key, now);
      if (member === partition.track.replicas[place]) return false;
      if (!caughtUp.has(key)) caughtUp.set(key, now);
      return now - caughtUp.get(key)! > this.limit;
    });
    if (laggards.length > 0) partition.take(partition.track.lag(place, laggards));
  }
}
