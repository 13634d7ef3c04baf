/**
 * Measures coverage: `npm run coverage` writes reports/coverage.json and tells what changed against
 * the baseline and what falls short; `npm run baseline:coverage` makes what it finds the baseline.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathsOf } from '../../src/coverage/paths.ts';
import { shortfalls } from '../../src/coverage/thresholds.ts';
import { coverageText } from '../../src/report/coverage.ts';
import { lineDiff } from '../../src/report/line-diff.ts';
import { baseline, measured, report, thresholds } from './measured.ts';

const found = measured();
const text = coverageText(found);
mkdirSync(new URL('.', baseline), { recursive: true });
writeFileSync(report, `${JSON.stringify(found, null, 1)}\n`);
if (process.argv.includes('--baseline')) writeFileSync(baseline, text);

const tell = (heading: string, lines: readonly string[]): void => {
  if (lines.length > 0) console.log([heading, ...lines.map((line) => `  ${line}`), ''].join('\n'));
};
const never = found.suites.flatMap((suite) => pathsOf(suite, 'never').edges);
const short = shortfalls(found, thresholds());
tell(`${never.length} edges that no search takes:`, never);
tell(
  'Changed against reports/baseline/coverage.txt:',
  lineDiff(readFileSync(baseline, 'utf8'), text),
);
tell('Falls short of coverage.thresholds.json:', short);
if (short.length > 0) process.exitCode = 1;
