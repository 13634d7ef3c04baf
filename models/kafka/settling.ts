/**
 * What of a partition is over: records that every replica has committed and every reader was shown.
 *
 * Kafka itself lets a log begin later in the same way (log start offset, with the last epoch before it
 * kept: LeaderEpochFileCache.truncateFromStart). Offsets and record numbers are counted from there.
 * They are two counts: a refused record has a number and no offset.
 */
import type { Local, Plain, Settling } from '../../src/model/index.ts';
import type { Ledger, Producer } from './clients.ts';
import type { Entry, Log } from './log.ts';
import type { Leadership, Replica } from './replica.ts';

/** How many records, and how many offsets. */
export type Over = { records: number; offsets: number };
type Locals = Readonly<Record<string, Local>>;

const dataOf = <T>(local: Local): T => local.context as T;
const replicasIn = (locals: Locals): Replica[] =>
  Object.entries(locals)
    .filter(([name]) => /^b\d+$/.test(name))
    .map(([, local]) => dataOf<Replica>(local));

/** Is anything on its way that names an offset? Metadata does not. */
const isUnderWay = (locals: Locals): boolean =>
  Object.entries(locals).some(
    ([name, { context }]) =>
      /^(fetches|answers:)/.test(name) && (context.queue as unknown[]).length > 0,
  );

function settled(locals: Locals, isGivenUp: IsGivenUp): Over | null {
  if (isUnderWay(locals)) return null;
  const replicas = replicasIn(locals);
  const ledger = dataOf<Ledger>(locals.ledger!);
  const most = Math.min(...replicas.flatMap(endsOf));
  const logs = replicas.map(({ log }) => log.entries);
  const [first, ...others] = logs;
  const until = shownUntil(ledger, first!);
  const isCommon = (offset: number): boolean =>
    others.every((entries) => isSame(entries[offset]!, first![offset]!)) &&
    (offset >= until || isSameAt(ledger.exposed, first!, offset));
  let offsets = 0;
  while (offsets < most && isCommon(offsets)) offsets++;
  const records = concluded(locals, first!.slice(0, offsets), isGivenUp);
  return whole(logs, ledger, { records, offsets });
}

/**
 * From which offset on what readers were shown says no more. Where they were shown two records at
 * an offset, and the one that all have now is not the one noted, nothing that comes will agree with
 * it: the ledger stays as it is.
 */
function shownUntil({ exposed, contradictedAt }: Ledger, log: readonly Entry[]): number {
  const at = contradictedAt === null ? null : Math.max(0, contradictedAt);
  return at === null || isSameAt(exposed, log, at) ? Number.POSITIVE_INFINITY : at;
}

const isContradicted = ({ contradictedAt }: Ledger, offsets: number): boolean =>
  contradictedAt !== null && contradictedAt < offsets;

/** The offsets below which a replica's data must lie to be forgotten. */
function endsOf({ highWatermark, leadership }: Replica): number[] {
  const followers = Object.values(leadership?.followers ?? {});
  return [
    highWatermark,
    ...followers.map(({ endOffset }) => (endOffset < 0 ? highWatermark : endOffset)),
    ...(leadership?.waiting ?? []).map(({ offset }) => offset),
  ];
}

const isSame = (a: Entry, b: Entry): boolean => a.epoch === b.epoch && a.value === b.value;
const isSameAt = (a: readonly Entry[], b: readonly Entry[], offset: number): boolean =>
  offset < a.length && offset < b.length && isSame(a[offset]!, b[offset]!);

/**
 * How many of the first records the client has its answer for, or asks for no more, and are in
 * `entries`, which all have, or in no log at all. What is lost is over too: nobody can bring it
 * back.
 */
function concluded(locals: Locals, entries: readonly Entry[], isGivenUp: IsGivenUp): number {
  const { outcomes } = dataOf<Producer>(locals.producer!);
  const replicas = replicasIn(locals);
  const isOver = (record: number): boolean => {
    const isIn = ({ value }: Entry): boolean => value === record;
    const outcome = outcomes[record];
    const isAnswered = outcome === 'refused' || outcome === 'acknowledged';
    if (!isAnswered && !(outcome !== 'unsent' && isGivenUp(record))) return false;
    return entries.some(isIn) || !replicas.some(({ log }) => log.entries.some(isIn));
  };
  let records = 0;
  while (records < outcomes.length && isOver(records)) records++;
  return records;
}

/** As many of those records and offsets as leave no copy of a record behind. */
function whole(logs: readonly (readonly Entry[])[], ledger: Ledger, most: Over): Over | null {
  const [log = []] = logs;
  for (let { records } = most; records > 0; records--) {
    const isOver = ({ value }: Entry): boolean => value < records;
    const end = log.findIndex((entry) => !isOver(entry));
    const offsets = Math.min(most.offsets, end < 0 ? log.length : end);
    const all = isContradicted(ledger, offsets) ? logs : [...logs, ledger.exposed];
    if (!all.some((entries) => entries.slice(offsets).some(isOver))) return { records, offsets };
  }
  return null;
}

const later = (entries: readonly Entry[], { records, offsets }: Over): Entry[] =>
  entries.slice(offsets).map(({ epoch, value }) => ({ epoch, value: value - records }));

/** Of the epochs that began before, the last is kept, as beginning before all there is. */
function laterLog({ entries, epochs }: Log, over: Over): Log {
  const { offsets } = over;
  const last = epochs.findLast(({ start }) => start < offsets);
  return {
    entries: later(entries, over),
    epochs: [
      ...(last ? [{ epoch: last.epoch, start: BEFORE }] : []),
      ...epochs
        .filter(({ start }) => start >= offsets)
        .map(({ epoch, start }) => ({ epoch, start: start - offsets })),
    ],
  };
}
/** The offset of what began before the first. */
const BEFORE = -1;

function laterLeadership(leadership: Leadership, { records, offsets }: Over): Leadership {
  const followers = Object.entries(leadership.followers).map(([id, known]) => [
    id,
    { ...known, endOffset: known.endOffset < 0 ? -1 : known.endOffset - offsets },
  ]);
  return {
    ...leadership,
    epochStart: Math.max(BEFORE, leadership.epochStart - offsets),
    followers: Object.fromEntries(followers),
    waiting: leadership.waiting.map(({ value, offset }) => ({
      value: value - records,
      offset: offset - offsets,
    })),
  };
}

function laterReplica(replica: Replica, over: Over): Replica {
  const { flushed, highWatermark, leadership } = replica;
  return {
    ...replica,
    log: laterLog(replica.log, over),
    flushed: Math.max(0, flushed - over.offsets),
    highWatermark: highWatermark - over.offsets,
    leadership: leadership && laterLeadership(leadership, over),
  };
}

function laterProducer(producer: Producer, { records }: Over): Producer {
  const { outcomes, at } = producer;
  const none = Array.from({ length: records });
  return {
    ...producer,
    outcomes: [...outcomes.slice(records), ...none.map(() => 'unsent' as const)],
    at: [...at.slice(records), ...none.map(() => null)],
  };
}

/** What no log agrees with: a contradiction that is forgotten stays one. */
const NEVER: Entry = { epoch: BEFORE, value: BEFORE };

function laterLedger(ledger: Ledger, over: Over): Ledger {
  const losses = Object.entries(ledger.losses)
    .map(([record, count]) => [Number(record) - over.records, count] as const)
    .filter(([record]) => record >= 0);
  const { contradictedAt, exposed } = ledger;
  return {
    ...ledger,
    exposed: isContradicted(ledger, over.offsets) ? [NEVER] : later(exposed, over),
    contradictedAt:
      contradictedAt === null ? null : Math.max(BEFORE, contradictedAt - over.offsets),
    losses: Object.fromEntries(losses),
  };
}

function forget(component: string, { context }: Local, over: Over): Record<string, Plain> {
  const data = context as never;
  if (component === 'producer') return laterProducer(data, over) as never;
  if (component === 'ledger') return laterLedger(data, over) as never;
  if (/^b\d+$/.test(component)) return laterReplica(data, over) as never;
  return data;
}

/** Will the client neither send a record again nor look for its outcome, with no answer yet? */
export type IsGivenUp = (record: number) => boolean;

/** See `Settling`: for systems of `kafka()` whose faults take no flushed records. */
export const settlingOf = (isGivenUp: IsGivenUp): Settling<Over> => ({
  settled: (locals) => settled(locals, isGivenUp),
  forget,
  nothing: { records: 0, offsets: 0 },
  sum: (a, b) => ({ records: a.records + b.records, offsets: a.offsets + b.offsets }),
  recall: (event, { records, offsets }) => {
    const { value, keep } = event as { value?: number; keep?: number | null };
    return {
      ...event,
      ...(value !== undefined && { value: value + records }),
      ...(typeof keep === 'number' && { keep: keep + offsets }),
    };
  },
});

/** Where the client waits for every answer. */
export const settling = settlingOf(() => false);
