/** Small integers for values: equal values get the same one, in the order of first sight. */
import type { Identities } from './identities.ts';

export class Interner<T> {
  private readonly ids = new Map<string, number>();
  private readonly values: T[] = [];
  private readonly identities: Identities;
  private readonly where: string;

  /** @param where named in errors about values that are not plain data. */
  constructor(identities: Identities, where: string) {
    this.identities = identities;
    this.where = where;
  }

  get size(): number {
    return this.values.length;
  }

  /** The id of `value`; `identity` is what is compared, where it is not the value itself. */
  id(value: T, identity: unknown = value): number {
    const key = this.identities.key(identity, this.where);
    let id = this.ids.get(key);
    if (id === undefined) {
      this.identities.keep();
      id = this.values.length;
      this.ids.set(key, id);
      this.values.push(value);
    }
    return id;
  }

  /** The value that was seen first under `id`. */
  at(id: number): T {
    return this.values[id]!;
  }
}
