import { expect, test } from 'vitest';
import { parseEnv } from './env-file.ts';

test.each([
  ['A=1', { A: '1' }],
  ['A: 1', { A: '1' }],
  ['  export A = b c  ', { A: 'b c' }],
  ['# A=1\n\nB=2', { B: '2' }],
  ['A=1 # a comment', { A: '1' }],
  ['A=1# no comment', { A: '1# no comment' }],
  ['A= # a comment\nB=', { A: '', B: '' }],
  ['A="x # y" # a comment', { A: 'x # y' }],
  ['A="a\\nb \\"c\\" \\\\"', { A: 'a\nb "c" \\' }],
  ["A='a\\nb $B'", { A: 'a\\nb $B' }],
  ["A='let\\'s go'", { A: "let's go" }],
  ['A="two\nlines"\r\nB=2\r\n', { A: 'two\nlines', B: '2' }],
  ['A="never closed\nB=2', { A: '"never closed', B: '2' }],
  ['A==b=c', { A: '=b=c' }],
  ['no assignment\n=1\nA', {}],
])('the environment file %j', (text, expected) => {
  const found = parseEnv(text).map(({ name, value }) => [name, value]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

test('a variable is on the line on which it begins', () => {
  const lines = parseEnv('# first\nA="x\ny"\r\n\r\nB=2\nA=3').map(({ name, line }) => [name, line]);
  expect(lines).toEqual([
    ['A', 2],
    ['B', 5],
    ['A', 6],
  ]);
});
