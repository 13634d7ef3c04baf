/** The whole table about the paper's claim, judged anew. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BUDGETS, judgePoints, POINTS } from './exactly-once.ts';
import { preface } from './preface.ts';
import { exactlyOnceTable } from './table.ts';

const written = readFileSync(
  new URL('../../reports/baseline/exactly-once.md', import.meta.url),
  'utf8',
);

it("tells the verdicts on the paper's claim as the check finds them", async () => {
  const points = await judgePoints(POINTS, BUDGETS);
  expect(exactlyOnceTable(points, preface).split('\n')).toEqual(written.split('\n'));
});
