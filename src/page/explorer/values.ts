/** Data of a component as text, and field by field. */
import type { Plain } from '../../model/index.ts';
import type { Field } from './place.ts';

/** A leaf of a component's data, with what it was before where that is known to differ. */
export interface Leaf {
  /** The component's field. */
  readonly field: string;
  /** The way to the leaf inside of it; empty where the field is no record. */
  readonly path: readonly string[];
  readonly now: string;
  readonly was?: string;
}

/** A plain value in short: `{leader: b1, isr: [b1, b2]}`. */
export function textOf(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, inner]) => `${name}: ${textOf(inner)}`);
    return `{${fields.join(', ')}}`;
  }
  return value === '' ? '""' : String(value);
}

const isRecord = (value: Plain | undefined): value is { [key: string]: Plain } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length > 0;

/** The fields of a component, records among them taken apart. */
export function leavesOf(fields: readonly Field[]): Leaf[] {
  return fields.flatMap((field) =>
    'was' in field
      ? changedLeaves(field.name, [], field.was, field.value)
      : leaves(field.name, [], field.value),
  );
}

function leaves(field: string, path: readonly string[], now: Plain): Leaf[] {
  if (!isRecord(now)) return [{ field, path, now: textOf(now) }];
  return Object.entries(now).flatMap(([name, inner]) => leaves(field, [...path, name], inner));
}

function changedLeaves(
  field: string,
  path: readonly string[],
  was: Plain | undefined,
  now: Plain | undefined,
): Leaf[] {
  if (isRecord(was) && isRecord(now)) {
    const names = [...new Set([...Object.keys(was), ...Object.keys(now)])];
    return names.flatMap((name) => changedLeaves(field, [...path, name], was[name], now[name]));
  }
  const [before, after] = [was, now].map((value) => (value === undefined ? '' : textOf(value)));
  if (before === after) return leaves(field, path, now ?? null);
  return [{ field, path, now: after!, was: before! }];
}
