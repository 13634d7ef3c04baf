/** What the experiments that come with Holdfast came to, as files. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BUILTINS } from './builtin/index.ts';

const holdfast = join(import.meta.dirname, '../../bin/holdfast.js');

/**
 * Runs them all, with the compiled program: minutes. Runs that are finished in `rows` are kept.
 * @param rows folder of the runs, one file an experiment.
 * @param told folder of the tables and what they say, and of the figures.
 */
export function writeExperiments(rows: string, told: string): void {
  for (const folder of [rows, told]) mkdirSync(folder, { recursive: true });
  for (const name of Object.keys(BUILTINS)) {
    const output = ['-o', join(rows, `${name}.jsonl`), '--markdown', join(told, `${name}.md`)];
    const figures = ['--svg', join(told, 'figures', name)];
    const { status, error } = spawnSync(
      process.execPath,
      [holdfast, 'experiment', name, ...output, ...figures],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    if (status !== 0) throw error ?? new Error(`${name} ended with exit code ${status}.`);
  }
}
