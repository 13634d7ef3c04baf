/**
 * Faults by phase: in which phase of the protocol each fault struck, and how often.
 *
 * It is told from moves, one by one, after they were found: nothing here runs inside a search.
 */
import type { Phases } from '../model/phases.ts';
import { type Budget, ModelError, type Stimulus } from '../model/system.ts';
import { LOSSES, type Stepper } from './stepper.ts';
import { ViewTable } from './view-table.ts';

/** One fault. */
export interface StrikeRow {
  /** The fault classes paid for, as in `driverCrash + zombieWrite`. */
  readonly fault: string;
  /** Type of the stimulus that is the fault, or in whose move the message is lost. */
  readonly stimulus: string;
  /** By phase: moves in which it struck. */
  readonly struck: readonly number[];
}

/** Faults by the phases of one component. Plain data. */
export interface Strikes {
  readonly of: string;
  readonly phases: readonly string[];
  readonly rows: readonly StrikeRow[];
}

const NO_FAULT = -1;

export class StrikeCounter {
  private readonly stepper: Stepper;
  private readonly phases: Phases;
  private readonly rows: { fault: string; stimulus: string; struck: number[] }[] = [];
  /** Fault and stimulus -> row. */
  private readonly places = new Map<string, number>();
  /** Stimulus, and the budget before and after -> row, or `NO_FAULT`. */
  private readonly memo = new Map<string, number>();
  /** By stimulus: the component whose phase is asked for; null if none. */
  private readonly tables: readonly (readonly [actor: number, ViewTable] | null)[];
  /** Number of a phase in a view table -> its place in `phases`. */
  private readonly columns = new Map<string, number>();

  constructor(stepper: Stepper, phases: Phases) {
    this.stepper = stepper;
    this.phases = phases;
    phases.phases.forEach((phase, column) => {
      this.columns.set(phase, column);
    });
    this.tables = stepper.stimuli.map((stimulus) => {
      const name = phases.component(stimulus);
      if (name === null) return null;
      const actor = stepper.actor(name);
      return [actor.index, ViewTable.of(actor, phases.at)] as const;
    });
    stepper.stimuli.forEach((stimulus, i) => {
      if (stimulus.class === 'fault' && this.tables[i]) this.row(costOf(stimulus), stimulus);
    });
  }

  /** Counts `move`, which led from one global state to the next, if it was a fault. */
  note(move: number, before: Int32Array, after: Int32Array): void {
    const number = Math.floor(move / LOSSES);
    const lost = move % LOSSES;
    const stimulus = this.stepper.stimuli[number]!;
    if (stimulus.class !== 'fault' && lost === 0) return;
    const table = this.tables[number];
    if (!table) return;
    const row = this.rowOf(number, lost > 0, before.at(-1)!, after.at(-1)!);
    if (row === NO_FAULT) return;
    const phase = table[1].value(table[1].id(before[table[0]]!)) as string;
    const column = this.columns.get(phase);
    if (column === undefined) {
      throw new ModelError(
        `${this.phases.of}: '${phase}' is not among the phases ${this.phases.phases.join(', ')}.`,
      );
    }
    this.rows[row]!.struck[column]!++;
  }

  result(): Strikes {
    return { of: this.phases.of, phases: this.phases.phases, rows: this.rows };
  }

  private rowOf(number: number, isLoss: boolean, before: number, after: number): number {
    const key = `${number} ${isLoss} ${before} ${after}`;
    let row = this.memo.get(key);
    if (row === undefined) {
      const { purse } = this.stepper;
      const stimulus = this.stepper.stimuli[number]!;
      const paid = paidBetween(purse.at(before), purse.at(after), stimulus);
      const isFault = stimulus.class === 'fault' || paid !== '';
      row = isFault ? this.row(paid, stimulus) : NO_FAULT;
      this.memo.set(key, row);
    }
    return row;
  }

  private row(fault: string, { event: { type: stimulus } }: Stimulus): number {
    const key = `${fault} ${stimulus}`;
    let row = this.places.get(key);
    if (row === undefined) {
      const struck = this.phases.phases.map(() => 0);
      row = this.rows.push({ fault, stimulus, struck }) - 1;
      this.places.set(key, row);
    }
    return row;
  }
}

const costOf = ({ cost = {} }: Stimulus): string => Object.keys(cost).sort().join(' + ');

/** What was paid for a fault. What a stimulus that is no fault costs by itself is not. */
function paidBetween(before: Budget, after: Budget, { class: kind, cost = {} }: Stimulus): string {
  const own = kind === 'fault' ? {} : cost;
  return Object.keys(before)
    .filter((fault) => (before[fault] ?? 0) - (after[fault] ?? 0) > (own[fault] ?? 0))
    .sort()
    .join(' + ');
}

/** Several runs as one. @param parts of the same phases. */
export function mergeStrikes(parts: readonly Strikes[]): Strikes {
  const rows = new Map<string, StrikeRow>();
  for (const part of parts) {
    for (const row of part.rows) {
      const key = `${row.fault} ${row.stimulus}`;
      const known = rows.get(key);
      const struck = row.struck.map((count, column) => count + (known?.struck[column] ?? 0));
      rows.set(key, { ...row, struck });
    }
  }
  const [{ of, phases } = { of: '', phases: [] as readonly string[] }] = parts;
  const sorted = [...rows].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, row]) => row);
  return { of, phases, rows: sorted };
}
