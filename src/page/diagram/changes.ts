/** What a step changed in a component, in a few short lines: only what is new. */
import type { Step } from './run.ts';

type Changed = Step['changed'][string];
type Plain = Changed[string][0];

/** The field that stands for the finite state. */
const STATE = '(state)';
/** What is longer than this is named, not shown: it stands in full below the diagram. */
const LONGEST = 56;

/** One line for each value that changed. */
export function changesOf(changed: Changed): string[] {
  const leaves = Object.entries(changed).flatMap(([field, [before, after]]) =>
    leavesOf([field], before, after),
  );
  const nameOf = shortNames(leaves.map(({ path }) => path));
  return leaves.flatMap((leaf) => linesFor(leaf, nameOf(leaf.path)));
}

/** A value that changed, and the names that lead to it. */
interface Leaf {
  readonly path: readonly string[];
  readonly before: Plain;
  readonly after: Plain;
  readonly isGone: boolean;
}

function leavesOf(path: readonly string[], before: Plain, after: Plain): Leaf[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [{ path, before, after, isGone: false }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => {
    const [within, was] = [[...path, key], before[key] ?? null];
    if (!(key in after)) return [{ path: within, before: was, after: null, isGone: true }];
    return leavesOf(within, was, after[key] ?? null);
  });
}

/** The innermost name says enough, unless another value has the same. */
function shortNames(paths: readonly (readonly string[])[]): (path: readonly string[]) => string {
  const isShared = (name: string | undefined): boolean =>
    paths.filter((path) => path.at(-1) === name).length > 1;
  return (path) => path.slice(isShared(path.at(-1)) ? -2 : -1).join('.');
}

function linesFor({ path, before, after, isGone }: Leaf, name: string): string[] {
  if (path[0] === STATE) return [`is ${plainText(after)}`];
  if (isGone) return [`${name} is gone`];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (beginsWith(after, before)) return added(name, after.slice(before.length));
    if (beginsWith(before, after)) return removed(name, before.slice(after.length));
  }
  return [shown(`${name} `, after)];
}

const added = (name: string, items: readonly Plain[]): string[] =>
  items.map((item) => shown(`${name} + `, item));

const removed = (name: string, items: readonly Plain[]): string[] =>
  items.map((item) => shown(`${name} − `, item));

function shown(lead: string, value: Plain): string {
  const line = lead + plainText(value);
  return line.length <= LONGEST ? line : `${lead.trimEnd()} changes`;
}

/** A value without the marks of JSON: `{b1, b2}` for a list, `epoch 2, value 0` for fields. */
export function plainText(value: Plain): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return `{${value.map(plainText).join(', ')}}`;
  if (isRecord(value)) {
    const fields = Object.entries(value).map(
      ([key, inner]) => `${key} ${plainText(inner ?? null)}`,
    );
    return fields.length > 0 ? fields.join(', ') : '{}';
  }
  return String(value);
}

const isRecord = (value: Plain): value is { [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const beginsWith = (list: readonly Plain[], start: readonly Plain[]): boolean =>
  list.length > start.length &&
  start.every((item, i) => JSON.stringify(item) === JSON.stringify(list[i]));
