/** Stimuli of reference models, which read several components in one atomic step. */
import type { EventObject } from 'xstate';
import type { Actor } from './actor.ts';
import { ABSENT, PairMap } from './pair-map.ts';
import type { ViewTable } from './view-table.ts';

/** The event of a stimulus that carries views: one number per tuple of view values. */
export class ViewReader {
  private readonly actor: Actor;
  private readonly base: EventObject;
  private readonly tables: readonly [parameter: string, actor: number, view: ViewTable][];
  private readonly memo: PairMap[];
  private prefixes = 0;

  constructor(
    actor: Actor,
    base: EventObject,
    tables: readonly [parameter: string, actor: number, view: ViewTable][],
  ) {
    this.actor = actor;
    this.base = base;
    this.tables = tables;
    this.memo = tables.map(() => new PairMap());
  }

  event(tuple: Int32Array): number {
    const { tables, memo } = this;
    let prefix = 0;
    for (let i = 0; i < tables.length; i++) {
      const entry = tables[i]!;
      const view = entry[2].id(tuple[entry[1]]!);
      const known = memo[i]!.get(prefix, view);
      prefix = known === ABSENT ? this.extend(i, prefix, view, tuple) : known;
    }
    return prefix;
  }

  private extend(i: number, prefix: number, view: number, tuple: Int32Array): number {
    let value = this.prefixes++;
    if (i === this.tables.length - 1) {
      const views: Record<string, unknown> = {};
      for (const [parameter, actor, table] of this.tables) {
        views[parameter] = table.value(table.id(tuple[actor]!));
      }
      value = this.actor.events.id({ ...this.base, views } as EventObject);
    }
    this.memo[i]!.add(prefix, view, value);
    return value;
  }
}
