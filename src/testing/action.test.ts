/** The GitHub Action: its steps run as a runner would run them, as far as that needs no network. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

/** What a composite action may say, as far as this one says it. */
const step = z.strictObject({
  id: z.string(),
  name: z.string(),
  shell: z.literal('bash').optional(),
  run: z.string().optional(),
  uses: z
    .string()
    .regex(/^[\w-]+\/[\w/-]+@v\d+$/)
    .optional(),
  if: z.string().optional(),
  with: z.record(z.string(), z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  'working-directory': z.string().optional(),
});
const schema = z.strictObject({
  name: z.string(),
  description: z.string(),
  branding: z.strictObject({ icon: z.string(), color: z.string() }),
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(step) }),
});

const action = schema.parse(parse(readFileSync('action.yml', 'utf8')));
const checkStep = action.runs.steps.find(({ id }) => id === 'check')!;

/** As a runner starts the shell of a step. */
const BASH = ['--noprofile', '--norc', '-e', '-o', 'pipefail'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-action-'));
  cpSync('examples/laptop', join(folder, 'lap top'), { recursive: true });
  cpSync('examples/laptop', join(folder, 'laptop'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly code: number | null;
  readonly err: string;
  readonly outputs: string;
  readonly summary: string;
}

/** Runs the check step with `given` inputs, the others as the action's defaults. */
function run(given: Readonly<Record<string, string>>): Ran {
  const values: Record<string, string> = { 'github.action_path': resolve('.') };
  for (const [name, { default: usual }] of Object.entries(action.inputs)) {
    values[`inputs.${name}`] = given[name] ?? usual;
  }
  const env = Object.entries(checkStep.env!).map(([name, text]): [string, string] => [
    name,
    text.replaceAll(/\$\{\{ (\S+) \}\}/g, (_, expression: string) => values[expression]!),
  ]);
  const [outputs, summary] = [join(folder, 'outputs'), join(folder, 'summary')];
  writeFileSync(outputs, '');
  writeFileSync(summary, '');
  const { status, stderr } = spawnSync('bash', [...BASH, '-c', checkStep.run!], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      RUNNER_TEMP: join(folder, 'temp'),
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(env),
    },
  });
  return {
    code: status,
    err: stderr,
    outputs: readFileSync(outputs, 'utf8').replaceAll(folder, ''),
    summary: readFileSync(summary, 'utf8'),
  };
}

const small = { bounds: 'tiny', faults: 'partition=1', accept: 'all', repair: 'false' };

test('every input reaches the script, and no expression stands in a command', () => {
  const used = Object.values(checkStep.env!).map((text) => /inputs\.(\S+) /.exec(text)?.[1]);
  const others = action.runs.steps
    .flatMap((each) => [each.if ?? '', ...Object.values(each.with ?? {})])
    .flatMap((text) => [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name));
  expect([...new Set([...used, ...others])].filter(Boolean).sort()).toEqual(
    Object.keys(action.inputs).sort(),
  );
  const commands = action.runs.steps.map(({ run: text }) => text ?? '').join();
  expect(commands.includes('${{')).toBe(false);
});

test('what holds: the summary, all reports, and success', () => {
  const { code, err, outputs, summary } = run({ ...small, paths: 'laptop' });
  expect([code, err, outputs]).toEqual([0, '', 'verdict=holds\nfolder=/temp/holdfast\n']);
  expect(summary.split('\n')[0]).toBe('## Holdfast: laptop (Kafka 4.1.0)');
  expect(readdirSync(join(folder, 'temp/holdfast')).sort()).toEqual([
    'holdfast.sarif',
    'junit.xml',
    'report.html',
    'results.json',
    'summary.md',
  ]);
});

test('what is broken fails the step unless fail-on is never', () => {
  const broken = { ...small, faults: 'diskLoss=1', require: 'no-acked-loss', paths: 'laptop' };
  expect(run(broken).code).toBe(1);
  expect(run({ ...broken, 'fail-on': 'broken' }).code).toBe(1);
  const { code, outputs } = run({ ...broken, 'fail-on': 'never' });
  expect([code, outputs]).toEqual([0, 'verdict=broken\nfolder=/temp/holdfast\n']);
});

test('what cannot be used fails with its sentence and says no verdict', () => {
  expect(run({ ...small, paths: '$(touch owned) *' })).toEqual({
    code: 2,
    err: 'holdfast: $(touch: there is no such file or folder; check the path\n',
    outputs: '',
    summary: '',
  });
  expect(run({ ...small, 'fail-on': 'always' }).err).toBe(
    "holdfast: fail-on is 'always'; expected broken, undecided or never.\n",
  );
  expect(readdirSync(folder).includes('owned')).toBe(false);
});
