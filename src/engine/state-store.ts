/**
 * The visited set: every global state once, with the move that reached it first.
 *
 * A global state is a tuple of small integers (one field per component, one for the fault budget).
 * Fields are packed into 32-bit words; a field gets more bits when its component shows more local
 * states than fit, and all rows are packed anew (each time a factor of four later, so the cost
 * stays amortised). Lookup is open addressing with an exact comparison of all words: no
 * fingerprints, a collision would make a false "holds".
 *
 * Cost per state: 4 bytes a word, 8 for predecessor and move, 5 to 11 for the index.
 */
const FIRST_BITS = 4;
/** The index is at most three quarters full. */
const FULLEST = 0.75;

export class StateStore {
  /** Number of states. */
  size = 0;
  /** Did the last `insert` find a new state? */
  inserted = false;
  /** Per state: the state it was first reached from; -1 for the initial state. */
  parent: Int32Array;
  /** Per state: the move that reached it first. */
  via: Int32Array;

  private readonly fields: number;
  private readonly bits: Int32Array;
  /** Per field: its word, its shift within the word, and its mask. */
  private readonly word: Int32Array;
  private readonly shift: Int32Array;
  private readonly fieldMask: Int32Array;
  private words = 0;
  private rows: Int32Array;
  private scratch = new Int32Array(0);
  private index: Int32Array;
  private indexMask: number;

  /** @param fields number of integers in a state's tuple. */
  constructor(fields: number, capacity = 1 << 12) {
    this.fields = fields;
    this.bits = new Int32Array(fields).fill(FIRST_BITS);
    this.word = new Int32Array(fields);
    this.shift = new Int32Array(fields);
    this.fieldMask = new Int32Array(fields);
    this.layOut();
    this.rows = new Int32Array(capacity * this.words);
    this.parent = new Int32Array(capacity);
    this.via = new Int32Array(capacity);
    this.index = new Int32Array(capacity * 2).fill(-1);
    this.indexMask = this.index.length - 1;
  }

  /** Bytes held by the arrays, reserve included. */
  get bytes(): number {
    return 4 * (this.rows.length + this.parent.length + this.via.length + this.index.length);
  }

  /** Bytes that the states themselves need: rows, predecessor, move, and their share of the index. */
  get bytesPerState(): number {
    return 4 * (this.words + 2) + (4 * this.index.length) / Math.max(1, this.size);
  }

  /**
   * The number of the state `tuple`, which is added if it is new (then `inserted` is true).
   * `parent` and `via` are kept only for a new state.
   */
  insert(tuple: Int32Array, parent: number, via: number): number {
    this.fit(tuple);
    const { scratch, words, rows, index, indexMask } = this;
    this.pack(tuple, scratch);
    let at = hash(scratch, 0, words) & indexMask;
    for (;;) {
      const id = index[at]!;
      if (id < 0) break;
      let word = 0;
      const row = id * words;
      while (word < words && rows[row + word] === scratch[word]) word++;
      if (word === words) {
        this.inserted = false;
        return id;
      }
      at = (at + 1) & indexMask;
    }
    index[at] = this.size;
    this.inserted = true;
    return this.append(parent, via);
  }

  /** Writes the tuple of state `id` into `tuple`. */
  read(id: number, tuple: Int32Array): void {
    const { rows, word, shift, fieldMask, fields } = this;
    const row = id * this.words;
    for (let field = 0; field < fields; field++) {
      tuple[field] = (rows[row + word[field]!]! >>> shift[field]!) & fieldMask[field]!;
    }
  }

  private append(parent: number, via: number): number {
    const id = this.size;
    if (id === this.parent.length) this.growRows();
    this.rows.set(this.scratch, id * this.words);
    this.parent[id] = parent;
    this.via[id] = via;
    this.size = id + 1;
    if (this.size > this.index.length * FULLEST) this.growIndex();
    return id;
  }

  private pack(tuple: Int32Array, into: Int32Array): void {
    const { word, shift, fields } = this;
    into.fill(0);
    for (let field = 0; field < fields; field++) {
      into[word[field]!]! |= tuple[field]! << shift[field]!;
    }
  }

  /** Gives more bits to every field whose value does not fit, and packs all rows anew. */
  private fit(tuple: Int32Array): void {
    let fits = true;
    for (let field = 0; field < this.fields; field++) {
      if (tuple[field]! > this.fieldMask[field]!) fits = false;
    }
    if (fits) return;
    const tuples = new Int32Array(this.size * this.fields);
    for (let id = 0; id < this.size; id++) {
      this.read(id, tuples.subarray(id * this.fields, (id + 1) * this.fields));
    }
    for (let field = 0; field < this.fields; field++) {
      while (tuple[field]! >= 2 ** this.bits[field]!) this.bits[field]! += 2;
    }
    this.layOut();
    this.rows = new Int32Array(this.parent.length * this.words);
    for (let id = 0; id < this.size; id++) {
      this.pack(tuples.subarray(id * this.fields, (id + 1) * this.fields), this.scratch);
      this.rows.set(this.scratch, id * this.words);
    }
    this.reindex();
  }

  /** Assigns fields to words, first fit. */
  private layOut(): void {
    const room: number[] = [];
    for (let field = 0; field < this.fields; field++) {
      const bits = this.bits[field]!;
      let word = room.findIndex((left) => left >= bits);
      if (word < 0) word = room.push(32) - 1;
      this.word[field] = word;
      this.shift[field] = 32 - room[word]!;
      this.fieldMask[field] = 2 ** bits - 1;
      room[word]! -= bits;
    }
    this.words = room.length;
    this.scratch = new Int32Array(this.words);
  }

  private growRows(): void {
    const capacity = this.parent.length * 2;
    this.rows = grown(this.rows, capacity * this.words);
    this.parent = grown(this.parent, capacity);
    this.via = grown(this.via, capacity);
  }

  private growIndex(): void {
    this.index = new Int32Array(this.index.length * 2);
    this.indexMask = this.index.length - 1;
    this.reindex();
  }

  private reindex(): void {
    const { index, indexMask, rows, words } = this;
    index.fill(-1);
    for (let id = 0; id < this.size; id++) {
      let at = hash(rows, id * words, words) & indexMask;
      while (index[at]! >= 0) at = (at + 1) & indexMask;
      index[at] = id;
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
  return (h ^ (h >>> 13)) >>> 0;
}
