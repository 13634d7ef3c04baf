/** The commands around `check`: what they print and write, and how they end. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULT_NAMES, type Results } from '../check/index.ts';
import { FAULT_MEANINGS } from '../config/index.ts';

const BIN = resolve('bin/holdfast.js');
let folder = '';
let results: Results;
let token = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-commands-'));
  cpSync('examples/laptop', join(folder, 'laptop'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  holdfast(
    'check laptop --bounds tiny --accept all --faults diskLoss=1 --no-repair --json results.json',
  );
  results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Results;
  token = results.cells.find(({ counterexample }) => counterexample)!.counterexample!.replay;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function holdfast(line: string): Ended {
  const { status, stdout, stderr } = spawnSync('node', [BIN, ...line.split(' ')], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, FORCE_COLOR: undefined },
  });
  return { code: status, out: stdout, err: stderr };
}

const refused = (sentence: string): Ended => ({ code: 2, out: '', err: `holdfast: ${sentence}\n` });
const written = (name: string): string => readFileSync(join(folder, name), 'utf8');

test.each(['explain', 'replay', 'report', 'init', 'list', 'completion'])(
  '%s --help teaches by example',
  async (command) => {
    const { code, out, err } = holdfast(`${command} --help`);
    expect([code, err]).toEqual([0, '']);
    await expect(out).toMatchFileSnapshot(`fixtures/help-${command}.txt`);
  },
);

// ----- explain ---------------------------------------------------------------------------------

test('explain tells what a file says is required and broken, with what each step makes false', async () => {
  const { code, out, err } = holdfast('explain results.json');
  expect([code, err]).toEqual([0, '']);
  await expect(out).toMatchFileSnapshot('fixtures/explain.txt');
});

test('explain tells a token in the same steps, without the settings of the files', async () => {
  const { code, out, err } = holdfast(`explain ${token}`);
  expect([code, err]).toEqual([0, '']);
  await expect(out).toMatchFileSnapshot('fixtures/explain-token.txt');
});

test('explain draws a diagram and writes a trace, from a file or its token alike', () => {
  const line = '--guarantee no-acked-loss --faults diskLoss=1 --format';
  const fromFile = holdfast(`explain results.json ${line} itf`);
  expect(fromFile).toEqual(holdfast(`explain ${token} --format itf`));
  expect(holdfast(`explain results.json ${line} mermaid -o d.mmd`)).toEqual({
    code: 0,
    out: '',
    err: '',
  });
  expect(written('d.mmd')).toBe(readFileSync('src/report/fixtures/laptop.mmd', 'utf8'));
});

test('explain says so where several courses of events are meant and one can be written', () => {
  const { code, err } = holdfast('explain results.json --format mermaid');
  expect([code, err]).toEqual([
    0,
    'holdfast: the first of 2 courses of events; choose with --guarantee, --faults and --subject.\n',
  ]);
});

test('the test that explain writes passes, and fails once the files are mended', () => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules/holdfast'));
  symlinkSync(resolve('node_modules/vitest'), join(folder, 'node_modules/vitest'));
  holdfast('explain results.json --guarantee no-acked-loss --format vitest -o loss.test.ts');
  const vitest = (): string => {
    const args = [resolve('node_modules/vitest/vitest.mjs'), 'run', '--root', folder];
    const { stdout } = spawnSync('node', [...args, '--reporter', 'json'], {
      encoding: 'utf8',
      cwd: folder,
    });
    const { testResults } = JSON.parse(stdout) as {
      testResults: { assertionResults: { status: string; title: string }[] }[];
    };
    return testResults[0]!.assertionResults
      .map(({ status, title }) => `${title}: ${status}`)
      .join();
  };
  expect(vitest()).toBe(
    'no-acked-loss is broken by diskLoss=1, in 2 steps: passed,' +
      'no-acked-loss under diskLoss=1, as configured: passed',
  );
  writeFileSync(
    join(folder, 'loss.test.ts'),
    written('loss.test.ts').replace("'broken'", "'holds'"),
  );
  expect(vitest()).toBe(
    'no-acked-loss is broken by diskLoss=1, in 2 steps: passed,' +
      'no-acked-loss under diskLoss=1, as configured: failed',
  );
});

test.each([
  [
    'a file that is none',
    'explain nowhere.json',
    'nowhere.json: it cannot be read (ENOENT); check the path',
  ],
  [
    'a file that is no JSON',
    'explain laptop/compose.yaml',
    'laptop/compose.yaml: this is not JSON; write it with holdfast check --json',
  ],
  [
    'a guarantee that holds',
    'explain results.json --guarantee one-leader-per-epoch',
    'results.json: nothing of that kind is broken in it, so there is nothing to explain; without --guarantee, --faults and --subject there is',
  ],
  [
    'a subject that is none',
    'explain results.json --subject __consumer_offset',
    'results.json: it has no subject "__consumer_offset"; did you mean __consumer_offsets? (known are (broker defaults), __consumer_offsets, __transaction_state)',
  ],
  [
    'a format that is none',
    'explain results.json --format pdf',
    "option '--format <name>' argument 'pdf' is invalid. Allowed choices are text, mermaid, itf, vitest.",
  ],
  [
    'two formats printed at once',
    'report results.json --junit - --sarif -',
    '--junit - and --sarif - cannot both be printed; name a file for one of them.',
  ],
  [
    'a shell that is none',
    'completion tcsh',
    "command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.",
  ],
  [
    'a folder without configuration',
    'init empty',
    'empty: no configuration of Kafka was found in it; name the folder that holds it',
  ],
])('%s ends with one sentence and exit code 2', (_, line, sentence) => {
  expect(holdfast(line)).toEqual(refused(sentence));
});

// ----- exports ---------------------------------------------------------------------------------

test('check writes several formats in one run, the same that report makes of its results', () => {
  const flags = (prefix: string): string =>
    `--junit ${prefix}.xml --sarif ${prefix}.sarif --markdown ${prefix}.md`;
  const line = 'laptop --bounds tiny --accept all --faults diskLoss=1 --no-repair';
  expect(holdfast(`check ${line} --json again.json ${flags('a')}`).code).toBe(1);
  expect(holdfast(`report again.json ${flags('b')}`)).toEqual({
    code: 0,
    out: 'b.xml is written.\nb.sarif is written.\nb.md is written.\n',
    err: '',
  });
  for (const ending of ['xml', 'sarif', 'md']) {
    expect(written(`a.${ending}`)).toBe(written(`b.${ending}`));
  }
  expect(holdfast(`check ${line} --markdown -`)).toEqual({
    code: 1,
    out: written('a.md'),
    err: '',
  });
  expect(existsSync(join(folder, 'reports'))).toBe(false);
});

// ----- init, list, completion --------------------------------------------------------------------

test('init writes a holdfast.yaml that check reads', () => {
  expect(holdfast('init laptop').out).toBe(
    [
      'laptop/holdfast.yaml is written.',
      '',
      'Found',
      '  compose.yaml  brokers',
      '',
      'Worth a look, for the files cannot say it',
      '  - eligible leader replicas are on, as in every cluster created with Kafka 4.1 or later; if this',
      '    one was upgraded from an older version, state kafka.eligibleLeaderReplicas: false in',
      '    holdfast.yaml',
      '  - no file describes a topic: the row (broker defaults) is a topic created with what the brokers',
      '    set, or with the defaults of Kafka',
      '  - no producer file: acks=all is taken, the default (kafka 4.1.0)',
      '',
      'Next: holdfast check laptop',
      '',
    ].join('\n'),
  );
  expect(holdfast('init laptop')).toEqual(
    refused('laptop/holdfast.yaml: this is there already; use --force to replace it'),
  );
  expect(holdfast('init laptop --force').code).toBe(0);
  expect(holdfast('check laptop --bounds tiny --faults partition=1').code).toBe(0);
});

test.each(['guarantees', 'faults', 'findings', 'designs'])('list %s', (what) => {
  const { code, out, err } = holdfast(`list ${what}`);
  const first = {
    guarantees: 'replication',
    faults: 'Strikes replication, idempotence, consumers, transactions, compaction, pipeline',
  }[what];
  expect([code, err, first === undefined || out.split('\n')[0] === first]).toEqual([0, '', true]);
});

test('every fault has a meaning', () => {
  expect(FAULT_NAMES.filter((fault) => !FAULT_MEANINGS[fault])).toEqual([]);
});

test('bash completes commands, options, values, and lists after a comma', () => {
  const script = holdfast('completion bash').out;
  const lines = [
    'holdfast expl',
    'holdfast check --fa',
    'holdfast check --faults powerL',
    'holdfast check --faults brokerCrash=1,powerL',
    'holdfast check . --require no-acked-loss,readers-n',
    'holdfast explain x --format m',
    'holdfast check lapt',
    'holdfast completion z',
  ];
  const tries = lines.map((line) => `offer '${line}'`).join('\n');
  const offer =
    'offer() { COMP_LINE="$1" COMP_POINT=$' + '{#1}; _holdfast; echo "$' + '{COMPREPLY[*]}"; }';
  const out = execFileSync('bash', ['--norc', '-c', `${script}\n${offer}\n${tries}`], {
    encoding: 'utf8',
    cwd: folder,
  });
  expect(out.trimEnd().split('\n')).toEqual([
    'explain',
    '--faults',
    'powerLoss=1',
    // What stands before the last = is on the line already.
    '1,powerLoss=1',
    'no-acked-loss,readers-never-see-loss',
    'mermaid',
    'laptop',
    'zsh',
  ]);
});

test('all shells know the same commands and options', () => {
  const found = (shell: string, pattern: RegExp): string[] => {
    const { out } = holdfast(`completion ${shell}`);
    return [...new Set([...out.matchAll(pattern)].map(([, name]) => name!))].sort();
  };
  const commands = found('bash', /^ +([a-z]+)\)$/gm);
  expect(commands.filter((name) => ['check', 'completion', 'explain'].includes(name))).toEqual([
    'check',
    'completion',
    'explain',
  ]);
  expect(found('zsh', /^ {4}([a-z]+)\)$/gm)).toEqual(commands);
  expect(found('fish', /use_subcommand -f -a ([a-z]+) /g)).toEqual(commands);
  const options = found('bash', /(--[a-z-]+)(?= |')/g);
  expect(found('zsh', /'(--[a-z-]+)\[/g)).toEqual(options);
  expect(found('fish', / -l ([a-z-]+) /g).map((name) => `--${name}`)).toEqual(options);
});

test('a pipe that is closed early is no error', () => {
  const line = `node ${BIN} list designs | head -n 1; echo "$\{PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', line], { encoding: 'utf8' });
  expect([stdout.trimEnd().split('\n').at(-1), stderr]).toEqual(['0', '']);
});
