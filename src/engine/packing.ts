/**
 * How a tuple of small integers is packed into 32-bit words: fields side by side, none across two
 * words. A field that outgrows its bits gets more, and all rows are packed anew.
 */
const FIRST_BITS = 4;
/** Spare bits that every field gets when one of them outgrows its own. */
const SPARE_BITS = 1;

export class Packing {
  /** Words of a row. */
  words = 0;
  /** Per field: its word, its shift within the word, and its mask, not shifted. */
  readonly word: Int32Array;
  readonly shift: Int32Array;
  readonly mask: Int32Array;

  private readonly fields: number;
  private readonly bits: Int32Array;

  constructor(fields: number) {
    this.fields = fields;
    this.bits = new Int32Array(fields).fill(FIRST_BITS);
    this.word = new Int32Array(fields);
    this.shift = new Int32Array(fields);
    this.mask = new Int32Array(fields);
    this.layOut();
  }

  /** Writes `tuple` as a row into `rows` at `start`. */
  pack(tuple: Int32Array, rows: Int32Array, start: number): void {
    const { word, shift, fields, words } = this;
    for (let w = 0; w < words; w++) rows[start + w] = 0;
    for (let field = 0; field < fields; field++) {
      rows[start + word[field]!]! |= tuple[field]! << shift[field]!;
    }
  }

  /** Reads the row in `rows` at `start` into `tuple`. */
  unpack(rows: Int32Array, start: number, tuple: Int32Array): void {
    const { word, shift, mask, fields } = this;
    for (let field = 0; field < fields; field++) {
      tuple[field] = (rows[start + word[field]!]! >>> shift[field]!) & mask[field]!;
    }
  }

  /** Does every field of `tuple` have enough bits? */
  fits(tuple: Int32Array): boolean {
    for (let field = 0; field < this.fields; field++) {
      if (tuple[field]! > this.mask[field]!) return false;
    }
    return true;
  }

  /**
   * A packing with room for twice the highest value of every field, so that the next repacking comes
   * when some field has doubled.
   */
  widened(highest: Int32Array): Packing {
    const wider = new Packing(this.fields);
    for (let field = 0; field < this.fields; field++) {
      const needed = 32 - Math.clz32(highest[field]!) + SPARE_BITS;
      wider.bits[field] = Math.min(31, Math.max(this.bits[field]!, needed));
    }
    wider.layOut();
    return wider;
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
      this.mask[field] = 2 ** bits - 1;
      room[word]! -= bits;
    }
    this.words = room.length;
  }
}
