/**
 * A map from pairs of small integers to integers: open addressing over one typed array, linear
 * probing, at most half full. Every memo table of the engine is one of these.
 */
export const ABSENT = -1;

export class PairMap {
  /** Triples (a, b, value); a = -1 marks a free slot. */
  private slots: Int32Array;
  private mask: number;
  private count = 0;

  /** @param capacity expected number of entries; the map grows by itself. */
  constructor(capacity = 64) {
    const size = 1 << Math.ceil(Math.log2(Math.max(2, capacity) * 2));
    this.slots = new Int32Array(size * 3).fill(ABSENT);
    this.mask = size - 1;
  }

  get size(): number {
    return this.count;
  }

  /** The value of the pair, or `ABSENT`. */
  get(a: number, b: number): number {
    const { slots, mask } = this;
    let at = mix(a, b) & mask;
    for (;;) {
      const slot = at * 3;
      const key = slots[slot]!;
      if (key === a && slots[slot + 1] === b) return slots[slot + 2]!;
      if (key === ABSENT) return ABSENT;
      at = (at + 1) & mask;
    }
  }

  /** Adds a pair that is not there yet. Keys and value must not be negative. */
  add(a: number, b: number, value: number): void {
    if (this.count * 2 > this.mask) this.grow();
    this.place(a, b, value);
    this.count++;
  }

  /** Calls `visit` for each entry, in no meaningful order: never let a result depend on it. */
  forEach(visit: (a: number, b: number, value: number) => void): void {
    const { slots } = this;
    for (let slot = 0; slot < slots.length; slot += 3) {
      if (slots[slot] !== ABSENT) visit(slots[slot]!, slots[slot + 1]!, slots[slot + 2]!);
    }
  }

  private place(a: number, b: number, value: number): void {
    const { slots, mask } = this;
    let at = mix(a, b) & mask;
    while (slots[at * 3] !== ABSENT) at = (at + 1) & mask;
    slots[at * 3] = a;
    slots[at * 3 + 1] = b;
    slots[at * 3 + 2] = value;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2).fill(ABSENT);
    this.mask = this.slots.length / 3 - 1;
    for (let slot = 0; slot < old.length; slot += 3) {
      if (old[slot] !== ABSENT) this.place(old[slot]!, old[slot + 1]!, old[slot + 2]!);
    }
  }
}

function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}
