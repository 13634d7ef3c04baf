/** Rows of an experiment, and summaries of them, as CSV (RFC 4180), a heading line first. */
import { stringify } from 'csv-stringify/sync';
import type { ExperimentRow } from './row.ts';
import type { Group } from './statistics.ts';

export type CsvValue = string | number | boolean | null;

/** Lines below a heading line; null is an empty field. */
export const csvOf = (
  columns: readonly string[],
  lines: readonly (readonly CsvValue[])[],
): string =>
  stringify([columns, ...lines], {
    record_delimiter: 'windows',
    // By itself it quotes only the line ends that it writes.
    quoted_match: /[\r\n]/,
    // A text that a spreadsheet would take for a formula begins with an apostrophe.
    escape_formulas: true,
    cast: { boolean: String },
  });

/**
 * One line a run: what it is of (`settings.workers`), then every number of its result, by its path
 * (`result.output.phases.reload`). Where a run has no such recovery, its fields are empty.
 */
export function rowsCsv(rows: readonly ExperimentRow[]): string {
  const lines = rows.map(lineOf);
  const columns = [...new Set(lines.flatMap((line) => [...line.keys()]))];
  return csvOf(
    columns,
    lines.map((line) => columns.map((column) => line.get(column) ?? null)),
  );
}

/** One line a group. */
export function summaryCsv(groups: readonly Group[]): string {
  const by = Object.keys(groups[0]?.key ?? {});
  const figures = ['n', 'missing', 'mean', 'low', 'high', 'p50', 'p95'] as const;
  return csvOf(
    [...by, ...figures],
    groups.map((group) => [
      ...by.map((name) => group.key[name] ?? null),
      ...figures.map((name) => group[name]),
    ]),
  );
}

/** Fields for the phases of every recovery, so that all lines have the same. */
const NO_WRITES = { total: null, phases: { detect: null, elect: null, resume: null } };
const NO_OUTPUT = {
  total: null,
  phases: { detect: null, reschedule: null, reload: null, rerun: null, catchUp: null },
};

function lineOf({ result, ...row }: ExperimentRow): Map<string, CsvValue> {
  const { writes, output } = result;
  return new Map(
    fieldsOf({
      ...row,
      result: { ...result, writes: writes ?? NO_WRITES, output: output ?? NO_OUTPUT },
    }),
  );
}

/** Members of members, by their paths. */
function fieldsOf(value: object, before = ''): [path: string, value: CsvValue][] {
  return Object.entries(value).flatMap(([name, member]): [string, CsvValue][] =>
    typeof member === 'object' && member !== null
      ? fieldsOf(member, `${before}${name}.`)
      : [[`${before}${name}`, member]],
  );
}
