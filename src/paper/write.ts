/** Writes the table about the paper's claim, on all cores: `npm run baseline:exactly-once`. */
import { writeFileSync } from 'node:fs';
import { onThreads } from '../check/pool.ts';
import { BUDGETS, judgePoints, POINTS } from './exactly-once.ts';
import { preface } from './preface.ts';
import { exactlyOnceTable } from './table.ts';

const points = await judgePoints(POINTS, BUDGETS, { runner: onThreads });
writeFileSync('reports/baseline/exactly-once.md', exactlyOnceTable(points, preface));
