/** All suites measured, with the scenarios that belong to each; and the files that hold them to it. */
import { readFileSync } from 'node:fs';
import { measure } from '../../src/coverage/measure.ts';
import type { CoverageReport } from '../../src/coverage/schema.ts';
import { type Thresholds, thresholdsSchema } from '../../src/coverage/thresholds.ts';
import { played, scenarioFiles } from '../scenarios/files.ts';
import { suites } from './index.ts';

const root = new URL('../../', import.meta.url);
export const baseline = new URL('reports/baseline/coverage.txt', root);
export const report = new URL('reports/coverage.json', root);

export function measured(): CoverageReport {
  const runs = scenarioFiles().flatMap((file) => played(file).played);
  const of = (name: string) => runs.filter(({ suite }) => suite === name).map(({ run }) => run);
  return { schema: 1, suites: suites.map((suite) => measure(suite, of(suite.name))) };
}

export const thresholds = (): Thresholds =>
  thresholdsSchema.parse(
    JSON.parse(readFileSync(new URL('coverage.thresholds.json', root), 'utf8')),
  );
