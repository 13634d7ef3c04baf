/** Every document says what its commands print, and its code compiles and runs. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { carryOut, documents } from './docs.ts';

test.each(documents())('%s is true (npm run docs writes it anew)', (path) => {
  const text = readFileSync(path, 'utf8');
  expect(carryOut(text)).toEqual({ text, typeErrors: '' });
});

test('what a command prints is compared: a document that is out of date is not true', () => {
  const old = ['```console', '$ echo new', 'old', '```'].join('\n');
  expect(carryOut(old).text).toBe(old.replace('old', 'new'));
});

test('code is compiled: a mistake of types is found', () => {
  const wrong = ['```ts wrong.ts', "export const x: number = 'x';", '```'].join('\n');
  expect(carryOut(wrong).typeErrors).toBe(
    "wrong.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.\n",
  );
});
