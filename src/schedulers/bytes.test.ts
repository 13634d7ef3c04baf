import zlib from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32, fromBase64url, toBase64url } from './bytes.ts';

const bytes = fc.uint8Array({ maxLength: 300 });

test('the checksum is that of zlib', () => {
  fc.assert(
    fc.property(bytes, (data) => {
      expect(crc32(data)).toBe(zlib.crc32(data));
    }),
    { seed: 20_261_201 },
  );
});

test('bytes as text are what Node writes, and come back', () => {
  fc.assert(
    fc.property(bytes, (data) => {
      const text = toBase64url(data);
      expect(text).toBe(Buffer.from(data).toString('base64url'));
      expect(fromBase64url(text)).toEqual(data);
    }),
    { seed: 20_261_202 },
  );
});

test.each(['a', 'ab=', 'a+b/', 'a b', 'é'])('what is no such text has no bytes: %j', (text) => {
  expect(fromBase64url(text)).toEqual(new Uint8Array());
});
