/** Files are written whole or not at all. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** A file that cannot be written: one sentence. */
export class OutputError extends Error {
  override name = 'OutputError';
}

/**
 * Writes beside `path` and renames.
 * @throws OutputError if that is not possible; nothing is left behind then.
 */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new OutputError(`${path}: cannot be written (${code}); name a file in a folder you own.`);
  }
}
