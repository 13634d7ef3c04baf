/** What goes out: files are written whole or not at all. */
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

/** Writes `text` to a file, or prints it where no file is named, or the file is `-`. */
export function writeOut(path: string | undefined, text: string): void {
  if (path === undefined || path === '-') process.stdout.write(text);
  else writeWhole(path, text);
}

/** Colours are for people at a terminal who have not said no. */
export const usesColor = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
