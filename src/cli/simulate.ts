/** What `holdfast simulate` does. */
import { readDeployment } from '../config/disk.ts';
import { ConfigError, type Deployment, didYouMean, quoted } from '../config/index.ts';
import { happenings, type TimedFault } from '../experiment/course.ts';
import { refusalOf, withPath } from '../experiment/experiment.ts';
import {
  type Assumed,
  type FromDeployment,
  fromDeployment,
} from '../experiment/from-deployment.ts';
import { issueText } from '../experiment/issue.ts';
import { shown } from '../experiment/measures.ts';
import { exposition } from '../experiment/monitor/index.ts';
import type { RunResult } from '../experiment/result.ts';
import { run } from '../experiment/run.ts';
import {
  FAULT_KINDS,
  type Fault,
  faultSetting,
  type RunSetting,
  runSetting,
} from '../experiment/setting.ts';
import { aligned, grouped, wrapped } from '../report/text.ts';
import { EXIT } from './check-command.ts';
import { OutputError, refuseUnwritable, writeOut, writeWhole } from './output.ts';
import { textAt } from './results-file.ts';
import type { SimulateTyped } from './simulate-command.ts';

/** A run is shown to begin on 1 January 2026: the same run is the same bytes. */
const BEGINS = 1_767_225_600;

export function simulate(paths: readonly string[], typed: SimulateTyped): number {
  for (const file of [typed.json, typed.metrics]) refuseUnwritable(file);
  const deployment = readDeployment(paths);
  const from = fromDeployment(deployment, typed.topic);
  const setting = settingOf(from, typed);
  const { result } = run(setting, typed.seed, { samples: true, readText: textAt });
  const prints = typed.json === '-';
  if (!prints) process.stdout.write(told(deployment, from, setting, result, typed));
  if (typed.json !== undefined) {
    const { seed } = typed;
    const { topic, assumed } = from;
    const all = { deployment: deployment.name, topic, seed, setting, assumed, result };
    writeOut(typed.json, `${JSON.stringify(all, null, 2)}\n`);
  }
  if (typed.metrics !== undefined) {
    const labels = { cluster: deployment.name, query: from.topic, startEpochSeconds: BEGINS };
    writeWhole(typed.metrics, exposition(result.samples, labels));
  }
  const written = [typed.json, typed.metrics].filter((file) => file !== undefined && file !== '-');
  if (!prints) process.stdout.write(written.map((file) => `${file} is written.\n`).join(''));
  return EXIT.holds;
}

function settingOf({ setting: input }: FromDeployment, typed: SimulateTyped): RunSetting {
  const base = { workload: { kind: 'synthetic' }, ...input, faults: [] as object[] };
  const set = typed.set
    .map(assigned)
    .reduce<object>(
      (content, [path, value]) => withPath(content, path.split('.'), value),
      typed.seconds === undefined ? base : { ...base, seconds: typed.seconds },
    );
  const read = runSetting.safeParse(set);
  if (!read.success) {
    const sentence = issueText(read.error, 'the setting', runSetting, set);
    throw new ConfigError({ file: '--set' }, sentence);
  }
  const refusal = refusalOf(read.data);
  if (refusal !== null) throw new ConfigError({ file: '--set' }, refusal);
  return { ...read.data, faults: typed.fault.map((text) => faultOf(text, read.data)) };
}

/** `spark.workers=5` as path and value. */
function assigned(text: string): [path: string, value: string | number | boolean] {
  const at = text.indexOf('=');
  const [path, value] = [text.slice(0, at), text.slice(at + 1)];
  if (value === 'true' || value === 'false') return [path, value === 'true'];
  // Zero and one of acks are words.
  const isNumber = /^\d+(\.\d+)?$/.test(value) && path !== 'kafka.acks';
  return [path, isNumber ? Number(value) : value];
}

/** Batches before a fault that is given no time, and where in the next one it strikes. */
const BEFORE = 3.5;
const EARLIEST = 20;

/** `leaderKilled,seconds=30,at=45` */
function faultOf(text: string, { spark }: RunSetting): Fault {
  const [kind = '', ...more] = text.split(',').map((part) => part.trim());
  const refuse = (sentence: string): never => {
    throw new OutputError(`simulate: --fault ${quoted(text)}: ${sentence}`);
  };
  if (!(FAULT_KINDS as readonly string[]).includes(kind)) {
    refuse(`${quoted(kind)} is no fault; ${didYouMean(kind, FAULT_KINDS)}.`);
  }
  const members = more.map((part): [string, string | number] => {
    const [, name, value] = /^(\w+)=(.+)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) {
      return refuse('expected name=value after a comma, as seconds=30.');
    }
    return [name, /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value];
  });
  const at = Math.max(EARLIEST, (spark.triggerMs / 1000) * BEFORE);
  const content = { at, ...Object.fromEntries(members), kind };
  const read = faultSetting.safeParse(content);
  if (read.success) return read.data;
  return refuse(`${issueText(read.error, 'the fault', faultSetting, content)}.`);
}

function told(
  deployment: Deployment,
  from: FromDeployment,
  setting: RunSetting,
  result: RunResult,
  typed: SimulateTyped,
): string {
  const lines = [
    `${deployment.name}: topic ${from.topic}, seed ${typed.seed}`,
    '',
    ...assumedLines(from.assumed, setting, typed.set),
    ...from.notes.flatMap((note) => wrapped(note, 'Note: ')),
    '',
    ...courseLines(setting, result),
    '',
    ...resultLines(result),
  ];
  return `${lines.join('\n')}\n`;
}

/** What decides how long something takes, by where it stands; then all that no file says. */
function assumedLines(
  assumed: readonly Assumed[],
  setting: RunSetting,
  set: readonly string[],
): string[] {
  const typed = set.map((text) => assigned(text));
  const own = assumed.filter(
    ({ path, from }) => from !== null && !typed.some(([other]) => other === path),
  );
  const rows = [
    ...own.map(({ path, name, value, from }) => [
      { text: name },
      { text: withUnit(path, name, value) },
      { text: from! },
    ]),
    ...typed.map(([path, value]) => [{ text: path }, { text: String(value) }, { text: '--set' }]),
  ];
  const known = new Set([...own.map(({ path }) => path), ...typed.map(([path]) => path)]);
  const { kafka, spark, workload } = setting;
  const others = leaves({ kafka, spark, workload }, '').filter(([path]) => !known.has(path));
  const rest = others.map(([path, value]) => `${path} ${value}`).join(', ');
  return [
    'What the files say, or leave at its default:',
    ...aligned(rows, '  '),
    'What no file says; --set changes it:',
    ...wrapped(rest, '  '),
  ];
}

/** In the unit of the setting's own name: the run counts milliseconds. */
function withUnit(path: string, name: string, value: Assumed['value']): string {
  if (!path.endsWith('Ms')) return String(value);
  return name.endsWith('.seconds') ? `${Number(value) / 1000} s` : `${value} ms`;
}

/** Members of members that are no objects, by their paths. */
function leaves(value: object, before: string): [path: string, value: unknown][] {
  return Object.entries(value).flatMap(([name, member]): [string, unknown][] =>
    typeof member === 'object' && member !== null
      ? leaves(member, `${before}${name}.`)
      : [[`${before}${name}`, member]],
  );
}

function courseLines({ faults }: RunSetting, result: RunResult): string[] {
  const [first] = faults;
  if (!first) return ['Nothing goes wrong.'];
  const when = first.during === 'batch' ? 'the first batch after ' : '';
  const rows = happenings(result, faults as TimedFault[]).map(({ after, says }) => [
    { text: `+${after.toFixed(1)} s`, right: true },
    { text: says },
  ]);
  return [`What happened, from ${when}${shown(first.at!)} s on:`, ...aligned(rows, '  ')];
}

function resultLines(result: RunResult): string[] {
  const { writes, output, recovered, loss, stateIntact } = result;
  const recovery = (what: typeof writes | typeof output, otherwise: string): string =>
    what ? `${shown(what.total)} s` : otherwise;
  const rows: [string, string][] = [
    ['writes acknowledged again', recovery(writes, 'never stopped')],
    ['output current again', recovery(output, 'never late')],
    ['recovered by the end of the run', recovered ? 'yes' : 'no'],
    ['acknowledged and lost', messages(loss.acknowledgedAndLost)],
    ['given up by the producer and lost', messages(loss.unacknowledgedAndLost)],
    ['read, then lost', messages(loss.phantom)],
    ['twice in Kafka', messages(loss.duplicatedInKafka)],
    ['twice in the sink', messages(loss.duplicatedInSink)],
    ['state and output as without fault', stateIntact ? 'yes' : 'no'],
    ['acknowledged', `${shown(result.throughput)} messages/s of ${shown(result.offered)}`],
    ['until acknowledged', percentiles(result.acknowledgement)],
    ['until in the sink', percentiles(result.endToEnd)],
  ];
  return [
    'What it came to:',
    ...aligned(
      rows.map(([name, value]) => [{ text: name }, { text: value }]),
      '  ',
    ),
  ];
}

const messages = (count: number): string => `${grouped(Math.round(count))} messages`;

const percentiles = ({ p50, p95, p99, max }: RunResult['endToEnd']): string =>
  `half within ${shown(p50)} ms, 95 % ${shown(p95)}, 99 % ${shown(p99)}, all ${shown(max)}`;
