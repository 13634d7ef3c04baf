/** `holdfast experiment` as a command: threads, shards, killed and resumed, told, refused. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-experiment-'));
const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), 'utf8');
afterAll(() => rmSync(folder, { recursive: true }));

const command = (...args: readonly string[]) => ['bin/holdfast.js', 'experiment', ...args];
const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('node', command(...args), { encoding: 'utf8' });
  const plain = (printed: string): string => printed.replaceAll(`${folder}/`, '');
  return { code: status, out: plain(stdout), err: plain(stderr) };
};

beforeAll(() => {
  writeFileSync(
    at('mine.yaml'),
    'title: Mine\nbase: { seconds: 60 }\n' +
      'vary: { kafka.replicationFactor: [2, 3], kafka.partitions: [1, 2, 3] }\n' +
      'scenarios:\n  killed: [{ kind: leaderKilled, at: 20, seconds: 10 }]\n  calm: []\nseeds: 3\n',
  );
  const { code, err } = run(at('mine.yaml'), '--threads', '1', '-o', at('whole.jsonl'));
  expect([code, err]).toEqual([0, '']);
});

test('one thread and two, and three shards merged, give the same bytes', () => {
  run(at('mine.yaml'), '--threads', '2', '-o', at('two.jsonl'));
  expect(text('two.jsonl')).toBe(text('whole.jsonl'));
  expect(text('whole.jsonl').split('\n')).toHaveLength(37);
  const parts = [1, 2, 3].map((i) => at(`part${i}.jsonl`));
  const printed = parts.map((part, i) =>
    run(at('mine.yaml'), '--threads', '2', '--shard', `${i + 1}/3`, '-o', part),
  );
  expect(printed).toEqual([1, 2, 3].map(() => ({ code: 0, out: '', err: '' })));
  const { code } = run(at('mine.yaml'), '-o', at('merged.jsonl'), '--merge', ...parts);
  expect([code, text('merged.jsonl') === text('whole.jsonl')]).toEqual([0, true]);
  expect(run(at('mine.yaml'), '-o', at('less.jsonl'), '--merge', ...parts.slice(1))).toEqual({
    code: 2,
    out: '',
    err:
      'holdfast: part2.jsonl, part3.jsonl: 12 of 36 runs are missing (0, 1, 2, 3, 4, ...); finish ' +
      'the parts they are in, or give all of them\n',
  });
  expect(existsSync(at('less.jsonl'))).toBe(false);
});

/** Begins a run, and ends it by `signal` when some of its rows are there. @returns how it ended. */
async function ended(output: string, least: number, signal: NodeJS.Signals) {
  const child = spawn('node', command(at('mine.yaml'), '--threads', '2', '-o', at(output)));
  let told = '';
  child.stderr.on('data', (data) => {
    told += String(data);
  });
  const lines = (): number => (existsSync(at(output)) ? text(output).split('\n').length - 1 : 0);
  while (lines() < least && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.kill(signal);
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, told };
}

test('killed in the middle, with half a line at the end, and resumed: the same bytes', async () => {
  await ended('killed.jsonl', 4, 'SIGKILL');
  const rows = text('killed.jsonl');
  writeFileSync(at('killed.jsonl'), `${rows}${text('whole.jsonl').split('\n')[35]!.slice(0, 99)}`);
  expect(run(at('mine.yaml'), '--threads', '2', '-o', at('killed.jsonl')).code).toBe(0);
  expect(text('killed.jsonl')).toBe(text('whole.jsonl'));
});

test('Ctrl-C ends it after the runs in hand, and it says how to go on', async () => {
  const { code, told } = await ended('stopped.jsonl', 1, 'SIGINT');
  const masked = told.replace(/after \d+ of/, 'after N of');
  expect([code, masked]).toEqual([
    3,
    'holdfast: stopped after N of 36 runs; run it again to go on.\n',
  ]);
  const rows = text('stopped.jsonl').split('\n').length - 1;
  expect(rows % 3 === 0 && rows < 36).toBe(true);
  run(at('mine.yaml'), '-o', at('stopped.jsonl'));
  expect(text('stopped.jsonl')).toBe(text('whole.jsonl'));
});

test('runs in a file are told as CSV, figures, page and Markdown, without running anything', () => {
  const { code, out, err } = run(
    ...[at('mine.yaml'), '--from', at('whole.jsonl'), '--csv', at('rows.csv')],
    ...['--svg', at('figures'), '--report', at('page.html'), '--markdown', at('told.md')],
  );
  expect([code, err]).toEqual([0, '']);
  expect(out.split('\n').slice(-5).join(' ')).toBe(
    'rows.csv is written. figures is written. page.html is written. told.md is written. ',
  );
  expect(text('rows.csv').split('\r\n')).toHaveLength(38);
  const files = readdirSync(at('figures'));
  expect(files.filter((name) => name.endsWith('.svg')).length * 2).toBe(files.length);
  expect(text('page.html')).toContain('"title":"Mine"');
  const lines = text('told.md').split('\n');
  expect(lines.slice(0, 5)).toEqual([
    '## Mine',
    '',
    '```sh',
    `holdfast experiment ${at('mine.yaml')} --seeds 3`,
    '```',
  ]);
});

test('a file that is printed is printed alone', () => {
  const { code, out } = run(at('mine.yaml'), '--from', at('whole.jsonl'), '--csv', '-');
  expect([code, out]).toEqual([0, text('rows.csv')]);
});

test('runs that are not there yet are counted', () => {
  writeFileSync(
    at('some.jsonl'),
    text('whole.jsonl').split('\n').slice(0, 5).join('\n').concat('\n'),
  );
  const { code, err } = run(at('mine.yaml'), '--from', at('some.jsonl'));
  expect([code, err]).toEqual([0, 'holdfast: 31 runs missing in some.jsonl.\n']);
});

test('what comes with Holdfast is listed with its size', () => {
  expect(run('--list').out).toMatchInlineSnapshot(`
    "paper           The paper's Table 1 under its three faults: 324 combinations of settings.
                    324 cells, 3 faults, 20 seeds: 19,440 runs.
    partition-loss  What is lost when a leader is cut off from the other brokers, by what the settings
                    promise.
                    120 cells, 1 fault, 5 seeds: 600 runs.
    gray            A leader whose disk or network is slow, or that stands still, by how much and for
                    how long.
                    9 cells, 3 faults, 5 seeds: 135 runs.
    proactive       A failure that comes unannounced, against measures taken ahead of it.
                    2 cells, 7 faults, 10 seeds: 140 runs.
    saturation      Throughput against the replication factor, with more to send than the cluster takes.
                    27 cells, 2 faults, 5 seeds: 270 runs.
    timeouts        Three timeouts of Kafka, and which of them the recovery waits for.
                    18 cells, 4 faults, 5 seeds: 360 runs.
    "
  `);
});

test.each<[string, readonly string[], string]>([
  ['no name', [], 'experiment: name one of --list, or a YAML file that describes yours.'],
  [
    'a name that is none',
    ['papr'],
    'papr: no experiment has this name, and no file; did you mean paper? ' +
      '(known are paper, partition-loss, gray, proactive, saturation, timeouts)',
  ],
  [
    'a file that is not there',
    [at('none.yaml')],
    'none.yaml: it cannot be read (ENOENT); check the path',
  ],
  [
    'rows of another experiment',
    ['gray', '--from', at('whole.jsonl')],
    'whole.jsonl:1: this is no row of this experiment; name another file, or remove it',
  ],
  [
    'joining into nothing',
    [at('mine.yaml'), '--merge', at('whole.jsonl')],
    'experiment: name the file for the joined runs, as -o rows.jsonl.',
  ],
  [
    'a part whose runs go nowhere',
    [at('mine.yaml'), '--shard', '1/2'],
    'experiment: name the file for the runs of this part, as -o part1.jsonl.',
  ],
  [
    'the report of a part',
    [at('mine.yaml'), '--shard', '1/2', '-o', at('part.jsonl'), '--report', at('part.html')],
    'experiment: figures and tables are of all parts; ask for them with --merge, or with --from.',
  ],
  [
    'a folder in place of a file',
    [at('mine.yaml'), '--report', at('figures')],
    'figures: cannot be written (EISDIR); name a file in a folder you own.',
  ],
  [
    'a file in a folder that there is not',
    [at('mine.yaml'), '-o', at('none/rows.jsonl')],
    'none/rows.jsonl: cannot be written (ENOENT); name a file in a folder you own.',
  ],
  [
    'a folder within a file',
    [at('mine.yaml'), '--svg', at('mine.yaml/figures')],
    'mine.yaml/figures: cannot be made (ENOTDIR); name a folder you own.',
  ],
  [
    'a recording that is not there',
    [at('recorded.yaml')],
    'none.csv: the recording cannot be read (ENOENT); check the path',
  ],
])('%s is one sentence and exit code 2', (_, args, sentence) => {
  writeFileSync(
    at('recorded.yaml'),
    'base: { workload: { kind: recorded, file: none.csv } }\nscenarios: { calm: [] }\n',
  );
  expect(run(...args)).toEqual({ code: 2, out: '', err: `holdfast: ${sentence}\n` });
});
