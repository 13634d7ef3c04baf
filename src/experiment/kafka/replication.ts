/**
 * Followers' fetches on the clock: at once where there is news, else when the leader stops waiting for
 * any (fetch.wait.max.ms). Source: AbstractFetcherThread.scala, DelayedFetch.scala.
 */
import type { Replica } from '../../../models/kafka/index.ts';
import type { Timer } from '../../schedulers/clock.ts';
import type { Partition } from './partition.ts';

type Need = 'records' | 'acknowledgement' | 'watermark';

export class Replication {
  private readonly partition: Partition;
  private readonly timers: (Timer | null)[];
  /** By follower: bytes of the stream that it had copied, and when; `apart`: it cannot fetch. */
  private readonly copied: { until: number; at: number; apart: boolean }[];

  constructor(partition: Partition) {
    this.partition = partition;
    this.timers = partition.places.map(() => null);
    this.copied = partition.places.map(() => ({ until: 0, at: 0, apart: false }));
  }

  look(): void {
    for (const place of this.partition.places) this.plan(place);
  }

  private plan(place: number): void {
    const { clock } = this.partition.world;
    const copied = this.copied[place]!;
    // Who leads has everything: should it follow one day, it begins from there.
    if (this.partition.leader === place && this.partition.replica(place).leadership)
      this.note(place);
    const isApart = !this.mayFetch(place);
    if (copied.apart && !isApart) copied.at = clock.now;
    copied.apart = isApart;
    const need = isApart ? null : this.needOf(place);
    if (need === null) return;
    const delay = this.delayOf(place, need);
    const set = this.timers[place];
    if (set) {
      // News comes in the answer that is waited for already; only a longer wait is cut short.
      if (need === 'watermark' || set.at <= clock.now + delay) return;
      clock.cancel(set);
    }
    this.timers[place] = clock.after(delay, () => this.fetch(place));
  }

  private fetch(place: number): void {
    const { partition } = this;
    this.timers[place] = null;
    if (!this.mayFetch(place) || this.needOf(place) === null) return;
    const end = endOf(partition.replica(place));
    if (!partition.course.take(partition.track.fetch[place]!)) return;
    if (endOf(partition.replica(place)) > end) this.note(place);
    partition.look();
  }

  /** Does it follow a leader that it reaches? */
  private mayFetch(place: number): boolean {
    const { partition } = this;
    const source = partition.placeOf(partition.replica(place).leader);
    return source !== null && partition.host(place).reaches(partition.host(source));
  }

  /** What a fetch of the follower would bring; null if nothing. */
  private needOf(place: number): Need | null {
    const { partition } = this;
    const me = partition.replica(place);
    const leader = partition.replica(partition.placeOf(me.leader)!);
    const { leadership } = leader;
    if (leadership === null || leader.leaderEpoch !== me.leaderEpoch) return null;
    const known = leadership.followers[me.id]!;
    if (endOf(me) !== endOf(leader)) return 'records';
    if (known.endOffset !== endOf(me) || known.brokerEpoch !== me.brokerEpoch)
      return 'acknowledgement';
    const isMember = leadership.isr.includes(me.id) || leadership.pending !== null;
    return me.highWatermark < leader.highWatermark || !isMember ? 'watermark' : null;
  }

  private delayOf(place: number, need: Need): number {
    const { partition } = this;
    const { chance, world } = partition;
    if (need === 'watermark') return world.setting.kafka.fetchWaitMaxMs;
    const source = partition.host(partition.placeOf(partition.replica(place).leader)!);
    const slow = Math.max(source.slowNetwork, partition.host(place).slowNetwork);
    const oneWay = chance.of('networkOneWay') * slow;
    const handled = chance.of('fetchHandling') + oneWay;
    return need === 'records' ? handled + oneWay + this.copyTime(place) : handled;
  }

  /** What it still takes to copy all that has arrived since it last had everything. */
  private copyTime(place: number): number {
    const { partition } = this;
    const { until, at } = this.copied[place]!;
    const needed = ((this.partition.client.sentUntil - until) / partition.setting.copyRate) * 1000;
    return Math.max(0, at + needed - partition.world.clock.now);
  }

  private note(place: number): void {
    const copied = this.copied[place]!;
    copied.until = this.partition.client.sentUntil;
    copied.at = this.partition.world.clock.now;
  }
}

const endOf = ({ log }: Replica): number => log.entries.length;
