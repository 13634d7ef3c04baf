import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ABSENT, PairMap } from './pair-map.ts';
import { RowMap } from './row-map.ts';
import { StateStore } from './state-store.ts';

const seed = 20_261_123;

test('a pair map holds what a plain map holds, past many growths', () => {
  const small = fc.nat(40);
  const entries = fc.array(
    fc.tuple(fc.oneof(small, fc.nat()), fc.oneof(small, fc.nat()), fc.nat()),
    {
      maxLength: 800,
      size: 'max',
    },
  );
  fc.assert(
    fc.property(entries, (list) => {
      const map = new PairMap(1);
      const plain = new Map<string, number>();
      for (const [a, b, value] of list) {
        const key = `${a} ${b}`;
        expect(map.get(a, b)).toBe(plain.get(key) ?? ABSENT);
        if (plain.has(key)) continue;
        map.add(a, b, value);
        plain.set(key, value);
      }
      expect(map.size).toBe(plain.size);
      const seen = new Map<string, number>();
      map.forEach((a, b, value) => {
        seen.set(`${a} ${b}`, value);
      });
      expect(seen).toEqual(plain);
    }),
    { seed, numRuns: 30 },
  );
});

test('a row map holds what a plain map holds, however long its rows grow', () => {
  const entries = fc.array(fc.tuple(fc.nat(300), fc.oneof(fc.nat(60), fc.nat()), fc.nat()), {
    maxLength: 800,
    size: 'max',
  });
  fc.assert(
    fc.property(entries, (list) => {
      const map = new RowMap();
      const plain = new Map<string, number>();
      for (const [local, event, value] of list) {
        const key = `${local} ${event}`;
        map.reserve(local);
        expect(map.get(local, event)).toBe(plain.get(key) ?? ABSENT);
        if (plain.has(key)) continue;
        map.add(local, event, value);
        plain.set(key, value);
      }
      for (const [local, event] of list) {
        expect(map.get(local, event)).toBe(plain.get(`${local} ${event}`));
      }
    }),
    { seed, numRuns: 30 },
  );
});

test('a state store numbers states as a plain map does, past every repacking', () => {
  // Values from 2 to 31 bits wide, so that fields outgrow their bits at different times.
  const field = fc.oneof(fc.nat(3), fc.nat(200), fc.nat(70_000), fc.nat());
  const states = (fields: number) =>
    fc.array(fc.array(field, { minLength: fields, maxLength: fields }), {
      maxLength: 400,
      size: 'max',
    });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }).chain((n) => states(n)),
      (tuples) => {
        const store = new StateStore(tuples[0]?.length ?? 1, 4);
        const plain = new Map<string, number>();
        tuples.forEach((tuple, i) => {
          const known = plain.get(tuple.join());
          const id = store.insert(Int32Array.from(tuple), i - 1, i);
          expect([id, store.inserted]).toEqual([known ?? plain.size, known === undefined]);
          if (known === undefined) plain.set(tuple.join(), id);
        });
        expect(store.size).toBe(plain.size);
        const read = new Int32Array(tuples[0]?.length ?? 1);
        for (const [text, id] of plain) {
          store.read(id, read);
          const first = tuples.findIndex((tuple) => tuple.join() === text);
          expect([read.join(), store.parent[id], store.via[id]]).toEqual([text, first - 1, first]);
        }
      },
    ),
    { seed, numRuns: 30 },
  );
});

test('twelve fields of a few values each take few bytes a state', () => {
  const store = new StateStore(12);
  const tuple = new Int32Array(12);
  for (let i = 0; i < 1 << 16; i++) {
    for (let field = 0; field < 12; field++) tuple[field] = (i >> field) & 3;
    store.insert(tuple, -1, -1);
  }
  // Two words for the state, two for predecessor and move, and the index.
  expect(store.size).toBe(8_192);
  expect(store.bytesPerState).toBeLessThanOrEqual(16 + 8);
});
