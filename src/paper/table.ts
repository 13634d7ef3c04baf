/** The verdicts on the paper's claim as Markdown. Which words stand for what is here, no verdict is. */
import { type SinkKind, type Storage, sinkTraits } from '../../models/spark/streaming/index.ts';
import { faultsText } from '../check/index.ts';
import { BUDGETS, FILES, type Found, ISOLATIONS, type JudgedPoint } from './exactly-once.ts';

/** The three guarantees that the claim comes to. */
export const CLAIMED = ['end-to-end-exactly-once', 'no-silent-loss', 'no-phantom-output'] as const;

export const STORED: Readonly<Record<Storage, string>> = {
  hdfs: 'HDFS',
  fsRename: 'S3 or local, default manager',
  s3abort: 'S3, abortable uploads',
};
const STRUCK: Readonly<Record<string, string>> = {
  driverCrash: 'driver crash',
  executorLoss: 'executor lost',
  zombieWrite: 'zombie task',
  secondDriver: 'second driver',
  lostMessage: 'connection broken',
  brokerCrash: 'broker crash',
};

/** What a broken claim comes to, in a few words. */
const WHY: Readonly<Record<string, string>> = {
  noRecordIsInTheSinkTwice: 'a batch that is run again is not recognised',
  acknowledgedRecordsReachTheSink: 'an acknowledged record is passed over or gone from the sink',
  lossesAreReported: 'an acknowledged record is passed over or gone from the sink',
  passedOffsetsAreInTheSink: 'offsets are passed of which nothing is in the sink',
  nothingAbortedReachesTheSink: 'the query reads what was aborted',
  acknowledgedCommitsStand: 'a late marker aborts what was acknowledged as committed',
  readersSeeOnlyCommittedTransactions: 'a late marker commits what nobody committed',
  acknowledgedRecordsSurvive: 'replication loses what was acknowledged',
  whatReadersSawStays: 'replication loses what readers were shown',
};

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const tableOf = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => '---'), ...rows].map(line).join('\n');

export const struckBy = (faults: Found['faults']): string =>
  Object.keys(faults)
    .map((fault) => STRUCK[fault]!)
    .join(', ') || 'no fault';

const textOf = ({ verdict, breaks }: Found): string =>
  breaks === null ? verdict : `${verdict} ${breaks.length}`;

/** As written, and after an arrow with findings repaired where that is something else. */
function cellOf(written: Found, repaired: Found): string {
  const [now, then] = [textOf(written), textOf(repaired)];
  return now === then ? now : `${now} → ${then}`;
}

const pick = (found: readonly Found[], guarantee: string, faults: Found['faults']): Found =>
  found.find(
    (one) => one.guarantee === guarantee && faultsText(one.faults) === faultsText(faults),
  )!;

/** The cells of a point for one guarantee, one a budget. */
export const cellsOf = (
  { written, repaired }: JudgedPoint,
  guarantee: string,
  budgets = BUDGETS,
): string[] =>
  budgets.map((faults) =>
    cellOf(pick(written, guarantee, faults), pick(repaired, guarantee, faults)),
  );

/** Why, in the order in which it is met; of what is not broken, what it assumes in vain. */
function whyOf({ written, repaired }: JudgedPoint, guarantee: string): string {
  const own = [...repaired, ...written].filter((one) => one.guarantee === guarantee);
  const broken = own.flatMap(({ breaks }) => (breaks ? [WHY[breaks.claim] ?? breaks.claim] : []));
  const open = own.some(({ verdict }) => verdict === 'undecided')
    ? ['undecided: a part breaks what the whole assumes']
    : [];
  return [...new Set([...broken, ...open])].join('; ');
}

const statesOf = ({ written }: JudgedPoint): string =>
  Math.max(...written.map(({ scope }) => scope.states)).toLocaleString('en-US');

const headings = [...BUDGETS.map(struckBy), 'Why'];

/** One guarantee at one isolation level, every sink and storage. */
function sectionOf(points: readonly JudgedPoint[], guarantee: string): string {
  const rows = points.map((point) => [
    point.sink,
    STORED[point.storage],
    ...cellsOf(point, guarantee),
    whyOf(point, guarantee),
    statesOf(point),
  ]);
  return tableOf(['Sink', 'Checkpoint', ...headings, 'States'], rows);
}

/** The same with one line for all that have the same cells. */
function groupedSectionOf(points: readonly JudgedPoint[], guarantee: string): string {
  const groups = new Map<string, JudgedPoint[]>();
  for (const point of points) {
    const cells = cellsOf(point, guarantee);
    const key = JSON.stringify([point.storage, cells, whyOf(point, guarantee)]);
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  const rows = [...groups.values()].map((group) => [
    group.map(({ sink }) => sink).join(', '),
    STORED[group[0]!.storage],
    ...cellsOf(group[0]!, guarantee),
    whyOf(group[0]!, guarantee),
  ]);
  return tableOf(['Sinks', 'Checkpoint', ...headings], rows);
}

const isClaimed = ({ guarantee }: Found): boolean => CLAIMED.some((name) => name === guarantee);
const holds = (found: readonly Found[], faults?: Found['faults']): boolean =>
  found
    .filter(isClaimed)
    .filter((one) => faults === undefined || faultsText(one.faults) === faultsText(faults))
    .every(({ verdict }) => verdict === 'holds');

/** Where all three hold under every budget. */
function whereItHolds(points: readonly JudgedPoint[]): string {
  const rows = ISOLATIONS.flatMap((isolation) =>
    Object.entries(STORED).map(([storage, stored]) => {
      const own = points.filter((each) => each.isolation === isolation && each.storage === storage);
      const names = (good: readonly JudgedPoint[]): string =>
        good.length === 0 ? 'none' : good.map(({ sink }) => sink).join(', ');
      return [
        isolation,
        stored,
        names(own.filter(({ written }) => holds(written))),
        names(own.filter(({ repaired }) => holds(repaired))),
      ];
    }),
  );
  return tableOf(['Isolation', 'Checkpoint', 'As written', 'Findings repaired'], rows);
}

/** How many points hold under each budget. */
function byFault(points: readonly JudgedPoint[]): string {
  const count = (of: (point: JudgedPoint) => readonly Found[], faults: Found['faults']): string =>
    `${points.filter((point) => holds(of(point), faults)).length} of ${points.length}`;
  const rows = BUDGETS.map((faults) => [
    struckBy(faults),
    count(({ written }) => written, faults),
    count(({ repaired }) => repaired, faults),
  ]);
  return tableOf(['Fault', 'As written', 'Findings repaired'], rows);
}

/** How far each budget was followed, over all points. */
function scopes(points: readonly JudgedPoint[]): string {
  const range = (states: readonly number[]): string => {
    const [least, most] = [Math.min(...states), Math.max(...states)];
    const text = (count: number): string => count.toLocaleString('en-US');
    return least === most ? text(least) : `${text(least)} to ${text(most)}`;
  };
  const rows = BUDGETS.map((faults) => {
    const all = points
      .flatMap(({ written, repaired }) => [...written, ...repaired])
      .filter((one) => faultsText(one.faults) === faultsText(faults))
      .map(({ scope }) => scope);
    const parts = all.flatMap((scope) => scope.parts ?? []);
    const of = (aspect: string): string =>
      range(parts.filter((part) => part.aspect === aspect).map(({ states }) => states));
    const isWhole = [...all, ...parts].every(({ complete }) => complete);
    return [
      struckBy(faults),
      range(all.map(({ states }) => states)),
      ...['replication', 'query', 'transactions'].map(of),
      isWhole ? 'yes' : 'no',
    ];
  });
  const first = points[0]!.written[0]!.scope;
  const bounds = [{ aspect: 'composed', bounds: first.bounds }, ...(first.parts ?? [])].map(
    (part) =>
      `- ${part.aspect}: ${Object.entries(part.bounds)
        .map(([name, bound]) => `${name} ${bound}`)
        .join(', ')}`,
  );
  return [
    tableOf(['Fault', 'Composed', 'Replication', 'Query', 'Transactions', 'Seen whole'], rows),
    bounds.join('\n'),
  ].join('\n\n');
}

const KEYED: Readonly<Record<string, string>> = {
  none: 'nothing',
  batchId: 'batch id',
  queryAndBatchId: 'query and batch id',
  partitionAndEpoch: 'partition and epoch',
};
/** What the sinks are to the model. */
const sinks = (): string =>
  tableOf(
    ['Sink', 'Rows are seen', 'A repetition is known by', 'Goes with the driver'],
    (Object.keys(sinkTraits) as SinkKind[]).map((sink) => {
      const { visible, key, volatile } = sinkTraits[sink];
      const seen = visible === 'task' ? 'as each task writes them' : 'when the driver commits them';
      return [sink, seen, KEYED[key]!, volatile ? 'yes' : 'no'];
    }),
  );

/** The whole report. */
export function exactlyOnceTable(points: readonly JudgedPoint[], preface: string): string {
  const of = (isolation: string): JudgedPoint[] =>
    points.filter((point) => point.isolation === isolation);
  const sections = CLAIMED.flatMap((guarantee, at) =>
    ISOLATIONS.flatMap((isolation) => [
      `## ${guarantee}, ${isolation}`,
      at === 0 ? sectionOf(of(isolation), guarantee) : groupedSectionOf(of(isolation), guarantee),
    ]),
  );
  const files = Object.entries(FILES).map(
    ([name, text]) => `\`${name}\`:\n\n${text.trim().replaceAll(/^/gm, '    ')}`,
  );
  return [
    preface.trim(),
    '## Where all three guarantees hold under each of these faults',
    whereItHolds(points),
    '## How many of the deployments hold, fault by fault',
    byFault(points),
    ...sections,
    '## Scope',
    scopes(points),
    '## The sinks',
    sinks(),
    '## The deployment',
    ...files,
    '',
  ].join('\n\n');
}
