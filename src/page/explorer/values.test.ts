import { expect, test } from 'vitest';
import { leavesOf, textOf } from './values.ts';

test('values in short', () => {
  expect(textOf({ leader: 'b1', isr: ['b1', 'b2'], elr: [], pending: null, epoch: 0 })).toBe(
    '{leader: b1, isr: [b1, b2], elr: [], pending: null, epoch: 0}',
  );
  expect(textOf(['', true, {}])).toBe('["", true, {}]');
});

test('records are taken apart, and only what changed has what it was', () => {
  const was = { leader: 'b1', epochs: { a: 1, b: 1 }, gone: 1, pending: null };
  const value = { leader: 'b1', epochs: { a: 2, b: 1 }, pending: { isr: ['b1'] }, come: true };
  expect(
    leavesOf([
      { name: 'id', value: 'b1' },
      { name: 'p', value, was },
    ]),
  ).toEqual([
    { field: 'id', path: [], now: 'b1' },
    { field: 'p', path: ['leader'], now: 'b1' },
    { field: 'p', path: ['epochs', 'a'], now: '2', was: '1' },
    { field: 'p', path: ['epochs', 'b'], now: '1' },
    { field: 'p', path: ['gone'], now: '', was: '1' },
    { field: 'p', path: ['pending'], now: '{isr: [b1]}', was: 'null' },
    { field: 'p', path: ['come'], now: 'true', was: '' },
  ]);
});
