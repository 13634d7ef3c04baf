/** The experiments come to what was written down of them, to the byte. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeExperiments } from './baseline.ts';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(md|svg|csv)$/.test(name) && name !== 'README.md')
    .sort();

test('every experiment that comes with Holdfast gives the committed tables and figures again', () => {
  const committed = new URL('../../reports/baseline/experiments/', import.meta.url).pathname;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-experiments-'));
  try {
    const told = join(folder, 'told');
    writeExperiments(join(folder, 'rows'), told);
    expect(filesIn(told)).toEqual(filesIn(committed));
    for (const name of filesIn(told)) {
      expect(readFileSync(join(told, name), 'utf8'), name).toBe(
        readFileSync(join(committed, name), 'utf8'),
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
