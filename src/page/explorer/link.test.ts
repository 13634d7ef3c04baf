import { expect, test } from 'vitest';
import { fragmentOf, linkOf } from './link.ts';

test.each([
  ['#hf1-ab_C-9', { token: 'hf1-ab_C-9', at: null }],
  ['#hf1-abc@0', { token: 'hf1-abc', at: 0 }],
  ['hf1-abc@12', { token: 'hf1-abc', at: 12 }],
  // A token of another version, or damaged, is for its reader to refuse.
  ['#hf2-abc', { token: 'hf2-abc', at: null }],
  ['#hf1-a%20b', { token: 'hf1-a%20b', at: null }],
  ['', null],
  ['#verdicts', null],
  ['#hf1-abc@x', null],
])('the fragment %j', (fragment, link) => {
  expect(linkOf(fragment)).toEqual(link);
});

test('a fragment leads to the state that it was made of', () => {
  expect(linkOf(fragmentOf('hf1-abc', 2, 5))).toEqual({ token: 'hf1-abc', at: 2 });
  expect(linkOf(fragmentOf('hf1-abc', 5, 5))).toEqual({ token: 'hf1-abc', at: null });
});
