/** `holdfast simulate` as a command. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exposition } from '../experiment/monitor/index.ts';
import { FAULT_KINDS, sparkSetting } from '../experiment/setting.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-simulate-'));
const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), 'utf8');
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]) => {
  const all = ['bin/holdfast.js', 'simulate', ...args];
  const { status, stdout, stderr } = spawnSync('node', all, { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
};

const example = [
  'examples/etl-hdfs',
  '--fault',
  'leaderKilled,seconds=20,at=30',
  '--seconds',
  '90',
];

test('the same run is the same bytes, on the terminal and in its files', () => {
  const [a, b] = ['a', 'b'].map((name) =>
    run(...example, '--json', at(`${name}.json`), '--metrics', at(`${name}.om`)),
  );
  const plain = (out: string): string => out.replaceAll(/\S+\/[ab]\.(json|om)/g, '');
  expect([a!.code, a!.err, plain(b!.out)]).toEqual([0, '', plain(a!.out)]);
  expect([text('b.json') === text('a.json'), text('b.om') === text('a.om')]).toEqual([true, true]);
  const { deployment, topic, seed, setting, assumed, result } = JSON.parse(text('a.json'));
  expect([deployment, topic, seed, setting.kafka.partitions, assumed[0].from]).toEqual([
    'clicks into the warehouse',
    'clicks',
    1,
    24,
    'examples/etl-hdfs/holdfast.yaml:7',
  ]);
  expect(result.samples).toHaveLength(90);
  const labels = { cluster: deployment, query: topic, startEpochSeconds: 1_767_225_600 };
  expect(text('a.om')).toBe(exposition(result.samples, labels));
});

test('another seed is another course', () => {
  const printed = [1, 2].map((seed) => run(...example, '--seed', String(seed)).out.split('\n'));
  expect(printed[0]!.slice(1, 20)).toEqual(printed[1]!.slice(1, 20));
  expect(printed[0]!.join() === printed[1]!.join()).toBe(false);
});

test('what is set stands beside what the files say, and goes before it', () => {
  const set = [
    '--set',
    'spark.workers=5',
    '--set',
    'kafka.acks=1',
    '--set',
    'kafka.idempotence=false',
  ];
  const { out } = run('examples/etl-hdfs', '--seconds', '40', ...set);
  const lines = out.split('\n').filter((line) => /acks|workers|idempotence/.test(line));
  expect(lines.map((line) => line.trim().replaceAll(/ +/g, ' '))).toEqual([
    'spark.workers 5 --set',
    'kafka.acks 1 --set',
    'kafka.idempotence false --set',
  ]);
  expect(out.split('\n')).toContain('Nothing goes wrong.');
});

test('its help names every fault', () => {
  const { out } = run('--help');
  const named = out
    .slice(out.indexOf('Faults:'), out.indexOf('Examples:'))
    .split('\n')
    .slice(1, -2);
  expect(named.map((line) => line.trim().split(' ')[0])).toEqual([...FAULT_KINDS]);
});

test.each<[string, readonly string[], string]>([
  [
    'a fault that is none',
    ['--fault', 'leaderKiled'],
    'simulate: --fault "leaderKiled": "leaderKiled" is no fault; did you mean leaderKilled? ' +
      `(known are ${FAULT_KINDS.join(', ')}).`,
  ],
  [
    'half a fault',
    ['--fault', 'leaderKilled,30'],
    'simulate: --fault "leaderKilled,30": expected name=value after a comma, as seconds=30.',
  ],
  [
    'a member that no fault has',
    ['--fault', 'leaderKilled,second=30'],
    'simulate: --fault "leaderKilled,second=30": "second" is no key of the fault; did ' +
      'you mean seconds? (known are kind, at, seconds, during, factor).',
  ],
  [
    'a length of time below none',
    ['--fault', 'leaderKilled,seconds=-1'],
    'simulate: --fault "leaderKilled,seconds=-1": seconds is -1; expected at least 0.',
  ],
  [
    'a file that cannot be written',
    ['--metrics', folder],
    `${folder}: cannot be written (EISDIR); name a file in a folder you own.`,
  ],
  [
    'a path that there is not',
    ['--set', 'spark.worker=5'],
    '--set: "worker" is no key of spark; did you mean workers? (known are ' +
      `${Object.keys(sparkSetting.shape).join(', ')})`,
  ],
  [
    'what Kafka would refuse',
    ['--set', 'kafka.acks=1'],
    '--set: idempotence needs acks=all, and acks is 1; set kafka.idempotence to false',
  ],
  [
    'a topic that there is not',
    ['--topic', 'click'],
    'examples/etl-hdfs/holdfast.yaml: there is no topic click; did you mean clicks? (known are clicks)',
  ],
])('%s is one sentence and exit code 2', (_, args, sentence) => {
  expect(run('examples/etl-hdfs', ...args)).toEqual({
    code: 2,
    out: '',
    err: `holdfast: ${sentence}\n`,
  });
});
