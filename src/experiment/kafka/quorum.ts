/**
 * What brokers and controller say to each other, on the clock: metadata, ISR changes, heartbeats of
 * fenced brokers, preferred elections. The end of a session is the cluster's to tell (cluster.ts).
 */
import type { Timer } from '../../schedulers/clock.ts';
import type { Partition } from './partition.ts';

export class Quorum {
  private readonly partition: Partition;
  private readonly timers = new Map<string, Timer>();

  constructor(partition: Partition) {
    this.partition = partition;
    const { clock, setting } = partition.world;
    const balance = (): void => {
      if (this.answers()) partition.take(partition.track.electPreferred);
      clock.after(setting.kafka.imbalanceCheckMs, balance);
    };
    clock.after(setting.kafka.imbalanceCheckMs, balance);
  }

  look(): void {
    const { partition } = this;
    for (const place of partition.places) {
      if (!partition.host(place).reachesController) continue;
      this.readMetadata(place);
      this.propose(place);
      this.beat(place);
    }
  }

  private answers(): boolean {
    return this.partition.world.controllerAnswers();
  }

  /** Once for all that asks for it until it is done. */
  private plan(what: string, delay: () => number, action: () => void): void {
    if (this.timers.has(what)) return;
    const timer = this.partition.world.clock.after(delay(), () => {
      this.timers.delete(what);
      action();
    });
    this.timers.set(what, timer);
  }

  private readMetadata(place: number): void {
    const { partition } = this;
    if (partition.changesFor(place) === 0) return;
    const read = (): void => {
      const waiting = partition.changesFor(place);
      if (waiting === 0 || !partition.host(place).reachesController) return;
      partition.take(partition.track.deliver[place]![waiting - 1]!);
    };
    this.plan(`metadata ${place}`, () => partition.chance.of('metadataPropagation'), read);
  }

  private propose(place: number): void {
    const { partition } = this;
    if (!partition.replica(place).leadership?.pending) return;
    const send = (): void => {
      if (!partition.host(place).reachesController || !this.answers()) return;
      partition.take(partition.track.alterPartition[place]!);
    };
    this.plan(`proposal ${place}`, () => partition.chance.of('alterPartitionRoundTrip'), send);
  }

  private beat(place: number): void {
    const { partition } = this;
    const { status } = partition.controller.brokers[partition.track.replicas[place]!]!;
    if (status !== 'fenced') return;
    const beat = (): void => {
      if (!partition.host(place).reachesController || !this.answers()) return;
      partition.take(partition.track.heartbeat[place]!);
    };
    const { heartbeatIntervalMs } = partition.world.setting.kafka;
    const delay = (): number => partition.chance.share('heartbeat') * heartbeatIntervalMs;
    this.plan(`heartbeat ${place}`, delay, beat);
  }
}
