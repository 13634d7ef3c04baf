import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './error.ts';

/** The largest file that is read; real configuration is a thousandth of it. */
const LARGEST = 5 * 1024 * 1024;

/**
 * The text of a configuration file. Valid UTF-8 is read as that; anything else as Latin-1 where
 * `latin1` is set (what Java does with `.properties`) and is refused elsewhere. Throws ConfigError
 * for a file that is missing, unreadable, not a regular file, over 5 MiB, or binary.
 */
export function readText(file: string, latin1 = false): string {
  const bytes = readBytes(file);
  if (bytes.includes(0)) {
    throw new ConfigError({ file }, 'this is a binary file; give a text file of configuration');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    if (latin1) return new TextDecoder('latin1').decode(bytes);
    throw new ConfigError({ file }, 'this is not UTF-8 text; save it as UTF-8');
  }
}

function readBytes(file: string): Buffer {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) throw new ConfigError({ file }, 'this is not a regular file; give a file');
    if (stat.size > LARGEST) {
      throw new ConfigError(
        { file },
        `the file has ${stat.size} bytes and at most ${LARGEST} (5 MiB) are read; ` +
          'give only the configuration',
      );
    }
    return readFileSync(file);
  } catch (error) {
    throw error instanceof ConfigError ? error : unreadable(file, error);
  }
}

/** The sentence for a file or folder that the system does not let us read. */
export function unreadable(file: string, error: unknown): ConfigError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ConfigError({ file }, 'there is no such file or folder; check the path');
  }
  return new ConfigError({ file }, `it cannot be read (${code}); check its permissions`);
}
