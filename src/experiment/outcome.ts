/** What a run came to, read off what became of every message. */
import type { Struck } from './faults.ts';
import type { Cluster } from './kafka/cluster.ts';
import type { Cohort } from './kafka/cohort.ts';
import type { Partition } from './kafka/partition.ts';
import type { Loss, OutputPhase, Percentiles, Recovery, WritePhase } from './result.ts';
import type { Query } from './spark/query.ts';

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
): Recovery<WritePhase> | null {
  const outages = partitions.flatMap((partition) => {
    const resumed = resumedAt(partition, struck.at);
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

/** When the last of the messages that waited too long was acknowledged; infinite if it never was. */
function resumedAt({ cohorts }: Partition, at: number): number | null {
  const usual = Math.max(
    0,
    ...before(cohorts, at).map(
      ({ arrived, acknowledgedAt }) => (acknowledgedAt ?? arrived) - arrived,
    ),
  );
  const first = cohorts.find(
    ({ arrived, acknowledgedAt }) =>
      arrived >= at && (acknowledgedAt ?? Number.POSITIVE_INFINITY) - arrived > usual + OUTAGE,
  );
  return first ? (first.acknowledgedAt ?? Number.POSITIVE_INFINITY) : null;
}

/** Until messages were in the sink again as soon as they were before the fault. */
export function outputRecovery(
  { partitions, noticedAt }: Cluster,
  query: Query,
  struck: Struck,
  end: number,
): Recovery<OutputPhase> | null {
  const delays = partitions.map(({ cohorts }) => lateUntil(cohorts, struck, end));
  const current = Math.max(...delays.map((until) => until ?? 0));
  if (current === 0) return null;
  const reran = query.batches.find(({ committedAt }) => committedAt > struck.at);
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

/** When the last message of the first that were late was in the sink; infinite if it never was. */
function lateUntil(cohorts: readonly Cohort[], struck: Struck, end: number): number | null {
  const took = ({ arrived, deliveredAt }: Cohort): number => (deliveredAt ?? end) - arrived;
  const usual = usualDelay(cohorts, struck, end);
  const isLate = (cohort: Cohort): boolean => !cohort.givenUp && took(cohort) > usual;
  const due = cohorts.filter(
    ({ arrived }) => arrived > struck.at - usual && arrived + usual < end - LATE,
  );
  const first = due.findIndex((cohort) => isLate(cohort) && cohort.arrived < struck.until + usual);
  if (first < 0) return null;
  const onTime = due.findIndex((cohort, at) => at > first && !isLate(cohort));
  const late = due.slice(first, onTime < 0 ? due.length : onTime).filter(isLate);
  return Math.max(...late.map(({ deliveredAt }) => deliveredAt ?? Number.POSITIVE_INFINITY));
}

/** How late the latest was before the fault, and what batches differ by of themselves. */
function usualDelay(cohorts: readonly Cohort[], { at }: Struck, end: number): number {
  const known = cohorts.filter(({ deliveredAt }) => (deliveredAt ?? end) < at);
  return Math.max(0, ...known.map(({ arrived, deliveredAt }) => deliveredAt! - arrived)) + LATE;
}
/** Milliseconds. */
const LATE = 1_000;

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
