import { expect, test } from 'vitest';
import { lineDiff } from './line-diff.ts';

test('equal texts have no difference', () => {
  expect(lineDiff('a\nb', 'a\nb')).toEqual([]);
});

test('lines that went and came stand below the heading they belong to', () => {
  const before = ['== one', 'a', 'b', '== two', 'c', 'd', '== three', 'e'].join('\n');
  const after = ['== one', 'a', 'b', '== two', 'd', 'c', '== three', 'e', 'f'].join('\n');
  expect(lineDiff(before, after)).toEqual(['== two', '- c', '+ c', '== three', '+ f']);
});

test('a text that is new is all added, one that is gone all removed', () => {
  expect(lineDiff('', 'a\nb')).toEqual(['- ', '+ a', '+ b']);
  expect(lineDiff('a\nb', '')).toEqual(['- a', '- b', '+ ']);
});
