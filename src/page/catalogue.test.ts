import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { entries } from '../../properties/catalogue/index.ts';
import { filtered, rowsOf } from './catalogue.ts';

const rows = rowsOf(readFileSync('reports/baseline/designs.md', 'utf8'));

test('every row of the baseline is told, as its design tells of itself', () => {
  const told = rows.map(({ area, id, does, breaks }) => [area, id, does, breaks]);
  const listed = new Set(told.map(([area, id]) => `${area} ${id}`));
  const known = entries.filter(({ area, id }) => listed.has(`${area} ${id}`));
  const sorted = (list: (string | undefined)[][]): string[] =>
    list.map((row) => row.join(' | ')).sort();
  expect(sorted(told)).toEqual(
    sorted(known.map(({ area, id, does, breaks }) => [area, id, does, breaks])),
  );
});

test('the words that are looked for may stand anywhere in a row', () => {
  const found = filtered(rows, ' kip-101  FIRST ');
  expect(found.map(({ area, id }) => `${area} ${id}`)).toEqual([
    'Kafka: replication of a partition F1',
  ]);
  expect(filtered(rows, '')).toEqual(rows);
  expect(filtered(rows, 'no such word anywhere')).toEqual([]);
});
