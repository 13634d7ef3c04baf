/**
 * What the query has read of Kafka and what of it is in the sink: cohorts of messages by the record
 * that stands for them in the streaming model.
 */
import { type Past, recordOf } from '../../../models/spark/streaming/index.ts';
import type { Cluster } from '../kafka/cluster.ts';
import type { Cohort } from '../kafka/cohort.ts';
import type { Partition } from '../kafka/partition.ts';
import type { Query } from './query.ts';

/** A record of the model: the same place in every worker's log. */
interface Content {
  readonly cohorts: Cohort[];
  /** By worker: how often it is in the sink. */
  readonly seen: number[];
}

export class Intake {
  /** Messages in the sink more than once. */
  duplicated = 0;
  /** Messages that the model has forgotten without their being in the sink. */
  missed = 0;
  private readonly query: Query;
  private readonly partitions: readonly Partition[];
  /** By partition: how many of its readable cohorts were taken. */
  private readonly taken: number[];
  /** By the model's record, of all that ever were. */
  private readonly contents = new Map<number, Content>();
  /** Records that were ever given to the model, and the one that the batch is about. */
  private produced = 0;
  private current: Content | null = null;
  private isFixed = true;

  constructor(query: Query, cluster: Cluster) {
    this.query = query;
    this.partitions = cluster.partitions;
    this.taken = cluster.partitions.map(() => 0);
  }

  /** Messages of the batch that is under way. */
  get messages(): number {
    return (this.current?.cohorts ?? []).reduce((sum, { messages }) => sum + messages, 0);
  }

  /** Messages that readers can see and the query has not asked for. */
  get lag(): number {
    return this.partitions.reduce(
      (sum, { readable }, at) =>
        sum + readable.slice(this.taken[at]).reduce((all, { messages }) => all + messages, 0),
      0,
    );
  }

  /** Does every partition have a leader that tells its end? */
  mayAsk(): boolean {
    return this.partitions.every((partition) => {
      const { leader } = partition;
      if (leader === null || !partition.host(leader).answersClients) return false;
      const { leadership, highWatermark } = partition.replica(leader);
      return leadership !== null && highWatermark >= leadership.epochStart;
    });
  }

  /** Takes up what has become readable; the model's source has a record more, if there is anything. */
  take(): void {
    const fresh = this.partitions.flatMap(({ readable }, at) => {
      const more = readable.slice(this.taken[at]);
      this.taken[at] = readable.length;
      return more;
    });
    if (fresh.length === 0) return;
    // What no batch was fixed with yet is read together with what is new.
    if (!this.isFixed) {
      this.current!.cohorts.push(...fresh);
      return;
    }
    const { workers, track } = this.query;
    this.current = { cohorts: fresh, seen: workers.all.map(() => 0) };
    this.contents.set(this.produced++, this.current);
    this.isFixed = false;
    for (const { place } of workers.all) this.query.take(track.produce[place]!);
  }

  /** The batch's range is in the offset log. */
  fix(): void {
    this.isFixed = true;
  }

  done(): void {
    this.current = null;
  }

  /**
   * What of the batch is no longer in Kafka. A query that fails on it meets it in the model's
   * source; one that does not reads the rest, of which the model knows no part.
   */
  checkLoss(place: number): void {
    const { current, query } = this;
    if (!current) return;
    const rest = current.cohorts.filter(
      (one) => !this.partitions.some(({ gone }) => gone.has(one)),
    );
    if (rest.length === current.cohorts.length) return;
    if (query.world.setting.spark.failOnDataLoss) {
      query.take(query.track.truncate[place]!);
      return;
    }
    this.missed += messagesIn(current) - messagesIn({ ...current, cohorts: rest });
    current.cohorts.splice(0, current.cohorts.length, ...rest);
  }

  /** What of the sink has changed. */
  look(): void {
    const { workers, course, track, world } = this.query;
    const { seen } = this.query.sink;
    for (const [record, content] of this.contents) {
      const nth = record - course.forgotten!.records;
      for (const worker of workers.all) {
        const now = seen[recordOf(track.options, worker.place, nth)]!;
        if (now === content.seen[worker.place]) continue;
        content.seen[worker.place] = now;
        if (now > 1) this.duplicated += messagesIn(content) * workers.shareOf(worker);
      }
      if (content.seen.some((count) => count === 0)) continue;
      for (const cohort of content.cohorts) cohort.deliveredAt ??= world.clock.now;
    }
  }

  /** The model is about to forget its first records. */
  noteOver(past: Past): void {
    const records = this.query.course.forgotten!.records + past.records;
    for (const [record, content] of this.contents) {
      if (record >= records) continue;
      if (content.seen.some((count) => count === 0)) this.missed += messagesIn(content);
      this.contents.delete(record);
    }
  }
}

const messagesIn = ({ cohorts }: Content): number =>
  cohorts.reduce((sum, { messages }) => sum + messages, 0);
