/**
 * Scenario files: commands and what came of them, with a story in the comments.
 *
 *     # The story.
 *     crash b1
 *     ----
 *     b1 crashes; its log stays on its disk.
 *
 * A command may go on over several lines up to `----`; what came of it ends at an empty line. A
 * command without `----` has not been played yet.
 */

/** A part of a file: text as it stands, or a command. */
export type Part =
  | { readonly kind: 'text'; readonly line: string }
  | {
      readonly kind: 'command';
      /** Line of the file it begins in, counted from one. */
      readonly at: number;
      readonly lines: readonly string[];
      readonly output: readonly string[];
    };
export type Command = Extract<Part, { kind: 'command' }>;

const DIVIDER = '----';

export function parseScript(text: string): Part[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const parts: Part[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i]!;
    if (line.trim() === '' || line.startsWith('#')) {
      parts.push({ kind: 'text', line });
      i++;
      continue;
    }
    const at = i + 1;
    const command = until(lines, i, (next) => next === DIVIDER || next.trim() === '');
    i += command.length;
    const isPlayed = lines[i] === DIVIDER;
    const output = isPlayed ? until(lines, i + 1, (next) => next.trim() === '') : [];
    if (isPlayed) i += 1 + output.length;
    parts.push({ kind: 'command', at, lines: command, output });
  }
  return parts;
}

/** The lines from `start` up to the first that ends them. */
function until(lines: readonly string[], start: number, ends: (line: string) => boolean): string[] {
  const end = lines.findIndex((line, i) => i >= start && ends(line));
  return lines.slice(start, end < 0 ? lines.length : end);
}

/** The file of `parts`. */
export const renderScript = (parts: readonly Part[]): string =>
  `${parts
    .flatMap((part) =>
      part.kind === 'text' ? [part.line] : [...part.lines, DIVIDER, ...part.output],
    )
    .join('\n')}\n`;
