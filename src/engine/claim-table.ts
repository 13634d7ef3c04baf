/** Claims by table look-up: judged once per tuple of views. */
import type { Claim, Violation } from '../model/claim.ts';
import { ModelError } from '../model/system.ts';
import { ABSENT, PairMap } from './pair-map.ts';
import type { Stepper } from './stepper.ts';
import { ViewTable } from './view-table.ts';

export class ClaimTable {
  readonly claim: Claim;
  /** The components read: which fields of a global state's tuple can change the judgement. */
  readonly fields: readonly number[];

  private readonly names: readonly string[];
  private readonly tables: readonly ViewTable[];
  private readonly memo: PairMap[];
  private prefixes = 0;

  constructor(claim: Claim, stepper: Stepper) {
    this.claim = claim;
    this.names = Object.keys(claim.reads);
    if (this.names.length === 0) {
      throw new ModelError(`The claim ${claim.name} reads no component: it could never fail.`);
    }
    const actors = this.names.map((name) => stepper.actor(name));
    this.fields = actors.map((actor) => actor.index);
    this.tables = actors.map((actor, i) => ViewTable.of(actor, claim.reads[this.names[i]!]!));
    this.memo = this.tables.map(() => new PairMap());
  }

  /** Does the check return null in the state `tuple`? */
  isFine(tuple: Int32Array): boolean {
    const { tables, fields, memo } = this;
    let prefix = 0;
    for (let i = 0; i < tables.length; i++) {
      const view = tables[i]!.id(tuple[fields[i]!]!);
      const known = memo[i]!.get(prefix, view);
      prefix = known === ABSENT ? this.extend(i, prefix, view, tuple) : known;
    }
    return prefix === 1;
  }

  /** Judges the state `tuple` anew, witness and all. */
  judge(tuple: Int32Array): Violation | null {
    const views: Record<string, unknown> = {};
    for (let i = 0; i < this.names.length; i++) {
      const table = this.tables[i]!;
      views[this.names[i]!] = table.value(table.id(tuple[this.fields[i]!]!));
    }
    return this.claim.check(views);
  }

  private extend(i: number, prefix: number, view: number, tuple: Int32Array): number {
    const last = i === this.tables.length - 1;
    const value = last ? Number(this.judge(tuple) === null) : ++this.prefixes;
    this.memo[i]!.add(prefix, view, value);
    return value;
  }
}
