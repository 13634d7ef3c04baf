/**
 * The identity of plain values: equal values have equal keys, and only they.
 *
 * Keys of an object do not depend on the order of its fields, so that `{a, b}` and `{b, a}` are one
 * state. Values that JSON would drop or confuse (Set, Map, undefined, NaN, functions) are refused:
 * two different states must never get one identity.
 *
 * Every distinct object or list has a number, and the text by which it is found holds the numbers of
 * its parts, not their texts: it stays short, however deep the data.
 */
import { ModelError } from '../model/system.ts';

export class Identities {
  /** Text of an object or list, its parts by their keys -> its own key. */
  private readonly keys = new Map<string, string>();
  /** The same by texts whose fields are not in order: models build like objects in like order. */
  private readonly aliases = new Map<string, string>();
  private readonly quoted = new Map<string, string>();
  /** Keys of the objects that are kept. */
  private readonly known = new Map<object, string>();
  private readonly seen: object[] = [];
  private readonly seenKeys: string[] = [];
  private numbers = 0;

  /**
   * The key of a plain value, short.
   * @param where named in the error, e.g. 'node1'.
   * @throws ModelError for a value that is not plain data.
   */
  key(value: unknown, where: string): string {
    this.seen.length = 0;
    this.seenKeys.length = 0;
    return this.keyOf(value, where);
  }

  /**
   * The value whose key was asked for last will be kept: its parts need not be looked at again. They
   * are frozen, so that an action that changes data in place fails at once, instead of changing
   * thousands of states that share the data.
   */
  keep(): void {
    for (let i = 0; i < this.seen.length; i++) {
      this.known.set(Object.freeze(this.seen[i]!), this.seenKeys[i]!);
    }
  }

  private keyOf(value: unknown, where: string): string {
    switch (typeof value) {
      case 'boolean':
        return value ? 'true' : 'false';
      case 'string':
        return this.quote(value);
      case 'number':
        if (!Number.isFinite(value)) break;
        return Object.is(value, -0) ? '0' : String(value);
      case 'object': {
        if (value === null) return 'null';
        const key = this.known.get(value);
        if (key !== undefined) return key;
        if (Array.isArray(value)) return this.note(value, this.keyOfList(value, where));
        const prototype = Object.getPrototypeOf(value);
        if (prototype !== Object.prototype && prototype !== null) break;
        return this.note(value, this.keyOfRecord(value as Record<string, unknown>, where));
      }
    }
    const shown = typeof value === 'object' ? value?.constructor?.name : String(value);
    throw new ModelError(
      `${where} holds ${shown}, which is not plain data: use null, booleans, finite numbers, strings, arrays and plain objects.`,
    );
  }

  private keyOfList(list: readonly unknown[], where: string): string {
    let text = '[';
    for (let i = 0; i < list.length; i++) text += (i === 0 ? '' : ',') + this.keyOf(list[i], where);
    return this.number(text);
  }

  private keyOfRecord(record: Record<string, unknown>, where: string): string {
    const fields = Object.keys(record);
    const text = this.textOf(record, fields, where);
    const alias = this.aliases.get(text);
    if (alias !== undefined) return alias;
    const key = this.number(this.textOf(record, fields.sort(), where));
    this.aliases.set(text, key);
    return key;
  }

  private textOf(
    record: Record<string, unknown>,
    fields: readonly string[],
    where: string,
  ): string {
    let text = '{';
    for (const field of fields) text += `${this.quote(field)}:${this.keyOf(record[field], where)},`;
    return text;
  }

  private number(text: string): string {
    let key = this.keys.get(text);
    if (key === undefined) {
      key = `#${this.numbers++}`;
      this.keys.set(text, key);
    }
    return key;
  }

  private note(value: object, key: string): string {
    this.seen.push(value);
    this.seenKeys.push(key);
    return key;
  }

  private quote(text: string): string {
    let quoted = this.quoted.get(text);
    if (quoted === undefined) {
      quoted = JSON.stringify(text);
      this.quoted.set(text, quoted);
    }
    return quoted;
  }
}
