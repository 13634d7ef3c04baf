/** Files of rows, one JSON object a line: written as they come, resumed, put in order, joined. */
import { ConfigError } from '../config/index.ts';
import type { SweepRow } from './cell.ts';
import type { SweepCell } from './grid.ts';

/** A row as its line. The same row is the same bytes, wherever it was found. */
export const lineOf = (row: SweepRow): string => `${JSON.stringify(row)}\n`;

/** A whole file: rows in the order of the cells. */
export const textOf = (rows: readonly SweepRow[]): string =>
  [...rows]
    .sort((a, b) => a.cell - b.cell)
    .map(lineOf)
    .join('');

/**
 * The finished rows of a file. What is written last may be half a line: it is left out.
 * @throws ConfigError for a line that is no row of these cells, and for a cell that stands there twice.
 */
export function rowsOf(text: string, file: string, cells: readonly SweepCell[]): SweepRow[] {
  const wanted = new Map(cells.map((cell) => [cell.cell, cell]));
  const seen = new Set<number>();
  const lines = text.split('\n');
  lines.pop();
  return lines.map((line, i) => {
    const place = { file, line: i + 1 };
    const row = parsed(line);
    const cell = row && wanted.get(row.cell);
    if (!row || !cell || !isOf(row, cell)) {
      throw new ConfigError(place, 'this is no row of this grid; name another file, or remove it');
    }
    if (seen.has(row.cell)) throw new ConfigError(place, `cell ${row.cell} is there twice`);
    seen.add(row.cell);
    return row;
  });
}

function parsed(line: string): SweepRow | null {
  try {
    const row = JSON.parse(line) as SweepRow | null;
    return typeof row === 'object' && row !== null && 'verdicts' in row ? row : null;
  } catch {
    return null;
  }
}

const isOf = (row: SweepRow, cell: SweepCell): boolean =>
  (Object.keys(cell) as (keyof SweepCell)[]).every(
    (key) => JSON.stringify(row[key]) === JSON.stringify(cell[key]),
  );

/**
 * The parts of a grid as one.
 * @throws ConfigError if a cell is in two parts, or in none.
 */
export function merged(
  parts: readonly { readonly file: string; readonly text: string }[],
  cells: readonly SweepCell[],
): SweepRow[] {
  const from = new Map<number, string>();
  const rows = parts.flatMap(({ file, text }) => {
    const own = rowsOf(text, file, cells);
    for (const { cell } of own) {
      const other = from.get(cell);
      if (other !== undefined) {
        throw new ConfigError({ file }, `cell ${cell} is also in ${other}; give each part once`);
      }
      from.set(cell, file);
    }
    return own;
  });
  const missing = cells.filter(({ cell }) => !from.has(cell));
  if (missing.length > 0) {
    const some = missing.slice(0, 5).map(({ cell }) => cell);
    throw new ConfigError(
      { file: parts.map(({ file }) => file).join(', ') },
      `${missing.length} of ${cells.length} cells are missing (${some.join(', ')}${missing.length > 5 ? ', ...' : ''}); ` +
        'finish the parts they are in, or give all of them',
    );
  }
  return rows;
}
