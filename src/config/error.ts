/** Where something stands: a file, and where known its line (from 1). */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/**
 * Configuration that cannot be used. The message is one sentence that starts with the place and
 * says what is wrong, the value, what was expected and what to do; the command line prints it and
 * ends with exit code 2.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** The file or folder as the caller named it. */
  readonly file: string;
  /** The line, from 1, where the trouble has one. */
  readonly line?: number;

  constructor(place: Place, sentence: string) {
    super(`${placeText(place)}: ${sentence}`);
    this.file = place.file;
    if (place.line !== undefined) this.line = place.line;
  }
}

/** `file:line`, or `file` alone: the form editors and terminals turn into a link. */
export function placeText({ file, line }: Place): string {
  return line === undefined ? printable(file) : `${printable(file)}:${line}`;
}

/** The longest piece of foreign text that an error repeats. */
const SHOWN = 80;

/** A foreign value between quotes, control characters escaped, cut to a readable length. */
export function quoted(value: string): string {
  const cut = value.length > SHOWN ? `${value.slice(0, SHOWN)}...` : value;
  return `"${printable(cut)}"`;
}

/** Control characters would let a file write to the terminal: they are shown as escapes. */
function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
