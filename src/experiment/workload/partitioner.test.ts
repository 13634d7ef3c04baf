import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { murmur2, partitionOf } from './partitioner.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("the hash is that of Kafka's Utils.murmur2", () => {
  // Kafka's own expectations: clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java,
  // testMurmur2.
  const known = {
    '21': -973_932_308,
    foobar: -790_332_482,
    'a-little-bit-long-string': -985_981_536,
    'a-little-bit-longer-string': -1_486_304_829,
    lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58_897_971,
    abc: 479_470_107,
  };
  for (const [text, hash] of Object.entries(known)) expect(murmur2(bytes(text))).toBe(hash);
});

test('a view into a longer buffer hashes as its own bytes do', () => {
  expect(murmur2(bytes('xx21').subarray(2))).toBe(-973_932_308);
});

test('a negative hash loses its sign bit before it is divided, as in Utils.toPositive', () => {
  // -973,932,308 & 0x7fffffff = 1,173,551,340.
  expect(partitionOf('21', 10)).toBe(0);
  expect(partitionOf('21', 7)).toBe(3);
  expect(partitionOf('abc', 10)).toBe(7);
});

test('every key, whatever its letters, has a partition among those there are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 50 }), (key, of) => {
      const partition = partitionOf(key, of);
      expect(Number.isInteger(partition) && partition >= 0 && partition < of).toBe(true);
    }),
    { seed: 7 },
  );
});
