/** The report as a person writes it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-report-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function holdfast(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync('node', ['bin/holdfast.js', ...args], {
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

test('check --report and report write the same page, and nothing else', () => {
  const [json, one, two] = ['results.json', 'one.html', 'two.html'].map((n) => join(folder, n));
  const faults = ['--faults', 'partition=1'];
  const checked = holdfast(
    'check',
    'examples/laptop',
    ...faults,
    '--json',
    json!,
    '--report',
    one!,
  );
  expect(checked.code).toBe(0);
  expect(holdfast('report', json!, '-o', two!)).toEqual({
    code: 0,
    out: `${two} is written.\n`,
    err: '',
  });
  expect(readFileSync(two!, 'utf8') === readFileSync(one!, 'utf8')).toBe(true);
  expect(readdirSync(folder)).toEqual(['one.html', 'results.json', 'two.html']);
});

test.each([
  ['no JSON', 'results', 'this is not JSON; write it with holdfast check --json'],
  [
    'JSON of something else',
    '{"schema":2}',
    'this is not the results.json of this version (schema: Invalid input: expected 1); write it with holdfast check --json',
  ],
])('%s ends with one sentence and exit code 2', (_, text, sentence) => {
  const file = join(folder, 'other.json');
  writeFileSync(file, text);
  expect(holdfast('report', file)).toEqual({
    code: 2,
    out: '',
    err: `holdfast: ${file}: ${sentence}\n`,
  });
});

test('a map is a page without results; what is not there is asked for in one sentence', () => {
  const [map, page] = ['map.jsonl', 'map.html'].map((name) => join(folder, name));
  const cell = { cell: 0, settings: { acks: 1 }, faults: {}, bounds: 'tiny', maxStates: 9 };
  const row = { ...cell, accept: [], verdicts: { recovers: { verdict: 'holds' } } };
  writeFileSync(map!, `${JSON.stringify(row)}\n{`);
  expect(holdfast('report', '--map', map!, '-o', page!).err).toBe(
    `holdfast: ${map}:2: this is not JSON; write the map with holdfast sweep -o\n`,
  );
  writeFileSync(map!, `${JSON.stringify(row)}\n`);
  expect(holdfast('report', '--map', map!, '-o', page!)).toEqual({
    code: 0,
    out: `${page} is written.\n`,
    err: '',
  });
  expect(holdfast('report')).toEqual({
    code: 2,
    out: '',
    err: 'holdfast: report: name what to tell: results.json, --map or --tolerance.\n',
  });
  expect(holdfast('report', '--map', map!, '--sarif', '-')).toEqual({
    code: 2,
    out: '',
    err: 'holdfast: report: --sarif tells of results; name results.json, too.\n',
  });
});
