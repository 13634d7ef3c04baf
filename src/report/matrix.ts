/** The table of a group of subjects: a line for each fault row, a column for each guarantee. */
import { type Cell, faultsText, type Results } from '../check/index.ts';
import { isOnlyByFindings } from './findings.ts';
import { groupName } from './groups.ts';
import type { Style } from './style.ts';
import { aligned, type Entry, grouped, listed, WIDTH, wrapped } from './text.ts';

/** Headings are broken at hyphens into pieces of at most this many columns. */
const HEADING_WIDTH = 12;
const INDENT = '  ';
const NOT_ASKED = '-';
/** After what is broken by findings alone: `[KF]`, where they are called KF-1, KF-2, ... */
const byFindings = (ids: readonly string[]): string => `[${ids[0]?.split('-')[0]}]`;
/** Before what is required, where not everything is. */
const REQUIRED = '* ';

/** The matrices of one group, required guarantees first, and what was explored for them. */
export function matrices(results: Results, cells: readonly Cell[], style: Style): string[][] {
  const { aspect, subjects } = cells[0]!;
  const described = results.deployment.subjects.find(
    (subject) => subject.aspect === aspect && subject.name === subjects[0],
  );
  const rows = rowsOf(cells);
  const columns = columnsOf(results, cells, rows, style);
  const room = WIDTH - INDENT.length - Math.max(...rows.map(({ lines }) => widest(lines)));
  return [
    [style.heading(groupName(cells[0]!)), ...wrapped(described?.summary ?? '', INDENT)],
    ...inBlocks(columns, room).map((block) => matrix(block, rows, style)),
    legend(results, aspect, columns, rows),
    scopes(results, aspect, rows, style),
  ];
}

interface FaultRow {
  readonly key: string;
  readonly text: string;
  /** The budget of several classes takes a line for each. */
  readonly lines: readonly string[];
  readonly scope: Cell['scope'];
}

interface Column {
  readonly heading: readonly string[];
  /** By row. */
  readonly entries: readonly Entry[];
}

const keyOf = ({ faults }: Cell): string => JSON.stringify(faults);
const widest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));

/** The rows in order; one is required if any of its cells is. */
function rowsOf(cells: readonly Cell[]): FaultRow[] {
  const keys = [...new Set(cells.map(keyOf))];
  const isRequired = (key: string): boolean =>
    cells.some((cell) => cell.required && keyOf(cell) === key);
  const mark = markFor(keys, isRequired);
  return keys.map((key) => {
    const { faults, scope } = cells.find((cell) => keyOf(cell) === key)!;
    const text = faultsText(faults);
    const lines = text.split(/(?<=,) /).map((part, i) => (i === 0 ? mark(key) : mark('')) + part);
    return { key, text, lines, scope };
  });
}

function columnsOf(
  results: Results,
  cells: readonly Cell[],
  rows: readonly FaultRow[],
  style: Style,
): Column[] {
  const guarantees = results.guarantees.filter(({ aspect }) => aspect === cells[0]!.aspect);
  const isRequired = (name: string): boolean =>
    guarantees.some((each) => each.name === name && each.required);
  const names = guarantees.map(({ name }) => name);
  const mark = markFor(names, isRequired);
  const ordered = [...names.filter(isRequired), ...names.filter((name) => !isRequired(name))];
  return ordered.map((name) => ({
    heading: heading(name).map((piece, i) => (i === 0 ? mark(name) : mark('')) + piece),
    entries: rows.map(({ key }) =>
      verdictEntry(
        cells.find((each) => each.guarantee === name && keyOf(each) === key),
        style,
      ),
    ),
  }));
}

/** What to put before an item: nothing at all where all are required, or none is. */
function markFor(
  items: readonly string[],
  isRequired: (item: string) => boolean,
): (item: string) => string {
  const required = items.filter(isRequired).length;
  if (required === 0 || required === items.length) return () => '';
  return (item) => (isRequired(item) ? REQUIRED : ' '.repeat(REQUIRED.length));
}

/** Columns in as many blocks as the width asks for. */
function inBlocks(columns: readonly Column[], room: number): Column[][] {
  const blocks: Column[][] = [];
  let left = 0;
  for (const column of columns) {
    const words = column.entries.map(({ text }) => text);
    const width = 2 + widest([...column.heading, ...words]);
    if (width > left) {
      blocks.push([]);
      left = room;
    }
    blocks.at(-1)!.push(column);
    left -= width;
  }
  return blocks;
}

/** `no-committed-divergence` as `no-committed-`, `divergence`. */
function heading(name: string): string[] {
  const pieces: string[] = [];
  for (const word of name.split(/(?<=-)/)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + word.length <= HEADING_WIDTH) {
      pieces[pieces.length - 1] = last + word;
    } else pieces.push(word);
  }
  return pieces;
}

function matrix(columns: readonly Column[], rows: readonly FaultRow[], style: Style): string[] {
  const height = Math.max(...columns.map((column) => column.heading.length));
  const head = Array.from({ length: height }, (_, line): Entry[] => [
    { text: '' },
    ...columns.map((column) => ({ text: column.heading[line] ?? '', paint: style.heading })),
  ]);
  const body = rows.flatMap(({ lines: [first, ...more] }, row) => [
    [{ text: first! }, ...columns.map(({ entries }) => entries[row]!)],
    ...more.map((text) => [{ text }]),
  ]);
  return aligned([...head, ...body], INDENT);
}

function verdictEntry(cell: Cell | undefined, style: Style): Entry {
  if (!cell) return { text: NOT_ASKED };
  const text = isOnlyByFindings(cell)
    ? `${cell.verdict} ${byFindings(cell.withRepairs?.findings ?? [])}`
    : cell.verdict;
  return { text, paint: style[cell.verdict] };
}

function legend(
  { findings }: Results,
  aspect: string,
  columns: readonly Column[],
  rows: readonly FaultRow[],
): string[] {
  const starred = (lines: readonly string[]): boolean => lines[0]!.startsWith(REQUIRED);
  const some = columns.some(({ heading: pieces }) => starred(pieces));
  const someRows = rows.some(({ lines }) => starred(lines));
  const what = some && someRows ? 'required where row and column are marked' : 'required';
  const has = (part: string): boolean =>
    columns.some(({ entries }) => entries.some(({ text }) => text.endsWith(part)));
  const own = findings.find((each) => each.aspect === aspect);
  const mark = byFindings(own?.list.map(({ id }) => id) ?? []);
  const only = `Only by findings about ${own?.about}: it holds once they are repaired.`;
  return [
    ...(some || someRows ? [`${INDENT}${REQUIRED}${what}; the rest is only reported.`] : []),
    ...(has(mark) ? [`${INDENT}${mark} ${only}`] : []),
    ...(has(NOT_ASKED)
      ? [
          `${INDENT}${NOT_ASKED} Not asked: the guarantee says nothing of these settings, faults or bounds.`,
        ]
      : []),
  ];
}

/** What was explored for each row. */
function scopes(
  { options, findings }: Results,
  aspect: string,
  rows: readonly FaultRow[],
  style: Style,
): string[] {
  const own = findings.find((each) => each.aspect === aspect)?.list ?? [];
  const accept = options.accept.filter((id) => own.some((finding) => finding.id === id));
  const assumed = accept.length > 0 ? `, with ${listed(accept)} taken as repaired` : '';
  const entries = rows.map(({ text, scope }): Entry[] => [
    { text },
    { text: `${grouped(scope.states)} states`, right: true },
    { text: `${grouped(scope.moves)} moves`, right: true },
    { text: `depth ${scope.depth}`, right: true },
    ...(scope.complete ? [] : [{ text: 'not complete', paint: style.undecided }]),
  ]);
  return [
    ...wrapped(
      `Explored within --bounds ${options.bounds}: ${options.within[aspect]}${assumed}.`,
      INDENT,
    ),
    ...aligned(entries, INDENT.repeat(2)),
  ];
}
