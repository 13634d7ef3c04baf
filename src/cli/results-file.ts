/** results.json, as `holdfast check --json` wrote it. */
import { readFileSync } from 'node:fs';
import { type Results, resultsSchema } from '../check/index.ts';
import { ConfigError } from '../config/index.ts';

/**
 * Reads a results file.
 * @throws ConfigError if it cannot be read, or is none of this version.
 */
export function readResults(file: string): Results {
  const json = jsonOf(file);
  const read = resultsSchema.safeParse(json);
  // As it is: the schema would put its fields in another order, and the page would differ.
  if (read.success) return json as Results;
  const { path, message } = read.error.issues[0]!;
  const place = path.length > 0 ? `${path.join('.')}: ` : '';
  throw new ConfigError(
    { file },
    `this is not the results.json of this version (${place}${message}); write it with holdfast check --json`,
  );
}

function jsonOf(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new ConfigError({ file }, `it cannot be read (${code}); check the path`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError({ file }, 'this is not JSON; write it with holdfast check --json');
  }
}
