/** A lane for each component that takes part; a channel has none. */
import { changesOf } from './changes.ts';
import { type Lane, SIZE } from './drawing.ts';
import type { Run } from './run.ts';
import { LABEL_CHARACTER } from './words.ts';

/** Widths of a lane; a longer name makes it wider still. */
const NARROWEST = 76;
const WIDEST = 132;
/** What a stimulus carries is shown if it is no longer than this. */
export const LONGEST_PAYLOAD = 28;
/** Between the notes of neighbouring lanes, and between a note's border and its text. */
export const BETWEEN = 10;

export interface Lanes {
  readonly list: readonly Lane[];
  readonly at: ReadonlyMap<string, number>;
  /** Where the last one ends. */
  readonly right: number;
}

/** In the order of the system; those that nothing happens to are left out. */
export function lanesOf({ components, steps }: Pick<Run, 'components' | 'steps'>): Lanes {
  const kinds = new Map(components.map(({ name, kind }) => [name, kind]));
  const active = new Set(
    steps.flatMap(({ stimulus, messages, changed }) => [
      stimulus.component,
      ...messages.flatMap(({ from, to }) => [from, to]),
      ...Object.keys(changed),
    ]),
  );
  const known = components.map(({ name }) => name);
  const all = [...known, ...[...active].filter((name) => !kinds.has(name))];
  const shown = all.filter((name) => active.has(name) && kinds.get(name) !== 'channel');
  const ordered = [
    ...shown.filter((name) => kinds.get(name) !== 'ghost'),
    ...shown.filter((name) => kinds.get(name) === 'ghost'),
  ];
  const left = SIZE.number + SIZE.story + 2 * SIZE.padding;
  let right = left;
  const list = ordered.map((name): Lane => {
    const width = widthFor(name, steps);
    right += width;
    return { name, x: right - width / 2, width, isGhost: kinds.get(name) === 'ghost' };
  });
  const at = new Map(list.map(({ name, x }) => [name, x]));
  return { list, at, right: Math.max(right, left + longestLabel(steps)) };
}

/** No label is wider than this, whatever it says beside the type. */
function longestLabel(steps: Run['steps']): number {
  const types = steps.flatMap(({ stimulus, messages }) => [
    stimulus.type,
    ...messages.map(({ type }) => type),
  ]);
  const longest = Math.max(0, ...types.map((type) => type.length));
  return (longest + LONGEST_PAYLOAD + 2) * LABEL_CHARACTER;
}

/** Wide enough for the name, and for most of what changes. */
function widthFor(name: string, steps: Run['steps']): number {
  const notes = steps.flatMap(({ changed }) => (changed[name] ? changesOf(changed[name]) : []));
  const widest = (texts: readonly string[]): number =>
    Math.max(0, ...texts.map(({ length }) => length)) * LABEL_CHARACTER + 2 * BETWEEN + 1;
  const wanted = Math.min(WIDEST, widest(notes));
  return Math.ceil(Math.max(NARROWEST, wanted, widest([name])));
}
