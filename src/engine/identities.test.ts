import { expect, test } from 'vitest';
import { Identities } from './identities.ts';
import { Interner } from './interner.ts';

const keyOf = (value: unknown, where: string): string => {
  const key = identities.key(value, where);
  identities.keep();
  return key;
};
const identities = new Identities();

test('the order of keys does not matter, the order of a list does', () => {
  expect(keyOf({ a: null, b: [1, 2] }, 'x')).toBe(keyOf({ b: [1, 2], a: null }, 'x'));
  expect(keyOf({ a: null, b: [2, 1] }, 'x')).not.toBe(keyOf({ b: [1, 2], a: null }, 'x'));
  expect(keyOf([2, 1], 'x')).not.toBe(keyOf([1, 2], 'x'));
});

test('values that look alike as text stay apart', () => {
  const texts = [1, '1', [1], ['1'], null, 'null', true, 'true', {}, [], '', [[]], [null]].map(
    (value) => keyOf(value, 'x'),
  );
  expect(new Set(texts).size).toBe(texts.length);
});

test.each([
  [new Set([1]), 'Set'],
  [new Map(), 'Map'],
  [new Date(0), 'Date'],
  [undefined, 'undefined'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [10n, '10'],
  [Symbol('s'), 'Symbol(s)'],
])('%s is refused: it could be confused with another value', (value, shown) => {
  const nested = { deep: [value] };
  expect(() => keyOf(nested, "The state of 'b1'")).toThrow(
    `The state of 'b1' holds ${shown}, which is not plain data: use null, booleans, finite numbers, strings, arrays and plain objects.`,
  );
});

test('what was given an identity cannot be changed any more, not even deep inside', () => {
  const value = { log: [{ epoch: 1 }] };
  keyOf(value, 'x');
  expect(() => {
    value.log[0]!.epoch = 2;
  }).toThrow(TypeError);
  expect(() => value.log.push({ epoch: 2 })).toThrow(TypeError);
});

test('equal values get one number, in the order of first sight', () => {
  const interner = new Interner<unknown>(new Identities(), 'x');
  const values = [{ a: 1, b: 2 }, [1], { b: 2, a: 1 }, [1], 'one'];
  expect(values.map((value) => interner.id(value))).toEqual([0, 1, 0, 1, 2]);
  expect(interner.size).toBe(3);
  expect(interner.at(0)).toBe(values[0]);
});
