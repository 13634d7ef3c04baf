/** Files of rows, one JSON object a line: written as they come, resumed, put in order, joined. */
import { ConfigError } from '../config/index.ts';

/** What rows of a file are of. */
export interface RowKind<Row> {
  /** What one row is of, and what all of them are of: `cell`, `grid`. */
  readonly one: string;
  readonly whole: string;
  readonly numberOf: (row: Row) => number;
  /** The row that a line's content is; null: it is none of these. */
  readonly read: (content: unknown) => Row | null;
}

/** A row as its line. The same row is the same bytes, wherever it was found. */
export const lineOf = (row: object): string => `${JSON.stringify(row)}\n`;

/** A whole file: rows in the order of their numbers. */
export const textOf = <Row extends object>(
  rows: readonly Row[],
  { numberOf }: RowKind<Row>,
): string =>
  [...rows]
    .sort((a, b) => numberOf(a) - numberOf(b))
    .map(lineOf)
    .join('');

/**
 * The finished rows of a file. What is written last may be half a line: it is left out.
 * @throws ConfigError for a line that is no row of this kind, and for one that stands there twice.
 */
export function rowsOf<Row>(text: string, file: string, kind: RowKind<Row>): Row[] {
  const seen = new Set<number>();
  const lines = text.split('\n');
  lines.pop();
  return lines.map((line, i) => {
    const place = { file, line: i + 1 };
    const row = kind.read(parsed(line));
    if (!row) {
      throw new ConfigError(
        place,
        `this is no row of this ${kind.whole}; name another file, or remove it`,
      );
    }
    const number = kind.numberOf(row);
    if (seen.has(number)) throw new ConfigError(place, `${kind.one} ${number} is there twice`);
    seen.add(number);
    return row;
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Numbers that an error names. */
const SOME = 5;

/**
 * The parts of a whole as one.
 * @param wanted the numbers that there have to be.
 * @throws ConfigError if a row is in two parts, or in none.
 */
export function merged<Row>(
  parts: readonly { readonly file: string; readonly text: string }[],
  kind: RowKind<Row>,
  wanted: readonly number[],
): Row[] {
  const from = new Map<number, string>();
  const rows = parts.flatMap(({ file, text }) => {
    const own = rowsOf(text, file, kind);
    for (const number of own.map(kind.numberOf)) {
      const other = from.get(number);
      if (other !== undefined) {
        throw new ConfigError(
          { file },
          `${kind.one} ${number} is also in ${other}; give each part once`,
        );
      }
      from.set(number, file);
    }
    return own;
  });
  const missing = wanted.filter((number) => !from.has(number));
  if (missing.length > 0) {
    const some = missing.slice(0, SOME).join(', ');
    throw new ConfigError(
      { file: parts.map(({ file }) => file).join(', ') },
      `${missing.length} of ${wanted.length} ${kind.one}s are missing (${some}${missing.length > SOME ? ', ...' : ''}); ` +
        'finish the parts they are in, or give all of them',
    );
  }
  return rows;
}
