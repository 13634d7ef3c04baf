/** A sweep spread by Spark's `RDD.pipe`, where there is a Spark to spread it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const PYTHON = process.env.PYTHON ?? 'python3';
const hasSpark = spawnSync(PYTHON, ['-c', 'import pyspark']).status === 0;
if (!hasSpark) {
  process.stderr.write(
    `Skipped: ${PYTHON} has no pyspark, so RDD.pipe is not tried; PYTHON names one that has it.\n`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'holdfast-pipe-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const holdfast = resolve('bin/holdfast.js');
const sweep = (...args: string[]) => spawnSync('node', [holdfast, 'sweep', ...args]);
const piped = (cells: string, rows: string, command: string) =>
  spawnSync(PYTHON, ['examples/sweep/pipe.py', at(cells), at(rows), command]);

test.skipIf(!hasSpark)('rows that Spark has piped are the same bytes as of one process', () => {
  const settings = 'settings:\n  replication.factor: [1, 2]\n  acks: [1, all]\n';
  writeFileSync(at('grid.yaml'), `${settings}faults: [{}, { diskLoss: 1 }, { brokerCrash: 1 }]\n`);
  sweep(at('grid.yaml'), '-o', at('whole.jsonl'));
  // The grid eight times, so that there is more than one task.
  const cells = sweep(at('grid.yaml'), '--cells').stdout.toString();
  writeFileSync(at('cells.jsonl'), cells.repeat(8));
  expect(piped('cells.jsonl', 'rows.jsonl', `node ${holdfast}`).status).toBe(0);
  const whole = readFileSync(at('whole.jsonl'), 'utf8');
  expect(whole.split('\n')).toHaveLength(13);
  expect(readFileSync(at('rows.jsonl'), 'utf8')).toBe(whole.repeat(8));
});

test.skipIf(!hasSpark)(
  'a command that fails on an executor fails the job: no file is written',
  () => {
    writeFileSync(at('wrong.jsonl'), '{"cell":0}\n');
    expect(piped('wrong.jsonl', 'none.jsonl', `node ${holdfast}`).status).toBe(1);
    expect(() => readFileSync(at('none.jsonl'))).toThrow('ENOENT');
  },
);
