/** Equality of plain data, independent of the engine's identities. */

/** Are two plain values equal, whatever the order of their fields? */
export function isSame(x: unknown, y: unknown): boolean {
  if (Object.is(x, y)) return true;
  if (typeof x !== 'object' || typeof y !== 'object' || x === null || y === null) return false;
  if (Array.isArray(x) !== Array.isArray(y)) return false;
  const fields = Object.keys(x);
  if (fields.length !== Object.keys(y).length) return false;
  const [left, right] = [x, y] as Record<string, unknown>[];
  return fields.every((field) => Object.hasOwn(y, field) && isSame(left![field], right![field]));
}
