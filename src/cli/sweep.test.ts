/** `holdfast sweep` as a command: spread over processes, killed, and resumed. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-sweep-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync('node', ['bin/holdfast.js', 'sweep', ...args], {
    input,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
};

beforeAll(() => {
  writeFileSync(
    at('grid.yaml'),
    'settings:\n  replication.factor: [1, 2]\n  acks: [1, all]\n  min.insync.replicas: [1, 2]\n' +
      'faults: [{ diskLoss: 1 }, { brokerCrash: 1 }, { partition: 1 }]\n',
  );
  expect(run([at('grid.yaml'), '-o', at('whole.jsonl')])).toEqual({ code: 0, out: '', err: '' });
});

const whole = (): string => readFileSync(at('whole.jsonl'), 'utf8');

test('killed in the middle and started again, a sweep ends with the same bytes', async () => {
  const output = at('killed.jsonl');
  for (const least of [1, 6]) {
    const child = spawn('node', ['bin/holdfast.js', 'sweep', at('grid.yaml'), '-o', output]);
    const lines = (): number =>
      existsSync(output) ? readFileSync(output, 'utf8').split('\n').length - 1 : 0;
    while (lines() < least) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('close', resolve));
  }
  const before = statSync(output).size;
  expect(before > 0 && before <= whole().length).toBe(true);
  expect(run([at('grid.yaml'), '-o', output]).code).toBe(0);
  expect(readFileSync(output, 'utf8')).toBe(whole());
});

test('four shards, merged, are the same bytes', () => {
  const parts = [1, 2, 3, 4].map((i) => at(`part${i}.jsonl`));
  for (const [i, part] of parts.entries()) {
    run([at('grid.yaml'), '--shard', `${i + 1}/4`, '-o', part]);
  }
  run([at('grid.yaml'), '-o', at('merged.jsonl'), '--merge', ...parts]);
  expect(readFileSync(at('merged.jsonl'), 'utf8')).toBe(whole());
  const { code, err } = run([
    at('grid.yaml'),
    '-o',
    at('less.jsonl'),
    '--merge',
    ...parts.slice(1),
  ]);
  expect([code, err.replaceAll(`${folder}/`, ''), existsSync(at('less.jsonl'))]).toEqual([
    2,
    'holdfast: part2.jsonl, part3.jsonl, part4.jsonl: 6 of 24 cells are missing (0, 4, 8, 12, 16, ' +
      '...); finish the parts they are in, or give all of them\n',
    false,
  ]);
});

test('cells piped through are rows in the same order, wherever the pipe runs', () => {
  const { out: cells } = run([at('grid.yaml'), '--cells']);
  const lines = cells.split('\n');
  const halves = [lines.slice(0, 12), lines.slice(12)].map((half) => run(['-'], half.join('\n')));
  expect(halves.map(({ out }) => out).join('')).toBe(whole());
});

test.each([
  [
    'a file that is no grid',
    [at('none.yaml')],
    'none.yaml: it cannot be read (ENOENT); check the path',
  ],
  ['no output', [at('grid.yaml')], 'sweep: name the file for the safety map, as -o map.jsonl.'],
])('%s is one sentence and exit code 2', (_, args, sentence) => {
  const { code, err } = run(args);
  expect([code, err.replaceAll(`${folder}/`, '')]).toEqual([2, `holdfast: ${sentence}\n`]);
});

test('a line that is no cell is refused with its number', () => {
  expect(run(['-'], '{"cell":0}\n').err).toBe(
    'holdfast: (standard input):1: this is no cell: settings: Invalid input: expected record, received undefined\n',
  );
});
