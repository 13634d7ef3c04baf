import { expect, test } from 'vitest';
import { canonical } from './canonical.ts';
import { Interner } from './interner.ts';

test('the order of keys does not matter, the order of a list does', () => {
  expect(canonical({ b: [1, 2], a: null }, 'x')).toBe('{"a":null,"b":[1,2]}');
  expect(canonical({ a: null, b: [1, 2] }, 'x')).toBe('{"a":null,"b":[1,2]}');
  expect(canonical([2, 1], 'x')).not.toBe(canonical([1, 2], 'x'));
});

test('values that look alike as text stay apart', () => {
  const texts = [1, '1', [1], ['1'], null, 'null', true, 'true', {}, [], '', [[]], [null]].map(
    (value) => canonical(value, 'x'),
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
  expect(() => canonical(nested, "The state of 'b1'")).toThrow(
    `The state of 'b1' holds ${shown}, which is not plain data: use null, booleans, finite numbers, strings, arrays and plain objects.`,
  );
});

test('what was given an identity cannot be changed any more, not even deep inside', () => {
  const value = { log: [{ epoch: 1 }] };
  canonical(value, 'x');
  expect(() => {
    value.log[0]!.epoch = 2;
  }).toThrow(TypeError);
  expect(() => value.log.push({ epoch: 2 })).toThrow(TypeError);
});

test('equal values get one number, in the order of first sight', () => {
  const interner = new Interner<unknown>('x');
  const values = [{ a: 1, b: 2 }, [1], { b: 2, a: 1 }, [1], 'one'];
  expect(values.map((value) => interner.id(value))).toEqual([0, 1, 0, 1, 2]);
  expect(interner.size).toBe(3);
  expect(interner.at(0)).toBe(values[0]);
});
