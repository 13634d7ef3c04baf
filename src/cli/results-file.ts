/** results.json, coverage.json, tolerance.json and safety maps, as they were written. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { type Results, resultsSchema, type Tolerance, toleranceSchema } from '../check/index.ts';
import { ConfigError } from '../config/index.ts';
import { type CoverageReport, coverageSchema } from '../coverage/schema.ts';
import type { SweepRow } from '../sweep/cell.ts';
import { mapOf } from '../sweep/map-file.ts';

/**
 * Reads a results file.
 * @throws ConfigError if it cannot be read, or is none of this version.
 */
export const readResults = (file: string): Results =>
  fileOf(file, resultsSchema, 'results.json', 'holdfast check --json');

/**
 * Reads coverage.json.
 * @throws ConfigError if it cannot be read, or is none of this version.
 */
export const readCoverage = (file: string): CoverageReport =>
  fileOf(file, coverageSchema, 'coverage.json', 'npm run coverage');

/**
 * Reads tolerance.json.
 * @throws ConfigError if it cannot be read, or is none of this version.
 */
export const readTolerance = (file: string): Tolerance =>
  fileOf(file, toleranceSchema, 'tolerance.json', 'holdfast tolerance --json');

/**
 * Reads a safety map.
 * @throws ConfigError if it cannot be read, or a line of it is no row of one grid.
 */
export const readMap = (file: string): SweepRow[] => mapOf(textAt(file), file);

/** @param writer the command that writes such files. */
function fileOf<T>(file: string, schema: z.ZodType<T>, name: string, writer: string): T {
  const json = jsonOf(file, writer);
  const read = schema.safeParse(json);
  // As it is: the schema would put its fields in another order, and the page would differ.
  if (read.success) return json as T;
  const { path, message } = read.error.issues[0]!;
  const place = path.length > 0 ? `${path.join('.')}: ` : '';
  throw new ConfigError(
    { file },
    `this is not the ${name} of this version (${place}${message}); write it with ${writer}`,
  );
}

function jsonOf(file: string, writer: string): unknown {
  const text = textAt(file);
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError({ file }, `this is not JSON; write it with ${writer}`);
  }
}

/** @throws ConfigError if the file cannot be read. */
export function textAt(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new ConfigError({ file }, `it cannot be read (${code}); check the path`);
  }
}
