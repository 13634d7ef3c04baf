/**
 * Where configuration is read from: a disk, or texts in memory. Paths are `/`-separated; folders and
 * files are named as the caller named them, so that every place in a message can be found again.
 */
import { isAbsolute, join } from 'pathe';
import { ConfigError } from './error.ts';

/** What lies at a path; `other`: a device, a socket, a pipe. */
export type PathKind = 'file' | 'folder' | 'other' | 'missing';

/** A place that holds configuration files. Each method throws ConfigError where it cannot answer. */
export interface Files {
  readonly kind: (path: string) => PathKind;
  /** All entries of a folder, in any order. */
  readonly list: (folder: string) => readonly string[];
  /** The content of a file, of which at most `most` bytes are wanted; a larger one is refused. */
  readonly read: (file: string, most: number) => Uint8Array;
  /** One text for a file, whatever path leads to it: no file is read twice. */
  readonly identity: (path: string) => string;
  /** The path from the root. */
  readonly absolute: (path: string) => string;
}

/** The sentence for what is not there. */
export const missing = (file: string): ConfigError =>
  new ConfigError({ file }, 'there is no such file or folder; check the path');

/** The sentence for a file that is too large to be configuration. */
export const tooLarge = (file: string, size: number, most: number): ConfigError =>
  new ConfigError(
    { file },
    `the file has ${size} bytes and at most ${most} (${most / 2 ** 20} MiB) are read; ` +
      'give only the configuration',
  );

/** Files in memory: path -> content. Folders are there because files lie in them. */
export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): Files {
  const files = new Map<string, Uint8Array>();
  const folders = new Map<string, Set<string>>([['/', new Set()]]);
  const absolute = (path: string): string =>
    (isAbsolute(path) ? join(path) : join('/', path)).replace(/(.)\/$/, '$1');
  for (const [path, content] of Object.entries(contents)) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    files.set(absolute(path), bytes);
    let folder = '/';
    for (const part of absolute(path).split('/').slice(1)) {
      const inside = folders.get(folder) ?? new Set();
      folders.set(folder, inside.add(part));
      folder = join(folder, part);
    }
  }
  const found = <T>(from: ReadonlyMap<string, T>, path: string): T => {
    const value = from.get(absolute(path));
    if (value === undefined) throw missing(path);
    return value;
  };
  return {
    kind: (path) => {
      if (files.has(absolute(path))) return 'file';
      return folders.has(absolute(path)) ? 'folder' : 'missing';
    },
    list: (folder) => [...found(folders, folder)],
    read: (file, most) => {
      const bytes = found(files, file);
      if (bytes.length > most) throw tooLarge(file, bytes.length, most);
      return bytes;
    },
    identity: absolute,
    absolute,
  };
}
