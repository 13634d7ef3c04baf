import { expect, test } from 'vitest';
import { changesOf, plainText } from './changes.ts';
import { linesOf } from './words.ts';

test('only what is new is told, by its innermost name', () => {
  const before = { isr: ['b1', 'b2'], epoch: 1, pending: null, same: { x: 1 } };
  const after = { isr: ['b1'], epoch: 2, pending: { isr: ['b3'] }, same: { x: 1 } };
  expect(changesOf({ leadership: [before, after], '(state)': ['leading', 'offline'] })).toEqual([
    'isr − b2',
    'epoch 2',
    'pending isr {b3}',
    'is offline',
  ]);
});

test('names that two values share keep the one around them', () => {
  const [was, is] = [{ status: 'up' }, { status: 'down' }];
  expect(
    changesOf({
      brokers: [
        { b1: was, b2: was },
        { b1: is, b2: is },
      ],
    }),
  ).toEqual(['b1.status down', 'b2.status down']);
});

test('lists that grow or shrink at the end tell by what; others are told anew', () => {
  const told = (before: number[], after: number[]): string[] => changesOf({ log: [before, after] });
  expect([told([1], [1, 2, 3]), told([1, 2], []), told([1, 2], [2])]).toEqual([
    ['log + 2', 'log + 3'],
    ['log − 1', 'log − 2'],
    ['log {2}'],
  ]);
});

test('what is gone is gone, what is long only changes', () => {
  const long = 'x'.repeat(60);
  expect(changesOf({ view: [{ a: 1, b: 2 }, { b: 2 }], text: ['', long] })).toEqual([
    'a is gone',
    'text changes',
  ]);
});

test('values read without the marks of JSON', () => {
  expect([null, [], {}, [{ epoch: 1, value: 'a' }], true].map(plainText)).toEqual([
    'none',
    '{}',
    '{}',
    '{epoch 1, value a}',
    'true',
  ]);
});

test('lines break at spaces, and within a word that is longer than a line', () => {
  expect(linesOf('one two  three', 7)).toEqual(['one two', 'three']);
  expect(linesOf('leadership.partitionEpoch 1', 16)).toEqual(['leadership.', 'partitionEpoch 1']);
  expect(linesOf('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(linesOf('', 4)).toEqual([]);
});
