/** Writes what came of each command into the scenario files: `npm run scenarios`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lineDiff } from '../../src/report/line-diff.ts';
import { ScenarioError } from '../../src/scenario/play.ts';
import { played, scenarioFiles, textOf } from './files.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
for (const file of scenarioFiles()) {
  try {
    const { text } = played(file);
    const changed = lineDiff(textOf(file), text);
    if (changed.length > 0) console.log([file, ...changed.map((line) => `  ${line}`)].join('\n'));
    writeFileSync(join(root, file), text);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
