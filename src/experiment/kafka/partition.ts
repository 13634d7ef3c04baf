/**
 * One partition on the clock, or several that fare alike: the Kafka model's own course, and the
 * processes that decide when each of its moves is taken.
 *
 * After every move the processes look at what has changed and set their timers: the producer, the
 * followers' fetches, the brokers' talk with the controller. None of them knows what a move does.
 */
import {
  type ControllerState,
  type Entry,
  type Ledger,
  type Over,
  type Producer,
  type Replica,
  settlingOf,
} from '../../../models/kafka/index.ts';
import type { Actor } from '../../engine/actor.ts';
import { Course } from '../../schedulers/course.ts';
import { Chance, type World } from '../world.ts';
import { Client } from './client.ts';
import type { Cohort } from './cohort.ts';
import type { Host } from './hosts.ts';
import { Lag } from './lag.ts';
import { Quorum } from './quorum.ts';
import { Replication } from './replication.ts';
import type { KafkaTrack } from './track.ts';

/** Records that are over before they are forgotten. */
const SETTLE_AFTER = 8;

export interface PartitionSetting {
  readonly name: string;
  /** Of the partition's replicas, in order of preference. */
  readonly hosts: readonly Host[];
  /** Place of the first leader. */
  readonly firstLeader: number;
  /** How many Kafka partitions it stands for. */
  readonly share: number;
  /** Bytes a second: what their producers can send, and what a follower copies. */
  readonly produceRate: number;
  readonly copyRate: number;
}

/** What the controller has made of the partition, and when. */
export interface Marks {
  /** When first a change of leader or ISR was known to the leader, its own leadership included. */
  firstSettledAt: number | null;
  /** Since when all replicas are in sync; null while they are not. */
  wholeSince: number | null;
}

export class Partition {
  readonly world: World;
  readonly setting: PartitionSetting;
  readonly track: KafkaTrack;
  readonly course: Course<Over>;
  readonly chance: Chance;
  /** All that ever arrived, in order. */
  readonly cohorts: Cohort[] = [];
  readonly client: Client;
  readonly marks: Marks = { firstSettledAt: null, wholeSince: 0 };
  /** Cohorts that readers could see, in the order in which they could. */
  readonly readable: Cohort[] = [];
  /** Of these: what is in the elected leader's log no more. */
  readonly gone = new Set<Cohort>();

  private readonly replication: Replication;
  private readonly quorum: Quorum;
  private readonly brokers: readonly Actor[];
  private readonly channels: readonly Actor[];
  private readonly actors: Readonly<Record<'controller' | 'producer' | 'ledger', Actor>>;
  /** What was forgotten as lost. */
  private readonly lost = new Set<Cohort>();
  private readonly byRecord = new Map<number, Cohort>();
  /** Of the model's readable log: how many records were seen, of all that ever were. */
  private seen = 0;
  /** The epoch of the leader that shows it, since one showed what another had not. */
  private shownEpoch: number | null = null;
  /** Moves taken when what is over was forgotten last. */
  private settledAt = 0;
  /** The partition epoch that the leader was last known to know. */
  private settledEpoch = 0;

  constructor(world: World, setting: PartitionSetting, track: KafkaTrack, keeps: boolean) {
    this.world = world;
    this.setting = setting;
    this.track = track;
    const isGivenUp = (value: number): boolean => this.cohortOf(value)?.givenUp ?? false;
    this.course = new Course(track, settlingOf(isGivenUp), { keeps });
    this.chance = new Chance(world, setting.name);
    const actor = (name: string): Actor => this.course.actor(name);
    this.brokers = track.replicas.map(actor);
    this.channels = track.replicas.map((name) => actor(`metadata:${name}`));
    this.actors = {
      controller: actor('controller'),
      producer: actor('producer'),
      ledger: actor('ledger'),
    };
    this.client = new Client(this);
    this.replication = new Replication(this);
    this.quorum = new Quorum(this);
    new Lag(this);
  }

  get places(): readonly number[] {
    return this.setting.hosts.map((_, place) => place);
  }

  host(place: number): Host {
    return this.setting.hosts[place]!;
  }

  replica(place: number): Replica {
    return this.course.at(this.brokers[place]!).context as Replica;
  }

  get controller(): ControllerState {
    return this.course.at(this.actors.controller).context as ControllerState;
  }

  get producer(): Producer {
    return this.course.at(this.actors.producer).context as Producer;
  }

  get ledger(): Ledger {
    return this.course.at(this.actors.ledger).context as Ledger;
  }

  /** Metadata changes that the broker at `place` has not read. */
  changesFor(place: number): number {
    return (this.course.at(this.channels[place]!).context.queue as unknown[]).length;
  }

  /** The place of a replica by its name in the model. */
  placeOf(name: string | null): number | null {
    return name === null ? null : this.track.replicas.indexOf(name);
  }

  /** Who leads now, as the controller has it. */
  get leader(): number | null {
    return this.placeOf(this.controller.partition.leader);
  }

  /** Are all replicas in sync, as the controller has it? */
  get isWhole(): boolean {
    return this.controller.partition.isr.length === this.track.replicas.length;
  }

  /** Takes a move, if it is possible, and lets everybody see what it changed. */
  take(number: number): boolean {
    if (!this.course.take(number)) return false;
    this.look();
    return true;
  }

  /** Looks at everything anew: something outside of the model has changed. */
  look(): void {
    this.readers();
    // What is forgotten can be asked no more: the client looks first.
    this.client.look();
    this.settle();
    this.mark();
    this.client.plan();
    this.replication.look();
    this.quorum.look();
  }

  /** The session of the broker at `place` is over. */
  expire(place: number, how: 'crash' | 'pause' | 'cut'): void {
    this.take(this.track[how][place]!);
  }

  /** The number of a record as the model counts now. */
  relative(record: number): number {
    return record - this.course.forgotten!.records;
  }

  /** The cohort of a record, as the model counts now. */
  cohortOf(value: number): Cohort | undefined {
    return this.byRecord.get(value + this.course.forgotten!.records);
  }

  name(cohort: Cohort, record: number): void {
    if (cohort.record >= 0) this.byRecord.delete(cohort.record);
    this.lost.delete(cohort);
    cohort.record = record;
    this.byRecord.set(record, cohort);
  }

  /** It was not sent after all: the number is the next one's. */
  unname(cohort: Cohort): void {
    this.byRecord.delete(cohort.record);
    cohort.record = -1;
  }

  /** What readers can see since the last look. */
  private readers(): void {
    const { offsets } = this.course.forgotten!;
    const shown = this.shown();
    for (let at = this.seen - offsets; at < shown.length; at++) {
      const seen = this.cohortOf(shown[at]!.value);
      if (!seen) continue;
      // It was gone, and was sent once more.
      const isBack = this.gone.delete(seen);
      seen.copies = isBack ? 1 : seen.copies + 1;
      if (seen.readableAt !== null && !isBack) continue;
      seen.readableAt ??= this.world.clock.now;
      this.readable.push(seen);
    }
    this.seen = Math.max(this.seen, shown.length + offsets);
  }

  /**
   * What readers are shown. The ledger notes it until a second record is shown at an offset; then
   * readers go on where that was, with the newest leader, and where each later one begins.
   */
  private shown(): readonly Entry[] {
    const { exposed, contradictedAt } = this.ledger;
    if (contradictedAt === null) return exposed;
    const { offsets } = this.course.forgotten!;
    const leaders = this.places.map((place) => this.replica(place)).filter((one) => one.leadership);
    const [newest] = leaders.sort((a, b) => b.leaderEpoch - a.leaderEpoch);
    if (!newest) return [];
    if (this.shownEpoch !== newest.leaderEpoch) {
      const from = this.shownEpoch === null ? contradictedAt : newest.leadership!.epochStart;
      this.seen = Math.min(this.seen, Math.max(0, from) + offsets);
      this.shownEpoch = newest.leaderEpoch;
    }
    return newest.log.entries.slice(0, newest.highWatermark);
  }

  private settle(): void {
    const { moves } = this.course;
    const isSoon = moves - this.settledAt < SETTLE_AFTER * this.track.replicas.length;
    if (isSoon && !this.client.isFull) return;
    this.settledAt = moves;
    const first = this.course.forgotten!.records;
    this.course.settle(({ records }) => {
      for (let record = first; record < first + records; record++) {
        const over = this.byRecord.get(record);
        if (over && !this.isKept(over)) this.lost.add(over);
        this.byRecord.delete(record);
      }
    });
  }

  private mark(): void {
    const { marks, leader } = this;
    const { leaderEpoch, partitionEpoch } = this.controller.partition;
    const { now } = this.world.clock;
    if (!this.isWhole) marks.wholeSince = null;
    else marks.wholeSince ??= now;
    if (this.settledEpoch === partitionEpoch || leader === null) return;
    const { leadership, leaderEpoch: own } = this.replica(leader);
    const knows = leadership !== null && own === leaderEpoch;
    if (!knows || leadership.partitionEpoch !== partitionEpoch) return;
    this.settledEpoch = partitionEpoch;
    marks.firstSettledAt ??= now;
    this.noteGone(leader);
  }

  private noteGone(leader: number): void {
    const { entries } = this.replica(leader).log;
    for (const cohort of this.byRecord.values()) {
      const value = this.relative(cohort.record);
      if (cohort.readableAt === null || entries.some((entry) => entry.value === value)) continue;
      this.gone.add(cohort);
    }
  }

  /**
   * Is the message in the log of the elected leader, or while there is none in one that may be
   * elected? What was forgotten is.
   */
  isKept(one: Cohort): boolean {
    const { record } = one;
    const value = this.relative(record);
    if (record < 0) return false;
    if (value < 0) return !this.lost.has(one);
    const { leader, isr, elr } = this.controller.partition;
    const holders = leader !== null ? [leader] : [...isr, ...elr];
    return (holders.length > 0 ? holders : this.track.replicas).some((name) =>
      this.replica(this.placeOf(name)!).log.entries.some((entry) => entry.value === value),
    );
  }
}
