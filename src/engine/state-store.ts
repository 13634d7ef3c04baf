/**
 * The visited set: every global state once, with the move that reached it first.
 *
 * A global state is a tuple of small integers (one field per component, one for the fault budget),
 * packed into a row of words (see `Packing`). Lookup is open addressing with an exact comparison of
 * all words: a collision would make a false "holds". An entry of the index carries, beside the
 * state's number, those bits of the hash that its place does not tell, so that almost only rows that
 * are equal are ever compared.
 *
 * In a large search nearly every access misses the processor's caches. Hence states are offered in
 * batches, all successors of one state: first the places of all of them are touched, which the
 * processor does side by side, then they are looked up one by one.
 *
 * Cost per state: 4 bytes a word, 8 for predecessor and move, 5 to 11 for the index.
 */
import { Packing } from './packing.ts';

const FREE = -1;
/** The index is at most three quarters full. */
const FULLEST = 0.75;

export class StateStore {
  /** Number of states. */
  size = 0;
  /** Did the last `insert` or `commit` find a new state? */
  inserted = false;
  /** Number of states offered since `open`. */
  offered = 0;
  /** Per state: the state it was first reached from; -1 for the initial state. */
  parent: Int32Array;
  /** Per state: the move that reached it first. */
  via: Int32Array;

  private readonly fields: number;
  private packing: Packing;
  private rows: Int32Array;
  private index: Int32Array;
  private indexMask: number;
  /** The state whose successors are being offered, packed. */
  private opened = 0;
  private base: Int32Array;
  /** Per offered state: its row, its hash, and what was found at its place in the index. */
  private batch: Int32Array;
  private hashes = new Int32Array(64);
  private found = new Int32Array(64);

  /** @param fields number of integers in a state's tuple. */
  constructor(fields: number, capacity = 1 << 12) {
    this.fields = fields;
    this.packing = new Packing(fields);
    const { words } = this.packing;
    this.rows = new Int32Array(capacity * words);
    this.base = new Int32Array(words);
    this.batch = new Int32Array(this.hashes.length * words);
    this.parent = new Int32Array(capacity);
    this.via = new Int32Array(capacity);
    // A power of two, so that a mask takes a hash to its place.
    const places = 2 ** Math.ceil(Math.log2(capacity * 2));
    this.index = new Int32Array(places).fill(FREE);
    this.indexMask = places - 1;
  }

  /** Bytes held by the arrays, reserve included. */
  get bytes(): number {
    return 4 * (this.rows.length + this.parent.length + this.via.length + this.index.length);
  }

  /** Bytes that the states themselves need: rows, predecessor, move, and their share of the index. */
  get bytesPerState(): number {
    return 4 * (this.packing.words + 2) + (4 * this.index.length) / Math.max(1, this.size);
  }

  /**
   * The number of the state `tuple`, which is added if it is new (then `inserted` is true).
   * `parent` and `via` are kept only for a new state.
   */
  insert(tuple: Int32Array, parent: number, via: number): number {
    if (!this.packing.fits(tuple)) this.widen(tuple);
    this.offered = 0;
    this.packing.pack(tuple, this.batch, 0);
    this.hashes[0] = hash(this.batch, 0, this.packing.words);
    this.offered = 1;
    return this.commit(0, parent, via);
  }

  /** Writes the tuple of state `id` into `tuple`. */
  read(id: number, tuple: Int32Array): void {
    this.packing.unpack(this.rows, id * this.packing.words, tuple);
  }

  /** Begins a batch of successors of state `id`, whose tuple is written into `tuple`. */
  open(id: number, tuple: Int32Array): void {
    this.read(id, tuple);
    this.opened = id;
    this.offered = 0;
    this.loadBase();
  }

  /**
   * Offers a successor of the opened state.
   * @param touched the fields, `count` of them, outside of which `tuple` is the opened state's.
   */
  offer(tuple: Int32Array, touched: Int32Array, count: number): void {
    const { mask } = this.packing;
    for (let i = 0; i < count; i++) {
      if (tuple[touched[i]!]! > mask[touched[i]!]!) this.widen(tuple);
    }
    if (this.offered === this.hashes.length) this.growBatch();
    const { batch, base } = this;
    const { words, word, shift, mask: bits } = this.packing;
    const row = this.offered * words;
    for (let w = 0; w < words; w++) batch[row + w] = base[w]!;
    for (let i = 0; i < count; i++) {
      const field = touched[i]!;
      const at = row + word[field]!;
      const rest = batch[at]! & ~(bits[field]! << shift[field]!);
      batch[at] = rest | (tuple[field]! << shift[field]!);
    }
    this.hashes[this.offered++] = hash(batch, row, words);
  }

  /** Touches what the offered states will be looked up in. */
  prefetch(): void {
    const { hashes, found, index, indexMask, rows, offered } = this;
    const { words } = this.packing;
    for (let i = 0; i < offered; i++) found[i] = index[hashes[i]! & indexMask]!;
    for (let i = 0; i < offered; i++) {
      if (found[i]! !== FREE) found[i] = rows[(found[i]! & indexMask) * words]!;
    }
  }

  /** The number of the offered state `i`, which is added if it is new: see `insert`. */
  commit(i: number, parent: number, via: number): number {
    const { rows, index, indexMask, batch, hashes } = this;
    const { words } = this.packing;
    const row = i * words;
    const tag = hashes[i]! & ~indexMask;
    let at = hashes[i]! & indexMask;
    for (let entry = index[at]!; entry !== FREE; entry = index[at]!) {
      if ((entry & ~indexMask) === tag) {
        const known = (entry & indexMask) * words;
        let word = 0;
        while (word < words && rows[known + word] === batch[row + word]) word++;
        if (word === words) {
          this.inserted = false;
          return entry & indexMask;
        }
      }
      at = (at + 1) & indexMask;
    }
    index[at] = tag | this.size;
    this.inserted = true;
    return this.append(row, parent, via);
  }

  private append(row: number, parent: number, via: number): number {
    const id = this.size;
    const { words } = this.packing;
    if (id === this.parent.length) this.growRows();
    for (let w = 0; w < words; w++) this.rows[id * words + w] = this.batch[row + w]!;
    this.parent[id] = parent;
    this.via[id] = via;
    this.size = id + 1;
    if (this.size > this.index.length * FULLEST) this.growIndex();
    return id;
  }

  /** Gives more bits to every field of `tuple` that does not fit, and packs all rows anew. */
  private widen(tuple: Int32Array): void {
    const old = this.packing;
    this.packing = old.widened(this.highest(tuple));
    const { words } = this.packing;
    const row = new Int32Array(this.fields);
    const repack = (rows: Int32Array, count: number, capacity: number): Int32Array => {
      const packed = new Int32Array(capacity * words);
      for (let i = 0; i < count; i++) {
        old.unpack(rows, i * old.words, row);
        this.packing.pack(row, packed, i * words);
      }
      return packed;
    };
    this.rows = repack(this.rows, this.size, this.parent.length);
    this.batch = repack(this.batch, this.offered, this.hashes.length);
    for (let i = 0; i < this.offered; i++) this.hashes[i] = hash(this.batch, i * words, words);
    this.base = new Int32Array(words);
    this.loadBase();
    this.reindex();
  }

  /** The highest value of every field, in all states and in `tuple`. */
  private highest(tuple: Int32Array): Int32Array {
    const highest = tuple.slice();
    const row = new Int32Array(this.fields);
    for (let id = 0; id < this.size; id++) {
      this.read(id, row);
      for (let i = 0; i < this.fields; i++) if (row[i]! > highest[i]!) highest[i] = row[i]!;
    }
    return highest;
  }

  private loadBase(): void {
    const { words } = this.packing;
    for (let w = 0; w < words; w++) this.base[w] = this.rows[this.opened * words + w]!;
  }

  private growBatch(): void {
    const capacity = this.hashes.length * 2;
    this.batch = grown(this.batch, capacity * this.packing.words);
    this.hashes = grown(this.hashes, capacity);
    this.found = grown(this.found, capacity);
  }

  private growRows(): void {
    const capacity = this.parent.length * 2;
    this.rows = grown(this.rows, capacity * this.packing.words);
    this.parent = grown(this.parent, capacity);
    this.via = grown(this.via, capacity);
  }

  private growIndex(): void {
    this.index = new Int32Array(this.index.length * 2);
    this.indexMask = this.index.length - 1;
    this.reindex();
  }

  private reindex(): void {
    const { index, indexMask, rows, size } = this;
    const { words } = this.packing;
    index.fill(FREE);
    for (let id = 0; id < size; id++) {
      const h = hash(rows, id * words, words);
      let at = h & indexMask;
      while (index[at] !== FREE) at = (at + 1) & indexMask;
      index[at] = (h & ~indexMask) | id;
    }
  }
}

function grown(old: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const array = new Int32Array(length);
  array.set(old);
  return array;
}

function hash(words: Int32Array, start: number, length: number): number {
  let h = 0x9747b28c;
  for (let i = start; i < start + length; i++) {
    h = Math.imul(h ^ words[i]!, 0x9e3779b1);
    h ^= h >>> 15;
  }
  h = Math.imul(h, 0x85ebca6b);
  return h ^ (h >>> 13);
}
