import { ConfigError } from './error.ts';
import { type Files, missing } from './files.ts';

/** The largest file that is read; real configuration is a thousandth of it. */
const LARGEST = 5 * 1024 * 1024;

/**
 * The text of a configuration file. Valid UTF-8 is read as that; anything else as Latin-1 where
 * `latin1` is set (what Java does with `.properties`) and is refused elsewhere. Throws ConfigError
 * for a file that is missing, unreadable, not a regular file, over 5 MiB, or binary.
 */
export function readText(from: Files, file: string, latin1 = false): string {
  const bytes = readBytes(from, file);
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

function readBytes(from: Files, file: string): Uint8Array {
  const kind = from.kind(file);
  if (kind === 'missing') throw missing(file);
  if (kind !== 'file') {
    throw new ConfigError({ file }, 'this is not a regular file; give a file');
  }
  return from.read(file, LARGEST);
}
