import zlib from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mail, pump } from '../testing/toys.ts';
import { decodeToken, encodeToken, movesOfToken, TokenError } from './token.ts';

const system = mail({ letters: 2, loss: { lostMail: 1 }, budget: { lostMail: 1 } });
const run = {
  model: 'mail',
  options: { letters: 2, budget: { lostMail: 1 } },
  moves: [
    { stimulus: 0, lost: 1 },
    { stimulus: 0, lost: 0 },
  ],
};

test('a token says again what it was made of', () => {
  const token = encodeToken(system, run);
  const { model, options, moves } = decodeToken(` ${token}\n`);
  expect({ model, options, moves }).toEqual(run);
  expect(movesOfToken(system, decodeToken(token)).map(({ label }) => label)).toEqual([
    'writer: WRITE, message 1 lost',
    'writer: WRITE',
  ]);
  expect(token).toMatch(/^hf1-[\w-]+$/);
  expect(encodeToken(system, run)).toBe(token);
});

test('any moves survive, and options of any shape', () => {
  const moves = fc.array(fc.record({ stimulus: fc.nat(5000), lost: fc.nat(15) }));
  fc.assert(
    fc.property(moves, fc.jsonValue(), (list, value) => {
      // JSON has one zero.
      const options = JSON.parse(JSON.stringify(value));
      const decoded = decodeToken(encodeToken(system, { model: 'm', options, moves: list }));
      expect([decoded.options, decoded.moves]).toEqual([options, list]);
    }),
    { seed: 20_261_123, numRuns: 80 },
  );
});

/** A token around any bytes, with its checksum. */
function tokenAround(packed: Buffer): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(zlib.crc32(packed));
  return `hf1-${Buffer.concat([sum, packed]).toString('base64url')}`;
}

test('a token that another implementation of deflate has packed says the same', () => {
  const { mark } = decodeToken(encodeToken(system, run));
  const text = JSON.stringify([run.model, run.options, [0, 1, 0, 0], mark]);
  const packed = [zlib.deflateRawSync(text), zlib.deflateRawSync(text, { level: 0 })];
  expect(packed.map((bytes) => decodeToken(tokenAround(bytes)))).toEqual([
    { ...run, mark },
    { ...run, mark },
  ]);
});

test('a token that unpacks to more than a token can say is refused', () => {
  const text = JSON.stringify(['mail', null, [], 1]).padEnd((1 << 20) + 1);
  expect(() => decodeToken(tokenAround(zlib.deflateRawSync(text)))).toThrow(
    'The replay token is well-formed but says nothing that can be replayed.',
  );
  const fitting = text.slice(0, 1 << 20);
  expect(decodeToken(tokenAround(zlib.deflateRawSync(fitting))).model).toBe('mail');
});

test('a token with one letter changed, lost or added is refused', () => {
  const token = encodeToken(system, run);
  for (let at = 4; at < token.length; at++) {
    const other = token[at] === 'A' ? 'B' : 'A';
    for (const damaged of [
      token.slice(0, at) + other + token.slice(at + 1),
      token.slice(0, at) + token.slice(at + 1),
      `${token.slice(0, at)}${other}${token.slice(at)}`,
      token.slice(0, at),
    ]) {
      if (damaged === token) continue;
      expect(() => movesOfToken(system, decodeToken(damaged))).toThrow(TokenError);
    }
  }
});

test.each([
  ['', "'' is no replay token of this version: it should begin with 'hf1-'. Copy the whole token."],
  [
    'hf2-abcdefghijkl',
    "'hf2-abcdefgh...' is no replay token of this version: it should begin with 'hf1-'. Copy the whole token.",
  ],
  ['hf1-', 'The replay token is damaged: its checksum is wrong. Copy it again, whole.'],
  ['hf1-####', 'The replay token is damaged: its checksum is wrong. Copy it again, whole.'],
])('what is no token is refused (%#)', (text, message) => {
  expect(() => decodeToken(text)).toThrow(message);
});

test('a token of another model, or of an older version of this one, is refused', () => {
  const token = decodeToken(encodeToken(system, run));
  expect(() => movesOfToken(pump({}), token)).toThrow(
    'The replay token was made with another version of the model \'mail\': its moves mean something else now. Find the failure again, with the options {"letters":2,"budget":{"lostMail":1}}.',
  );
});

test('options that JSON cannot carry are refused', () => {
  const options = { rule: () => true } as never;
  expect(() => encodeToken(system, { ...run, options })).toThrow(
    'The options of a replay token must be plain JSON data.',
  );
});
