import { expect, test } from 'vitest';
import { pack, unpack } from './packed.ts';

test('what is packed is unpacked as it was, and takes less room', () => {
  const value = Array.from({ length: 200 }, (_, i) => ({ says: 'Überall dasselbe </script>', i }));
  const packed = pack(value);
  expect(unpack(packed)).toEqual(value);
  expect([/^[\w-]+$/.test(packed), packed.length < JSON.stringify(value).length / 10]).toEqual([
    true,
    true,
  ]);
});
