/** Coverage of every suite, held to its thresholds and to the committed baseline. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coverageSchema } from '../../src/coverage/schema.ts';
import { shortfalls } from '../../src/coverage/thresholds.ts';
import { coverageText } from '../../src/report/coverage.ts';
import { lineDiff } from '../../src/report/line-diff.ts';
import { suites } from './index.ts';
import { baseline, measured, thresholds } from './measured.ts';

const found = measured();

test('no suite falls short of coverage.thresholds.json', () => {
  expect(shortfalls(found, thresholds())).toEqual([]);
});

test('every threshold is that of a suite', () => {
  expect(Object.keys(thresholds().suites)).toEqual(suites.map(({ name }) => name));
});

// What differs is shown line by line; `npm run baseline:coverage` makes it the new baseline.
test('coverage is what reports/baseline/coverage.txt says', () => {
  expect(lineDiff(readFileSync(baseline, 'utf8'), coverageText(found))).toEqual([]);
});

test('what is measured keeps to the schema of coverage.json', () => {
  expect(coverageSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
});
