/** What goes out: files are written whole or not at all. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file that cannot be written: one sentence. */
export class OutputError extends Error {
  override name = 'OutputError';
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

const unwritable = (path: string, code: string): OutputError =>
  new OutputError(`${path}: cannot be written (${code}); name a file in a folder you own.`);

const unmakable = (folder: string, code: string): OutputError =>
  new OutputError(`${folder}: cannot be made (${code}); name a folder you own.`);

const draftOf = (path: string): string => `${path}.${process.pid}.tmp`;

/**
 * Writes beside `path` and renames.
 * @throws OutputError if that is not possible; nothing is left behind then.
 */
export function writeWhole(path: string, text: string): void {
  const draft = draftOf(path);
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw unwritable(path, codeOf(error));
  }
}

/** Writes `text` to a file, or prints it where no file is named, or the file is `-`. */
export function writeOut(path: string | undefined, text: string): void {
  if (path === undefined || path === '-') process.stdout.write(text);
  else writeWhole(path, text);
}

/**
 * Asked before what takes long, lest it be done for nothing; `-` and nothing are no file.
 * @throws OutputError if `path` will not be written.
 */
export function refuseUnwritable(path: string | undefined): void {
  if (path === undefined || path === '-') return;
  if (existsSync(path) && statSync(path).isDirectory()) throw unwritable(path, 'EISDIR');
  const code = obstacle(path);
  if (code !== null) throw unwritable(path, code);
}

/** The same of a folder, which may not be there yet. */
export function refuseUnmakable(folder: string | undefined): void {
  if (folder === undefined) return;
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  const code = obstacle(join(there, 'figure'));
  if (code !== null) throw unmakable(folder, code);
}

/** Why no file can be made at `path`; null: it can. */
function obstacle(path: string): string | null {
  const draft = draftOf(path);
  try {
    writeFileSync(draft, '');
    rmSync(draft);
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** With all that it is in. Node makes one under /proc for ever, so it is not asked to. */
export function makeFolder(folder: string): void {
  refuseUnmakable(folder);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw unmakable(folder, codeOf(error));
  }
}

/** Colours are for people at a terminal who have not said no. */
export const usesColor = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
