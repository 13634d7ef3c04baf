/** The command as a person runs it: what it prints, and how it ends. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { check, type Editor, type Results, resultsSchema } from '../check/index.ts';
import { diskFiles, readDeployment } from '../config/disk.ts';
import { editsFor } from '../config/index.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function holdfast(...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync('node', ['bin/holdfast.js', ...args], {
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: undefined },
  });
  return { code: status, out: stdout.replace(/Took .*/, 'Took N s.'), err: stderr };
}

const refused = (text: string): Ended => ({ code: 2, out: '', err: `holdfast: ${text}\n` });

test('--version prints the version of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(holdfast('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test.each([
  ['--help', 'help'],
  ['check --help', 'help-check'],
])('%s teaches by example', async (args, name) => {
  const { code, out, err } = holdfast(...args.split(' '));
  expect([code, err]).toEqual([0, '']);
  await expect(out).toMatchFileSnapshot(`fixtures/${name}.txt`);
});

test.each([
  ['an unknown command', 'chek examples', "unknown command 'chek' (Did you mean check?)"],
  [
    'an unknown option',
    'check examples/laptop --fault brokerCrash',
    "unknown option '--fault' (Did you mean --faults?)",
  ],
  ['no path', 'check', "missing required argument 'path'"],
  [
    'a misspelt fault',
    'check examples/laptop --faults brokercrash',
    "option '--faults <list>' argument 'brokercrash' is invalid. \"brokercrash\" is no fault; did you mean brokerCrash? (known are brokerCrash, powerLoss, diskLoss, partition, slowReplica, lostMessage, controlledShutdown, deliveryTimeout, consumerCrash, slowConsumer, rebalance, processingError, offsetsExpired, producerCrash, zombieProducer, driverCrash, executorLoss, zombieWrite, secondDriver, lostWrite, checkpointDeleted, sourceTruncated).",
  ],
  [
    'a number of faults that is none',
    'check examples/laptop --faults brokerCrash=many',
    "option '--faults <list>' argument 'brokerCrash=many' is invalid. \"brokerCrash=many\": expected a number of faults from 0 to 9, as brokerCrash=1.",
  ],
  [
    'a fault given twice',
    'check examples/laptop --faults brokerCrash,brokerCrash',
    "option '--faults <list>' argument 'brokerCrash,brokerCrash' is invalid. brokerCrash is given twice.",
  ],
  [
    'a misspelt guarantee',
    'check examples/laptop --require no-ack-loss',
    "option '--require <list>' argument 'no-ack-loss' is invalid. \"no-ack-loss\" is no guarantee; known are no-acked-loss, no-committed-divergence, readers-never-see-loss, one-leader-per-epoch, clean-leaders-are-complete, acks-mean-min-insync, writable-with-one-broker-down, recovers, no-duplicates, order-kept, at-least-once-consumption, at-most-once-consumption, consumers-read-in-order, transactions-atomic, no-aborted-reads, transactions-finish, latest-value-kept, deletes-seen, exactly-once-output, at-least-once-output, loss-is-reported, state-survives, one-driver-at-a-time, recovers-unattended, end-to-end-exactly-once, no-silent-loss, no-phantom-output, recovers-end-to-end.",
  ],
  [
    'unknown bounds',
    'check examples/laptop --bounds huge',
    "option '--bounds <name>' argument 'huge' is invalid. Expected tiny, small, large.",
  ],
  [
    'a limit that is no number',
    'check examples/laptop --max-states many',
    "option '--max-states <n>' argument 'many' is invalid. Expected a whole number of at least 1.",
  ],
  [
    'a finding that is none',
    'check examples/laptop --accept KF-99',
    "option '--accept <list>' argument 'KF-99' is invalid. \"KF-99\" is no finding; known are KF-1, KF-2, KF-3, KF-4, IP-1, IP-2, IP-3, KC-1, TF-1, TF-2, LC-1, LC-2, LC-3, LC-4, SS-1, SS-2, SS-3, SS-4, SS-5, SS-6, all.",
  ],
  [
    'files that are not there',
    'check nowhere',
    'nowhere: there is no such file or folder; check the path',
  ],
  [
    'a damaged token',
    'replay hf1-abcdef',
    'The replay token is damaged: its checksum is wrong. Copy it again, whole.',
  ],
])('%s ends with one sentence and exit code 2', (_, args, sentence) => {
  expect(holdfast(...args.split(' '))).toEqual(refused(sentence));
});

test('what holds ends with exit code 0, and a pipe hears of no progress', () => {
  const { code, err } = holdfast('check', 'examples/laptop', '--faults', 'partition=1');
  expect([code, err]).toEqual([0, '']);
});

test('something required that is broken ends with exit code 1', () => {
  expect(holdfast('check', 'examples/laptop', '--no-repair').code).toBe(1);
});

test('what is required decides, not what is broken', () => {
  const args = ['check', 'examples/laptop', '--require', 'one-leader-per-epoch'];
  expect(holdfast(...args).code).toBe(0);
});

test('a limit ends with exit code 3', () => {
  const args = '--faults brokerCrash=1 --max-states 500 --bounds tiny'.split(' ');
  expect(holdfast('check', 'examples/production', ...args).code).toBe(3);
});

const withoutRun = ({ run: _run, ...results }: Results) => results;

test('--json - prints results.json alone, and threads change nothing in it', async () => {
  const { code, out, err } = holdfast(
    'check',
    'examples/laptop',
    '--bounds',
    'tiny',
    '--json',
    '-',
  );
  expect([code, err]).toEqual([1, '']);
  const printed = JSON.parse(out) as Results;
  expect(resultsSchema.parse(printed)).toEqual(printed);
  const paths = ['examples/laptop'];
  const deployment = readDeployment(paths);
  const edit: Editor = (wanted, subjects) =>
    editsFor(diskFiles, paths, deployment, wanted, subjects);
  const here = await check(deployment, { bounds: 'tiny', repair: true }, { edit });
  expect(withoutRun(printed)).toEqual(withoutRun(here));
});

test('--json FILE writes the same beside the report, and leaves nothing else behind', () => {
  const file = join(folder, 'results.json');
  const { code, out } = holdfast('check', 'examples/laptop', '--no-repair', '--json', file);
  const plain = holdfast('check', 'examples/laptop', '--no-repair');
  const printed = holdfast('check', 'examples/laptop', '--no-repair', '--json', '-');
  expect([code, out]).toEqual([1, plain.out]);
  expect(readdirSync(folder)).toEqual(['results.json']);
  const written = JSON.parse(readFileSync(file, 'utf8')) as Results;
  expect(withoutRun(written)).toEqual(withoutRun(JSON.parse(printed.out) as Results));
});

test('a results file that cannot be written is one sentence, and nothing is half-written', () => {
  const file = join(folder, 'nowhere', 'results.json');
  expect(holdfast('check', 'examples/laptop', '--no-repair', '--json', file)).toEqual(
    refused(`${file}: cannot be written (ENOENT); name a file in a folder you own.`),
  );
});

test('a token of a report tells its counterexample once more', () => {
  const { out } = holdfast('check', 'examples/laptop', '--no-repair', '--json', '-');
  const { cells } = JSON.parse(out) as Results;
  const { replay } = cells.find(({ counterexample }) => counterexample !== null)!.counterexample!;
  expect(holdfast('replay', replay)).toEqual({
    code: 0,
    out: [
      'Kafka 4.1: 1 replica, min.insync.replicas 1, acks=all, clean elections, ELR on; diskLoss=1; KF-1,',
      'KF-2, KF-3, KF-4 repaired',
      '',
      '1. The producer sends record 0 to b1: appended at offset 0, epoch 0. b1 moves its high watermark to',
      '   1. Record 0 is acknowledged.',
      '2. b1 loses its disk; its log is gone: record 0 at offset 0. The controller fences b1; ISR {}, ELR',
      '   {b1}; nobody is left to be elected.',
      '',
      '  Record 0: acknowledged in step 1, readable from step 1 on.',
      '  b1: at offset 0 (epoch 0) from step 1 on, lost with the disk in step 2',
      '  At the end nobody leads, ISR {}, ELR {b1}; b1 is fenced.',
      '',
    ].join('\n'),
    err: '',
  });
});

test('Ctrl-C reports what is decided so far and ends with exit code 3', async () => {
  const args = ['bin/holdfast.js', 'check', 'examples/production', '--bounds', 'large'];
  const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  // Long enough for the search to have begun, far too short for it to end.
  setTimeout(() => child.kill('SIGINT'), 3000);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  expect(code).toBe(3);
  const limits = out.split('\n').filter((line) => line.includes('Interrupted before it began.'));
  expect(limits.length).toBeGreaterThan(0);
});

test('an error inside Holdfast says so, asks for a report and ends with exit code 70', () => {
  // A narrator that throws stands for any such error.
  const copy = mkdtempSync(join(folder, 'copy-'));
  execFileSync('cp', ['-r', 'dist', 'bin', 'package.json', 'models', copy]);
  execFileSync('ln', ['-s', join(process.cwd(), 'node_modules'), join(copy, 'node_modules')]);
  const flawed =
    'export const narrate = () => { throw new Error("a flaw"); };\nexport const tell = narrate;\n';
  writeFileSync(join(copy, 'dist/models/kafka/narrate.js'), flawed);
  const example = join(process.cwd(), 'examples/laptop');
  const { status, stdout, stderr } = spawnSync('node', ['bin/holdfast.js', 'check', example], {
    cwd: copy,
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([70, '']);
  expect(stderr.split('\n')[0]).toBe(
    'holdfast: an error inside Holdfast, not in your files. Please report it with this text:',
  );
});
