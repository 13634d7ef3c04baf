/** A safety map read for what shows it, without the grid that it was made of. */
import { z } from 'zod';
import { ConfigError } from '../config/index.ts';
import type { SweepRow } from './cell.ts';
import { cellSchema } from './grid.ts';

const rowSchema = cellSchema.extend({
  refused: z.string().optional(),
  verdicts: z.record(
    z.string(),
    z.strictObject({
      verdict: z.enum(['holds', 'broken', 'undecided']),
      length: z.int().min(0).optional(),
    }),
  ),
});

/** What all rows of one grid have in common. */
const gridPart = ({ kafka, bounds, maxStates, accept, settings }: SweepRow): string =>
  JSON.stringify([kafka, bounds, maxStates, accept, Object.keys(settings)]);

/**
 * The rows of a safety map in the order of their cells; one that a sweep is still writing may lack some.
 * @throws ConfigError naming the line that is no row, stands there twice, or is of another grid.
 */
export function mapOf(text: string, file: string): SweepRow[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) {
    throw new ConfigError({ file }, 'it has no row; write it with holdfast sweep -o');
  }
  const rows = lines.map((line, i) => rowAt(line, { file, line: i + 1 }));
  const lineOf = new Map<number, number>();
  for (const [i, row] of rows.entries()) {
    const place = { file, line: i + 1 };
    const other = lineOf.get(row.cell);
    if (other !== undefined) {
      throw new ConfigError(place, `cell ${row.cell} is also in line ${other}; remove one of them`);
    }
    lineOf.set(row.cell, i + 1);
    if (gridPart(row) !== gridPart(rows[0]!)) {
      throw new ConfigError(place, 'this row is of another grid than line 1; give one map');
    }
  }
  return rows.sort((a, b) => a.cell - b.cell);
}

function rowAt(line: string, place: { readonly file: string; readonly line: number }): SweepRow {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new ConfigError(place, 'this is not JSON; write the map with holdfast sweep -o');
  }
  const read = rowSchema.safeParse(json);
  if (read.success) return json as SweepRow;
  const { path, message } = read.error.issues[0]!;
  const where = path.length > 0 ? `${path.join('.')}: ` : '';
  throw new ConfigError(
    place,
    `this is no row of a safety map (${where}${message}); write it with holdfast sweep -o`,
  );
}
