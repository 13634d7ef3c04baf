/**
 * A cluster on the clock: its machines, its partitions, what its controller notices, and what befalls it.
 *
 * Partitions that have the struck broker at the same place of their replicas fare alike, but for
 * chance: one of them is run for all of its class.
 */
import type { Timer } from '../../schedulers/clock.ts';
import { CHECKS } from '../durations.ts';
import type { KafkaSetting } from '../setting.ts';
import { Chance, capacity, type World } from '../world.ts';
import { Host, type Side } from './hosts.ts';
import { Partition } from './partition.ts';
import { copyRate, produceRate } from './rates.ts';
import type { KafkaTrack } from './track.ts';

/** How a broker falls silent. */
export type Silence = 'crash' | 'pause' | 'cut';

export interface Placement {
  /** Brokers of the replicas, in order of preference. */
  readonly brokers: readonly number[];
  readonly firstLeader: number;
  /** Kafka partitions that are placed like this, as far as the struck broker is concerned. */
  readonly partitions: readonly number[];
}

export class Cluster {
  readonly hosts: readonly Host[];
  readonly partitions: readonly Partition[];
  /** When the controller ended a session last. */
  noticedAt: number | null = null;
  private readonly world: World;
  private readonly chance: Chance;
  private readonly setting: KafkaSetting;
  private readonly sessions = new Map<Host, { timer: Timer; how: Silence }>();
  private controllerBackAt = 0;

  constructor(
    world: World,
    placements: readonly Placement[],
    trackOf: (firstLeader: number) => KafkaTrack,
    keeps: boolean,
  ) {
    const { kafka } = world.setting;
    this.world = world;
    this.setting = kafka;
    this.chance = new Chance(world, 'cluster');
    this.hosts = Array.from({ length: kafka.brokers }, (_, id) => new Host(id));
    world.controllerAnswers = () => world.clock.now >= this.controllerBackAt;
    this.partitions = placements.map(({ brokers, firstLeader, partitions }, at) => {
      const share = partitions.length;
      const setting = {
        name: `partition ${at}`,
        hosts: brokers.map((id) => this.hosts[id]!),
        firstLeader,
        share,
        produceRate: produceRate(kafka, share),
        copyRate: copyRate(kafka, share),
      };
      return new Partition(world, setting, trackOf(firstLeader), keeps);
    });
  }

  /** The process ends; its log stays. */
  kill(host: Host): void {
    if (!host.running) return;
    host.running = false;
    this.fallSilent(host, 'crash');
    for (const { partition, place } of this.replicasOn(host)) {
      this.world.clock.after(this.chance.of('connectionRefused'), () =>
        partition.client.disconnected(place),
      );
    }
  }

  /** The process is started again; it is registered when its old session is over (KIP-631). */
  start(host: Host): void {
    this.world.clock.after(this.chance.of('brokerStart'), () => this.register(host));
  }

  cut(host: Host, sides: readonly Side[]): void {
    for (const side of sides) host.cut.add(side);
    if (host.running && host.cut.has('controller')) this.fallSilent(host, 'cut');
    this.look();
  }

  pause(host: Host): void {
    if (!host.running) return;
    host.paused = true;
    this.fallSilent(host, 'pause');
  }

  /**
   * What `undo` undoes is over. Who is heard again is back as if nothing had been: connections,
   * memory and session, if that is not over.
   */
  heal(host: Host, undo: (host: Host) => void): void {
    undo(host);
    if (host.reachesController) {
      this.world.clock.cancel(this.sessions.get(host)?.timer ?? null);
      this.sessions.delete(host);
      host.expired = false;
    }
    this.look();
  }

  /** The active controller ends; the others elect one, and every session begins anew. */
  killController(): void {
    const { clock } = this.world;
    this.controllerBackAt = clock.now + this.chance.of('controllerFailover');
    for (const [host, { timer, how }] of this.sessions) {
      clock.cancel(timer);
      this.plan(host, how, this.controllerBackAt + this.setting.sessionTimeoutMs);
    }
    clock.at(this.controllerBackAt, () => this.look());
  }

  /** Has the controller a session with it? */
  isActive(host: Host): boolean {
    const isRegistered = ({ partition, place }: { partition: Partition; place: number }): boolean =>
      partition.controller.brokers[partition.track.replicas[place]!]!.status !== 'fenced';
    return host.running && !host.expired && this.replicasOn(host).every(isRegistered);
  }

  /** A controlled shutdown: leaders are moved first (KIP-841). */
  shutDown(host: Host, done: () => void): void {
    const isHeard = host.reachesController && this.world.controllerAnswers();
    for (const { partition, place } of isHeard ? this.replicasOn(host) : []) {
      partition.take(partition.track.shutDown[place]!);
    }
    this.world.clock.after(this.chance.of('brokerStop'), () => {
      // Nobody knows that it stops, or it is dead by now.
      if (!isHeard || !host.running) {
        this.kill(host);
        done();
        return;
      }
      host.running = false;
      for (const { partition, place } of this.replicasOn(host)) {
        // One that may not stop in order is stopped all the same.
        if (!partition.take(partition.track.stop[place]!)) partition.expire(place, 'crash');
        partition.client.disconnected(place);
      }
      this.look();
      done();
    });
  }

  /** Leadership goes to the first replicas, where it is not. */
  electPreferred(): void {
    for (const partition of this.partitions) partition.take(partition.track.electPreferred);
  }

  /** Are all replicas in sync? */
  isWhole(): boolean {
    return this.partitions.every((partition) => partition.isWhole);
  }

  look(): void {
    for (const partition of this.partitions) {
      partition.client.unblocked();
      partition.look();
    }
  }

  private register(host: Host): void {
    if (host.running) return;
    const isHeard = !host.cut.has('controller') && this.world.controllerAnswers();
    if (this.sessions.has(host) || !isHeard) {
      const again = CHECKS.registration.every(this.world.setting);
      this.world.clock.after(again, () => this.register(host));
      return;
    }
    Object.assign(host, { running: true, paused: false, expired: false });
    for (const { partition, place } of this.replicasOn(host)) {
      partition.take(partition.track.restart[place]!);
    }
    this.look();
  }

  /** The controller hears no more of it: its session will end, unless it is heard again. */
  private fallSilent(host: Host, how: Silence): void {
    const before = this.sessions.get(host);
    // It was silent already: its last heartbeat was when it was. One that is dead stays so.
    if (before) {
      this.sessions.set(host, { ...before, how: before.how === 'crash' ? 'crash' : how });
      return;
    }
    if (host.expired) {
      this.endSession(host, how);
      return;
    }
    const { sessionTimeoutMs, heartbeatIntervalMs } = this.setting;
    const sinceLast = this.chance.share('last heartbeat') * heartbeatIntervalMs;
    const check =
      CHECKS.brokerSession.every(this.world.setting) * this.chance.share('session check');
    const delay = sessionTimeoutMs - sinceLast + check;
    this.plan(host, how, this.world.clock.now + delay);
  }

  private plan(host: Host, how: Silence, at: number): void {
    const timer = this.world.clock.at(at, () => {
      const last = this.sessions.get(host)!.how;
      if (!this.world.controllerAnswers()) {
        this.plan(host, last, this.controllerBackAt + this.setting.sessionTimeoutMs);
        return;
      }
      this.sessions.delete(host);
      host.expired = true;
      this.noticedAt = this.world.clock.now;
      this.endSession(host, last);
    });
    this.sessions.set(host, { timer, how });
  }

  private endSession(host: Host, how: Silence): void {
    const perPartition = 1000 / capacity('controllerElectionsPerSecond');
    let moved = 0;
    for (const { partition, place } of this.replicasOn(host)) {
      moved += partition.setting.share;
      this.world.clock.after(moved * perPartition, () => partition.expire(place, how));
    }
  }

  private replicasOn(host: Host): { partition: Partition; place: number }[] {
    return this.partitions.flatMap((partition) => {
      const place = partition.setting.hosts.indexOf(host);
      return place < 0 ? [] : [{ partition, place }];
    });
  }
}

/**
 * Where replicas are: round robin, as Kafka places them in a cluster of one rack (StripedReplicaPlacer
 * begins at a random broker). Partitions with broker 0, the one that faults strike, at the same place
 * are one class.
 *
 * @param how `leads`: as placed; `follows`: it leads none, as after a leader election away from it.
 */
export function placementsOf(
  { brokers, replicationFactor, partitions }: KafkaSetting,
  how: 'leads' | 'follows' | 'movedAway',
): Placement[] {
  const classes = new Map<string, Placement & { partitions: number[] }>();
  for (let partition = 0; partition < partitions; partition++) {
    const placed = Array.from({ length: replicationFactor }, (_, at) => (partition + at) % brokers);
    const leads = placed[0] === 0 && replicationFactor > 1;
    // The struck broker comes second: it leads until leadership moves to the first, or never.
    const ordered = leads && how !== 'leads' ? [placed[1]!, 0, ...placed.slice(2)] : placed;
    const firstLeader = leads && how === 'movedAway' ? 1 : 0;
    const key = `${ordered.indexOf(0)} ${firstLeader}`;
    const known = classes.get(key);
    if (known) known.partitions.push(partition);
    else classes.set(key, { brokers: ordered, firstLeader, partitions: [partition] });
  }
  return [...classes.values()];
}
