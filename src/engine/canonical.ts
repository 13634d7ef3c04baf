/**
 * One text per plain value: the identity of local states, events and views.
 *
 * Keys are sorted, so that `{a, b}` and `{b, a}` are one state. Values that JSON would drop or
 * confuse (Set, Map, undefined, NaN, functions) are refused: two different states must
 * never get one identity.
 */
import { ModelError } from '../model/system.ts';

/**
 * Texts of objects met before: snapshots share most of their parts with the snapshot before. Each is
 * frozen, so that an action that changes data in place fails at once, instead of changing thousands
 * of states that share the data.
 */
const known = new WeakMap<object, string>();

/**
 * The canonical text of a plain value, which is frozen through and through.
 * @param where named in the error, e.g. 'node1'.
 * @throws ModelError for a value that is not plain data.
 */
export function canonical(value: unknown, where: string): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'string':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) break;
      return Object.is(value, -0) ? '0' : String(value);
    case 'object': {
      const text = known.get(value) ?? canonicalObject(value, where);
      if (text === null) break;
      known.set(Object.freeze(value), text);
      return text;
    }
  }
  const shown = typeof value === 'object' ? value?.constructor?.name : String(value);
  throw new ModelError(
    `${where} holds ${shown}, which is not plain data: use null, booleans, finite numbers, strings, arrays and plain objects.`,
  );
}

function canonicalObject(value: object, where: string): string | null {
  if (Array.isArray(value)) {
    let text = '[';
    for (let i = 0; i < value.length; i++) {
      text += (i === 0 ? '' : ',') + canonical(value[i], where);
    }
    return `${text}]`;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return null;
  const record = value as Record<string, unknown>;
  let text = '{';
  for (const key of Object.keys(record).sort()) {
    text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${canonical(record[key], where)}`;
  }
  return `${text}}`;
}
