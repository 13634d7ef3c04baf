/**
 * A map from (local state, event) to integers, by rows: all entries of one local state lie side by
 * side, in a small open-addressed table of its own.
 *
 * States that are explored one after the other share most of their local states, hence their rows
 * are in the processor's cache; entries scattered over one large table would not be. That, not the
 * number of instructions, is what a look-up costs.
 */
import { ABSENT } from './pair-map.ts';

/** A row: its mask, its number of entries, then pairs (event, value); event -1 marks a free pair. */
const MASK = 0;
const COUNT = 1;
const PAIRS = 2;
/** Row of local states that have no entry yet: one free pair. */
const EMPTY = 0;
const FIRST_PAIRS = 4;

export class RowMap {
  /** Per local state: where its row begins in `pool`. */
  private rows = new Int32Array(64);
  private pool = Int32Array.of(0, 0, ABSENT, ABSENT);
  private used = 4;

  /** Makes room for local states up to `local`: must be called before `get` is asked for it. */
  reserve(local: number): void {
    if (local < this.rows.length) return;
    const rows = new Int32Array(Math.max(local + 1, this.rows.length * 2));
    rows.set(this.rows);
    this.rows = rows;
  }

  /** The value of an entry, or `ABSENT`. */
  get(local: number, event: number): number {
    const { pool } = this;
    const row = this.rows[local]!;
    const mask = pool[row + MASK]!;
    let at = mix(event) & mask;
    for (;;) {
      const pair = row + PAIRS + at * 2;
      const key = pool[pair]!;
      if (key === event) return pool[pair + 1]!;
      if (key === ABSENT) return ABSENT;
      at = (at + 1) & mask;
    }
  }

  /** Adds an entry that is not there yet. */
  add(local: number, event: number, value: number): void {
    let row = this.rows[local]!;
    const pairs = this.pool[row + MASK]! + 1;
    if (row === EMPTY) row = this.grow(local, FIRST_PAIRS);
    else if ((this.pool[row + COUNT]! + 1) * 4 > pairs * 3) row = this.grow(local, pairs * 2);
    this.place(row, event, value);
  }

  /** Gives a local state a new row of `pairs` pairs; the old one stays behind as waste. */
  private grow(local: number, pairs: number): number {
    const old = this.rows[local]!;
    const row = this.used;
    this.used += PAIRS + pairs * 2;
    if (this.used > this.pool.length) {
      const pool = new Int32Array(this.used * 2);
      pool.set(this.pool);
      this.pool = pool;
    }
    this.pool.fill(ABSENT, row, this.used);
    this.pool[row + MASK] = pairs - 1;
    this.pool[row + COUNT] = 0;
    this.rows[local] = row;
    if (old === EMPTY) return row;
    const end = old + PAIRS + (this.pool[old + MASK]! + 1) * 2;
    for (let pair = old + PAIRS; pair < end; pair += 2) {
      if (this.pool[pair] !== ABSENT) this.place(row, this.pool[pair]!, this.pool[pair + 1]!);
    }
    return row;
  }

  private place(row: number, event: number, value: number): void {
    const { pool } = this;
    const mask = pool[row + MASK]!;
    let at = mix(event) & mask;
    while (pool[row + PAIRS + at * 2] !== ABSENT) at = (at + 1) & mask;
    pool[row + PAIRS + at * 2] = event;
    pool[row + PAIRS + at * 2 + 1] = value;
    pool[row + COUNT]!++;
  }
}

function mix(event: number): number {
  const h = Math.imul(event, 0x9e3779b1);
  return h ^ (h >>> 15);
}
