/** Plain text in columns, for people: wrapping, grouping of thousands, lists. */

/** Reports fit this many columns; only what must be copied whole may be wider. */
export const WIDTH = 100;

/** `1234567` as `1,234,567`, whatever the locale. */
export const grouped = (count: number): string => count.toLocaleString('en-US');

/** `1 step`, `2 steps` */
export const counted = (count: number, noun: string): string =>
  `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

/** `a`, `a and b`, `a, b and c` */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/**
 * Breaks `text` at spaces into lines of at most WIDTH columns.
 * @param first what the first line begins with; further lines begin with as many spaces.
 */
export function wrapped(text: string, first = ''): string[] {
  const indent = ' '.repeat(first.length);
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    const next = isEmpty ? line + word : `${line} ${word}`;
    if (next.length > WIDTH && !isEmpty) {
      lines.push(line);
      line = indent + word;
    } else line = next;
    isEmpty = false;
  }
  return [...lines, line];
}

/** The steps of a run, counted from one: its sentences, wrapped. */
export function numbered(steps: readonly (readonly string[])[], indent = ''): string[] {
  const width = String(steps.length).length;
  return steps.flatMap((says, i) =>
    wrapped(says.join(' '), `${indent}${String(i + 1).padStart(width)}. `),
  );
}

/** A word of a table, with how to colour it: the colour is put on after the padding. */
export interface Entry {
  readonly text: string;
  readonly paint?: (text: string) => string;
  /** Right-aligned. */
  readonly right?: boolean;
}

/** Rows of entries as lines, each column as wide as its widest entry, two spaces apart. */
export function aligned(rows: readonly (readonly Entry[])[], indent: string): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.text.length ?? 0)),
  );
  return rows.map((row) => {
    const cells = row.map(({ text, paint = (same) => same, right }, column) => {
      const room = ' '.repeat(widths[column]! - text.length);
      // Colour codes around nothing would keep the line's end from being trimmed.
      if (text === '') return room;
      return right ? room + paint(text) : paint(text) + room;
    });
    return (indent + cells.join('  ')).trimEnd();
  });
}
