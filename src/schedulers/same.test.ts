import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSame } from './same.ts';

/** Small values, so that equal pairs are drawn often. */
const small = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, 0, -0, 1, '', 'a', true),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { noNullPrototype: true }),
  ),
})).value;

test('plain values are the same if Node finds them deeply equal, and only then', () => {
  fc.assert(
    fc.property(small, small, (x, y) => {
      expect(isSame(x, y)).toBe(isDeepStrictEqual(x, y));
      expect(isSame(x, structuredClone(x))).toBe(true);
    }),
    { seed: 20_261_203, numRuns: 2000 },
  );
});

test('the order of fields does not matter, the order of elements does', () => {
  expect(isSame({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(isSame([1, 2], [2, 1])).toBe(false);
  expect(isSame({ toString: 1 }, { a: 1 })).toBe(false);
});
