/** A projection of one component, computed once per local state. */
import type { Local, Plain } from '../model/system.ts';
import type { Actor } from './actor.ts';
import { Interner } from './interner.ts';

export class ViewTable {
  private static readonly tables = new WeakMap<Actor, Map<unknown, ViewTable>>();

  private readonly actor: Actor;
  private readonly view: (local: Local) => Plain;
  private readonly values: Interner<Plain>;
  private ids = new Int32Array(64).fill(-1);

  private constructor(actor: Actor, view: (local: Local) => Plain) {
    this.actor = actor;
    this.view = view;
    this.values = new Interner(actor.identities, `A view of '${actor.name}'`);
  }

  /** The table of `view` over `actor`; the same one each time. */
  static of(actor: Actor, view: (local: Local) => Plain): ViewTable {
    let tables = ViewTable.tables.get(actor);
    if (!tables) {
      tables = new Map();
      ViewTable.tables.set(actor, tables);
    }
    let table = tables.get(view);
    if (!table) {
      table = new ViewTable(actor, view);
      tables.set(view, table);
    }
    return table;
  }

  /** The number of the view of local state `local`; equal views have equal numbers. */
  id(local: number): number {
    if (local < this.ids.length) {
      const id = this.ids[local]!;
      if (id >= 0) return id;
    }
    return this.compute(local);
  }

  /** The view with number `id`. */
  value(id: number): Plain {
    return this.values.at(id);
  }

  private compute(local: number): number {
    if (local >= this.ids.length) {
      const grown = new Int32Array(Math.max(local + 1, this.ids.length * 2)).fill(-1);
      grown.set(this.ids);
      this.ids = grown;
    }
    const id = this.values.id(this.view(this.actor.at(local)));
    this.ids[local] = id;
    return id;
  }
}
