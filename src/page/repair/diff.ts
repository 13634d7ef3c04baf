/** A repair as a diff: one that `patch -p0` takes, too. */
import type { Repair } from '../../check/index.ts';

type Edit = NonNullable<Repair['edits']>[number];

/** A line of a diff: a file's name, a place, or a line that goes or comes. */
export interface DiffLine {
  readonly kind: 'file' | 'place' | 'gone' | 'come';
  readonly text: string;
}

/** The changed lines file by file, without any around them. */
export function diffOf(edits: readonly Edit[]): DiffLine[] {
  const files = [...new Set(edits.map(({ file }) => file))];
  return files.flatMap((file) => [
    { kind: 'file', text: `--- ${file}` },
    { kind: 'file', text: `+++ ${file}` },
    ...hunks(edits.filter((edit) => edit.file === file)),
  ]);
}

/** From the top of the file down; of one line, what is put behind it comes after its change. */
function hunks(edits: readonly Edit[]): DiffLine[] {
  const unique = [...new Map(edits.map((edit) => [JSON.stringify(edit), edit])).values()];
  const order = unique.sort(
    (a, b) => a.line - b.line || Number(a.before === null) - Number(b.before === null),
  );
  let added = 0;
  return order.flatMap(({ line, before, after }): DiffLine[] => {
    const gone = before === null ? [] : [before];
    const come = after.split('\n');
    const old = before === null ? `-${line},0` : `-${line}`;
    const begins = line + added + (before === null ? 1 : 0);
    const now = come.length === 1 ? `+${begins}` : `+${begins},${come.length}`;
    added += come.length - gone.length;
    return [
      { kind: 'place', text: `@@ ${old} ${now} @@` },
      ...gone.map((text): DiffLine => ({ kind: 'gone', text: `-${text}` })),
      ...come.map((text): DiffLine => ({ kind: 'come', text: `+${text}` })),
    ];
  });
}

export const diffText = (lines: readonly DiffLine[]): string =>
  lines.map(({ text }) => text).join('\n');
