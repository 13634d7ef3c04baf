/** Phrases of the narrator of a streaming query. */
import { newest } from './checkpoint.ts';
import type { CommitEntry, Files, OffsetEntry, Offsets, Slice } from './messages.ts';
import { NO_PARTITION } from './messages.ts';
import type { Scene } from './scene.ts';

/** `1`, `1 and 2`, `1, 2 and 3` */
export function list(items: readonly (string | number)[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? String(last) : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** `no record`, `record 0`, `records 0 and 1` */
export const records = (items: readonly number[]): string =>
  items.length === 0 ? 'no record' : `${items.length === 1 ? 'record' : 'records'} ${list(items)}`;

/** `[1, 2]`; a partition that Kafka did not tell of is a dash. */
export const offsets = (end: Offsets): string =>
  `[${end.map((offset) => (offset === NO_PARTITION ? '-' : offset)).join(', ')}]`;

/** `offsets 0 to 2 of partition 1`, of the slices that have any. */
export function slices(read: readonly Slice[]): string {
  const some = read.filter(({ start, end }) => end > start);
  if (some.length === 0) return 'nothing of its partition';
  return list(
    some.map(({ partition, start, end }) => `[${start}, ${end}) of partition ${partition}`),
  );
}

/** `newest offsets/1, newest commits/0`, as a listing shows them. */
export const listing = (
  offsetFiles: Files<OffsetEntry>,
  commitFiles: Files<CommitEntry>,
): string => {
  const [lo, lc] = [newest(offsetFiles), newest(commitFiles)];
  if (lo < 0 && lc < 0) return 'it is empty';
  return `${lo < 0 ? 'no offsets' : `newest offsets/${lo}`}, ${lc < 0 ? 'no commit' : `newest commits/${lc}`}`;
};

/** Why a query fails, by the model's name of the reason. */
const reasons: Readonly<Record<string, string>> = {
  concurrentUpdate: 'another query has written the entry',
  checkpointWrite: 'the checkpoint could not be written',
  raceAtSink: 'another query has committed the batch to the sink',
  dataLoss: 'records of its range are gone from Kafka',
  stateMissing: 'the state of the batch before is not there',
  checkpointNotEmpty: 'offsets/ is empty and commits/ is not',
  batchMissing: 'the offset entry before the newest is not there',
  incompleteLogFile: 'a log file is not whole',
  commitsAheadOfOffsets: 'commits/ is ahead of offsets/',
  commitsFarBehindOffsets: 'commits/ is more than one batch behind offsets/',
};

/** Queries that the step made fail. */
export function failures(scene: Scene): string[] {
  return scene.drivers.flatMap((name) => {
    const { was, now } = scene.state(name);
    if (now !== 'failed' || was === 'failed') return [];
    const { error } = scene.driver(name).now;
    return [`${name} fails: ${reasons[error ?? ''] ?? error}.`];
  });
}

/** What readers of the sink see that they did not see before. */
export function shown(scene: Scene): string[] {
  const { was, now } = scene.sink;
  const grown = (count: number): number[] =>
    now.seen.flatMap((seen, record) =>
      seen === count && was.seen[record]! < count ? [record] : [],
    );
  const gone = now.seen.flatMap((seen, record) => (seen < was.seen[record]! ? [record] : []));
  const [once, twice] = [grown(1), grown(2)];
  return [
    ...(once.length > 0 ? [`Readers of the sink see ${records(once)}.`] : []),
    ...(twice.length > 0 ? [`Readers of the sink see ${records(twice)} twice.`] : []),
    ...(gone.length > 0 ? [`Readers of the sink see ${records(gone)} no more.`] : []),
  ];
}
