/**
 * The producer on the clock: what it sends when, whom it takes for the leader, and when it sends again.
 *
 * Sources: Sender.java, NetworkClient.java, Metadata.java (clients).
 */

import type { Timer } from '../../schedulers/clock.ts';
import type { Cohort } from './cohort.ts';
import { Pace } from './pace.ts';
import type { Partition } from './partition.ts';
import { OPEN_RECORDS } from './track.ts';

/** retry.backoff.max.ms */
const MOST_BACKOFF = 1_000;

export class Client {
  /** Not sent yet, or refused; oldest first. */
  readonly waiting: Cohort[] = [];
  private readonly partition: Partition;
  /** Sent, with no answer yet; by record. */
  private readonly open = new Map<number, Cohort>();
  /** Of these: what shall be sent once more. */
  private readonly again: Cohort[] = [];
  private believed: number;
  private failures = 0;
  private timer: Timer | null = null;
  /** What the timer waits for: the next request, news of the leader, or an answer that may not come. */
  private waitsFor: 'send' | 'metadata' | 'timeout' | null = null;
  private records = 0;
  private readonly pace: Pace;

  constructor(partition: Partition) {
    this.partition = partition;
    this.pace = new Pace(partition);
    this.believed = partition.setting.firstLeader;
  }

  /** A cohort has arrived. */
  accept(cohort: Cohort): void {
    cohort.readyAt = this.pace.readyAt(this.partition.host(this.believed));
    this.waiting.push(cohort);
    this.plan();
  }

  /** Messages that are held back. */
  get backlog(): number {
    return this.waiting.reduce((sum, { messages }) => sum + messages, 0);
  }

  /** Is there no room for another record before the first are forgotten? */
  get isFull(): boolean {
    return this.partition.relative(this.records) >= OPEN_RECORDS - 1;
  }

  /** Bytes that had arrived by the newest message that was sent. */
  get sentUntil(): number {
    return this.pace.sentUntil;
  }

  /** Looks at what became of what was sent. */
  look(): void {
    const { outcomes } = this.partition.producer;
    for (const [record, cohort] of this.open) {
      const outcome = outcomes[this.partition.relative(record)];
      if (outcome === 'acknowledged') this.conclude(cohort);
      else if (outcome === 'refused') this.takeBack(cohort);
      else if (outcome === 'unknown') this.sendAgain(cohort);
    }
  }

  /** The connections to the broker at `place` are closed. */
  disconnected(place: number): void {
    const name = this.partition.track.replicas[place]!;
    const { at } = this.partition.producer;
    for (const [record, cohort] of this.open) {
      if (at[this.partition.relative(record)] === name) this.sendAgain(cohort);
    }
    if (place === this.believed) this.lookForLeader('connectionRefused');
    this.plan();
  }

  /** Something outside has changed: a request that hung may go through. */
  unblocked(): void {
    if (this.waitsFor === 'timeout' && this.partition.host(this.believed).answersClients) {
      this.wait(0, 'send');
    }
  }

  private conclude(cohort: Cohort): void {
    const { clock } = this.partition.world;
    this.drop(cohort);
    this.failures = 0;
    cohort.acknowledgedAt ??= clock.now + this.partition.chance.of('networkOneWay');
  }

  /** Refused for certain: it will be sent as if for the first time. */
  private takeBack(cohort: Cohort): void {
    this.drop(cohort);
    this.failures++;
    this.waiting.unshift(cohort);
    this.waiting.sort((a, b) => a.arrived - b.arrived);
  }

  /** It is no longer under way. */
  private drop(cohort: Cohort): void {
    this.open.delete(cohort.record);
    const at = this.again.indexOf(cohort);
    if (at >= 0) this.again.splice(at, 1);
  }

  private sendAgain(cohort: Cohort): void {
    if (!this.again.includes(cohort)) this.again.push(cohort);
  }

  /** Sets the timer for what is next to do. */
  plan(): void {
    if (this.waitsFor !== null) return;
    this.giveUpLate();
    const next = this.again[0] ?? this.waiting[0];
    if (!next) return;
    if (this.again.length === 0 && this.isFull) return;
    this.wait(this.again.length > 0 ? this.backoff() : this.delayOf(next), 'send');
  }

  /** How long until the request of `cohort` is in the log, its turn in the queue included. */
  private delayOf(cohort: Cohort): number {
    const refused = this.failures > 0 ? this.backoff() : 0;
    return Math.max(this.pace.turnOf(cohort) - this.partition.world.clock.now, refused);
  }

  private backoff(): number {
    const { retryBackoffMs } = this.partition.world.setting.kafka;
    const grown = Math.min(MOST_BACKOFF, retryBackoffMs * 2 ** this.failures);
    return grown * (0.8 + 0.4 * this.partition.chance.share('backoff'));
  }

  private wait(delay: number, waitsFor: 'send' | 'metadata' | 'timeout'): void {
    const { clock } = this.partition.world;
    clock.cancel(this.timer);
    this.waitsFor = waitsFor;
    this.timer = clock.after(delay, () => this.go());
  }

  private go(): void {
    const { waitsFor } = this;
    this.waitsFor = null;
    this.timer = null;
    if (waitsFor === 'metadata') this.readMetadata();
    else if (waitsFor === 'timeout') this.lookForLeader('clientMetadataRefresh');
    else this.send();
  }

  private send(): void {
    const host = this.partition.host(this.believed);
    if (!host.running) {
      this.lookForLeader('connectionRefused');
    } else if (!host.answersClients) {
      this.wait(this.partition.world.setting.kafka.requestTimeoutMs, 'timeout');
    } else {
      this.giveUpLate();
      if (this.again.length > 0) this.retry(this.again[0]!);
      else if (this.waiting.length > 0) this.first(this.waiting[0]!);
    }
  }

  private first(cohort: Cohort): void {
    const { partition, believed } = this;
    const record = this.records;
    const value = partition.relative(record);
    partition.name(cohort, record);
    this.waiting.shift();
    this.records++;
    this.open.set(record, cohort);
    cohort.sentAt = partition.world.clock.now;
    const taken = partition.course.take(partition.track.send[value]![believed]!);
    const wasTaken = taken && partition.producer.outcomes[value] !== 'unsent';
    if (!wasTaken) {
      this.records--;
      this.open.delete(record);
      this.waiting.unshift(cohort);
      this.failures++;
      this.lookForLeader('clientMetadataRefresh');
    } else {
      this.pace.sent(cohort);
      this.watch(cohort);
    }
    partition.look();
  }

  private retry(cohort: Cohort): void {
    const { partition, believed } = this;
    if (this.isShortOfReplicas()) {
      this.failures++;
      this.plan();
      return;
    }
    const value = partition.relative(cohort.record);
    const before = partition.producer;
    this.again.shift();
    const taken = partition.course.take(partition.track.retry[value]![believed]!);
    if (taken && (partition.producer !== before || this.isInLog(cohort))) {
      this.watch(cohort);
    } else {
      this.again.unshift(cohort);
      this.failures++;
      this.lookForLeader('clientMetadataRefresh');
    }
    partition.look();
  }

  /**
   * Would the leader refuse it for lack of replicas? Of what may be in the log already that says
   * nothing, and it is asked again; the model takes every refusal for the end of a record.
   */
  private isShortOfReplicas(): boolean {
    const { acks, minInsyncReplicas } = this.partition.world.setting.kafka;
    const { leadership } = this.partition.replica(this.believed);
    return acks === 'all' && leadership !== null && leadership.isr.length < minInsyncReplicas;
  }

  private isInLog({ record }: Cohort): boolean {
    const value = this.partition.relative(record);
    const { log, leadership } = this.partition.replica(this.believed);
    return leadership !== null && log.entries.some((entry) => entry.value === value);
  }

  /**
   * An answer that does not come in request.timeout.ms does not come: the connection is closed, and
   * metadata asked for anew (NetworkClient.handleTimedOutRequests). The broker's own timeout for the
   * request began later, by the way there.
   */
  private watch(cohort: Cohort): void {
    const { clock, setting } = this.partition.world;
    const { record } = cohort;
    clock.after(setting.kafka.requestTimeoutMs, () => {
      if (this.open.get(record) !== cohort || this.again.includes(cohort)) return;
      this.sendAgain(cohort);
      if (this.waitsFor !== 'metadata') this.lookForLeader('clientMetadataRefresh');
    });
  }

  private lookForLeader(after: 'connectionRefused' | 'clientMetadataRefresh'): void {
    this.wait(
      this.partition.chance.of(after) + (this.failures > 0 ? this.backoff() : 0),
      'metadata',
    );
    this.failures++;
  }

  /** What any broker that answers takes for the truth. */
  private readMetadata(): void {
    const { partition } = this;
    const told = partition.places.filter((place) => partition.host(place).answersClients);
    const asked = told[Math.floor(partition.chance.share('asked') * told.length)] ?? null;
    const view = asked === null ? null : this.viewOf(asked);
    if (view === null) {
      this.lookForLeader('clientMetadataRefresh');
    } else {
      if (view !== this.believed) this.failures = 0;
      this.believed = view;
      this.plan();
    }
  }

  private viewOf(place: number): number | null {
    const { leader, leadership } = this.partition.replica(place);
    return leadership !== null ? place : this.partition.placeOf(leader);
  }

  /** delivery.timeout.ms has passed: the application is told. */
  private giveUpLate(): void {
    const { clock, setting } = this.partition.world;
    const isLate = ({ arrived }: Cohort): boolean =>
      clock.now - arrived > setting.kafka.deliveryTimeoutMs;
    for (const queue of [this.waiting, this.again]) {
      while (queue.length > 0 && isLate(queue[0]!)) {
        const late = queue.shift()!;
        late.givenUp = true;
        this.open.delete(late.record);
      }
    }
  }
}
