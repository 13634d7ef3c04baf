/** What a run came to, read off what became of every message. */
import type { Struck } from './faults.ts';
import type { Cluster } from './kafka/cluster.ts';
import type { Cohort } from './kafka/cohort.ts';
import type { Partition } from './kafka/partition.ts';
import type { Loss, OutputPhase, Percentiles, Recovery, RunResult, WritePhase } from './result.ts';
import type { RunSetting } from './setting.ts';
import type { Query } from './spark/query.ts';
import type { World } from './world.ts';

/** A wait that is this much longer than before any fault, in milliseconds, is an outage. */
const OUTAGE = 500;

/** Splits the time from `begin` to `end` at the marks in order; one that is missing costs nothing. */
function split<Phase extends string>(
  begin: number,
  end: number,
  marks: readonly (readonly [Phase, number | null])[],
): Recovery<Phase> {
  let last = begin;
  const phases = marks.map(([phase, mark]) => {
    const at = Math.min(end, Math.max(last, mark ?? last));
    const spent = (at - last) / 1000;
    last = at;
    return [phase, spent] as const;
  });
  return { total: (end - begin) / 1000, phases: Object.fromEntries(phases) as never };
}

const before = (cohorts: readonly Cohort[], at: number): Cohort[] =>
  cohorts.filter(({ arrived }) => arrived < at - OUTAGE);

/** Until the first message that arrived after the fault was acknowledged, where it had to wait. */
export function writesRecovery(
  { partitions, noticedAt }: Cluster,
  struck: Struck,
  end: number,
): Recovery<WritePhase> | null {
  const outages = partitions.flatMap((partition) => {
    const resumed = resumedAt(partition, struck.at, end);
    return resumed === null ? [] : [{ partition, resumed }];
  });
  const longest = outages.sort((a, b) => b.resumed - a.resumed)[0];
  if (!longest) return null;
  const settled = longest.partition.marks.firstSettledAt;
  const isNoticed = noticedAt !== null && noticedAt >= struck.at;
  return split<WritePhase>(struck.at, longest.resumed, [
    ['detect', isNoticed ? noticedAt : null],
    ['elect', isNoticed ? settled : null],
    ['resume', longest.resumed],
  ]);
}

/** When the first of those that waited too long was acknowledged; the run's end if none was. */
function resumedAt({ cohorts }: Partition, at: number, end: number): number | null {
  const wait = ({ arrived, acknowledgedAt }: Cohort): number => (acknowledgedAt ?? end) - arrived;
  const usual = Math.max(0, ...before(cohorts, at).map(wait)) + OUTAGE;
  const after = cohorts.filter(({ arrived }) => arrived >= at && arrived < end - usual);
  const late = after.filter((cohort) => wait(cohort) > usual);
  // What was given up meanwhile says nothing of when writes were possible again.
  const first = late.find(({ givenUp }) => !givenUp);
  return late.length === 0 ? null : (first?.acknowledgedAt ?? end);
}

/** Seconds until all replicas were in sync and all executors there; null: never, or nothing was missing. */
export function wholeAgain(
  { partitions }: Cluster,
  { workers }: Query,
  struck: Struck,
): number | null {
  const since = partitions.map(({ marks }) => marks.wholeSince);
  if (since.includes(null) || workers.alive < workers.all.length) return null;
  const last = Math.max(workers.backAt, ...since.map((at) => at!));
  return last > struck.at ? (last - struck.at) / 1000 : null;
}

/** Is anything missing? */
export const isWhole = (cluster: Cluster, { workers, running }: Query): boolean =>
  running && cluster.isWhole() && workers.alive === workers.all.length;

/**
 * Until messages were in the sink again as soon as they were before the fault, and the batch that was
 * in hand, if there was one, was committed.
 */
export function outputRecovery(
  { partitions, noticedAt }: Cluster,
  query: Query,
  setting: RunSetting,
  struck: Struck,
  end: number,
): Recovery<OutputPhase> | null {
  const usual = usualDelay(query, setting, struck);
  const delays = partitions.map((partition) => lateUntil(partition, struck, usual, end));
  const reran = query.batches.find(({ committedAt }) => committedAt > struck.at);
  const inHand = struck.hitBatch ? (reran?.committedAt ?? end) : 0;
  const current = Math.max(inHand, ...delays.map((until) => until ?? 0));
  if (current === 0) return null;
  const { rescheduledAt, reloadedAt } = query.stage.marks;
  const since = (mark: number | null): number | null =>
    mark !== null && mark >= struck.at ? mark : null;
  return split<OutputPhase>(struck.at, current, [
    ['detect', struck.noticedAt ?? since(noticedAt)],
    ['reschedule', since(rescheduledAt) ?? struck.replacedAt],
    ['reload', since(reloadedAt)],
    ['rerun', reran?.committedAt ?? null],
    ['catchUp', current],
  ]);
}

/** When the last message that was late for the fault was in the sink. */
function lateUntil(
  partition: Partition,
  struck: Struck,
  usual: number,
  end: number,
): number | null {
  const { cohorts } = partition;
  const isLate = (cohort: Cohort): boolean =>
    (cohort.deliveredAt ?? end) - cohort.arrived > usual && isDue(partition, cohort);
  const due = cohorts.filter(
    ({ arrived }) => arrived > struck.at - usual && arrived + usual < end - LATE,
  );
  // Those that arrived by its end, and all that had to wait behind them.
  const last = due.findLastIndex((one) => isLate(one) && one.arrived < struck.until);
  if (last < 0) return null;
  const onTime = due.findIndex((one, at) => at > last && !isLate(one));
  const late = due.slice(0, onTime < 0 ? due.length : onTime).filter(isLate);
  return Math.max(...late.map(({ deliveredAt }) => deliveredAt ?? end));
}

/** Will it be in the sink, if it is not: is it neither given up nor lost? */
const isDue = (partition: Partition, cohort: Cohort): boolean =>
  cohort.deliveredAt !== null ||
  (!cohort.givenUp && (cohort.acknowledgedAt === null || partition.isKept(cohort)));

/**
 * How late a message may be without a fault: it may come just too late for a batch, its window closes a
 * batch later if there is state, and batches take as long as they did; and what they differ by.
 */
function usualDelay({ batches }: Query, { spark }: RunSetting, { at }: Pick<Struck, 'at'>): number {
  const before = batches.filter(({ committedAt }) => committedAt < at);
  const longest = Math.max(0, ...before.map((batch) => batch.committedAt - batch.triggeredAt));
  const interval = Math.max(spark.triggerMs, longest);
  return (spark.stateful ? 2 : 1) * interval + longest + LATE;
}
/** Milliseconds. */
const LATE = 2_000;

const sum = (cohorts: readonly Cohort[]): number =>
  cohorts.reduce((all, { messages }) => all + messages, 0);

export function lossOf({ partitions }: Cluster, query: Query): Loss {
  const pick = (is: (cohort: Cohort, partition: Partition) => boolean): number =>
    partitions.reduce((all, one) => all + sum(one.cohorts.filter((cohort) => is(cohort, one))), 0);
  return {
    acknowledgedAndLost: pick((c, p) => c.acknowledgedAt !== null && !p.isKept(c)),
    unacknowledgedAndLost: pick((c, p) => c.acknowledgedAt === null && c.givenUp && !p.isKept(c)),
    duplicatedInKafka: partitions.reduce(
      (all, { cohorts }) =>
        all + cohorts.reduce((n, c) => n + Math.max(0, c.copies - 1) * c.messages, 0),
      0,
    ),
    duplicatedInSink: query.intake.duplicated,
    phantom: pick((c, p) => c.deliveredAt !== null && !p.isKept(c)),
  };
}

/** Percentiles of a time, each message counted once. */
export function percentiles(
  cohorts: readonly Cohort[],
  end: (cohort: Cohort) => number | null,
): Percentiles {
  const timed = cohorts
    .flatMap((cohort) => {
      const at = end(cohort);
      return at === null ? [] : [{ time: at - cohort.arrived, weight: cohort.messages }];
    })
    .sort((a, b) => a.time - b.time);
  const whole = timed.reduce((all, { weight }) => all + weight, 0);
  const at = (share: number): number => {
    let passed = 0;
    for (const { time, weight } of timed) {
      passed += weight;
      if (passed >= share * whole) return time;
    }
    return 0;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: timed.at(-1)?.time ?? 0 };
}

/** Is every message that was due in the sink there once, and the state what its files would give? */
export function isIntact(loss: Loss, query: Query): boolean {
  return loss.duplicatedInSink === 0 && query.intake.missed === 0 && query.running;
}

/** All that the run came to, but for what was noted on the way. */
export function resultOf(
  world: World,
  cluster: Cluster,
  query: Query,
  struck: Struck | null,
  end: number,
): Omit<RunResult, 'samples'> {
  const { spark, kafka } = world.setting;
  const all = cluster.partitions.flatMap(({ cohorts }) => cohorts);
  const usual = usualDelay(query, world.setting, struck ?? { at: end });
  const due = end - Math.max(DUE_BATCHES * spark.triggerMs, usual);
  const early = all.filter(({ arrived }) => arrived < due);
  // A run of a few batches is all end.
  const rate = (cohorts: readonly Cohort[]): number => (due > 0 ? sum(cohorts) / (due / 1000) : 0);
  const readable = all.filter(({ readableAt }) => readableAt !== null);
  const loss = lossOf(cluster, query);
  const writes = struck && writesRecovery(cluster, struck, end);
  const output = struck && outputRecovery(cluster, query, world.setting, struck, end);
  const missing = cluster.partitions.reduce(
    (count, one) =>
      count +
      one.cohorts.filter((c) => c.arrived < due && c.deliveredAt === null && isDue(one, c)).length,
    0,
  );
  const { workers, stage, course, batches } = query;
  return {
    seconds: end / 1000,
    writes,
    output,
    wholeAgain: struck && wholeAgain(cluster, query, struck),
    recovered: isWhole(cluster, query) && missing === 0,
    loss,
    offered: rate(early),
    throughput: rate(
      all.filter(({ acknowledgedAt }) => acknowledgedAt !== null && acknowledgedAt < due),
    ),
    delivered: rate(early.filter(({ deliveredAt }) => deliveredAt !== null)),
    acknowledgement: percentiles(all, ({ acknowledgedAt }) => acknowledgedAt),
    endToEnd: percentiles(all, ({ deliveredAt }) => deliveredAt),
    resources: {
      bytesReplicated:
        readable.reduce((bytes, one) => bytes + one.bytes, 0) * (kafka.replicationFactor - 1),
      bytesCheckpointed: query.bytesCheckpointed,
      messagesRecomputed: stage.recomputed,
      batchBusy: batches.reduce((busy, one) => busy + one.committedAt - one.triggeredAt, 0) / end,
      workersBusy: workers.busy / (end * spark.workers * spark.coresPerWorker),
    },
    stateIntact: isIntact(loss, query),
    moves: cluster.partitions.reduce((moves, one) => moves + one.course.moves, course.moves),
  };
}

/** What arrives in the last batches of a run, or as late as usual, may be in the sink only later. */
const DUE_BATCHES = 3;
