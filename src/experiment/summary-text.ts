/** Tables and reading of an experiment as plain text, and as Markdown. */
import { aligned } from '../report/text.ts';
import type { TableTold } from './told.ts';

const NUMBER = /^(–|[\d,.]+( (of|to) [\d,.]+| s)?)?$/;
const isNumber = (text: string): boolean => text !== '' && NUMBER.test(text);

const textOf = (entry: string | number | null): string => (entry === null ? '' : String(entry));

/** A column is set to the right if there is nothing in it but numbers. */
function rightOf({ columns, rows }: TableTold): boolean[] {
  return columns.map(
    (_, at) => at > 0 && rows.every((row) => textOf(row[at]!) === '' || isNumber(textOf(row[at]!))),
  );
}

/** Its title, and its lines below. */
export function tableLines(table: TableTold): string[] {
  const right = rightOf(table);
  const entries = [table.columns, ...table.rows].map((row) =>
    row.map((entry, at) => ({ text: textOf(entry), right: right[at]! })),
  );
  return [table.title, ...aligned(entries, '  ')];
}

export const tablesText = (tables: readonly TableTold[]): string =>
  tables.map((table) => `${tableLines(table).join('\n')}\n`).join('\n');

export interface Document {
  readonly title: string;
  readonly command: string;
  readonly notes: readonly string[];
  readonly tables: readonly TableTold[];
  readonly reading: readonly string[];
}

export function markdownOf({ title, command, notes, tables, reading }: Document): string {
  const sections = [
    [`## ${escaped(title)}`],
    ['```sh', command, '```'],
    notes.map((note) => `- ${escaped(note)}`),
    ...tables.flatMap((table) => [[`### ${escaped(table.title)}`], tableOf(table)]),
    ...(reading.length > 0 ? [['### What the numbers say']] : []),
    ...reading.map((paragraph) => [escaped(paragraph)]),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function tableOf(table: TableTold): string[] {
  const right = rightOf(table);
  const line = (entries: readonly string[]): string => `| ${entries.join(' | ')} |`;
  return [
    line(table.columns.map(escaped)),
    line(right.map((isRight) => (isRight ? '--:' : '---'))),
    ...table.rows.map((row) => line(row.map((entry) => escaped(textOf(entry))))),
  ];
}

const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>|#]/g, (mark) => `\\${mark}`);
