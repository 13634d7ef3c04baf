import { expect, test } from 'vitest';
import { aligned, counted, listed, WIDTH, wrapped } from './text.ts';

test('numbers are grouped by thousands', () => {
  expect([counted(1, 'step'), counted(1_234_567, 'step')]).toEqual(['1 step', '1,234,567 steps']);
});

test('lists end in and', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
});

test('long text goes on below where it began, and a long word keeps its line', () => {
  const word = 'x'.repeat(WIDTH);
  expect(wrapped(`one ${word} two`, '  1. ')).toEqual(['  1. one', `     ${word}`, '     two']);
});

test('columns are as wide as their widest entry, colour or not', () => {
  const paint = (text: string): string => `<${text}>`;
  expect(
    aligned(
      [
        [{ text: 'a' }, { text: 'long', paint }, { text: '1', right: true }],
        [{ text: 'bcd' }, { text: 'x' }, { text: '10', right: true }],
      ],
      '  ',
    ),
  ).toEqual(['  a    <long>   1', '  bcd  x     10']);
});
