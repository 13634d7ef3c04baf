/** A first holdfast.yaml for files that are there already: what they say, and what they cannot. */
import { join } from 'pathe';
import { stringify } from 'yaml';
import { collect, isHoldfast } from './collect.ts';
import { type Deployment, readDeploymentFrom, type Setting } from './deployment.ts';
import { ConfigError } from './error.ts';
import type { Files } from './files.ts';
import { FAULTS, GUARANTEES } from './holdfast-schema.ts';
import type { Intake } from './intake.ts';

/** Folders below the one that is searched. */
const DEEPEST = 3;
const NAME = 'holdfast.yaml';

/** A configuration file, relative to the folder, and what it holds. */
export interface Found {
  readonly path: string;
  readonly holds: string;
}

export interface Starter {
  /** Where it belongs. */
  readonly file: string;
  readonly text: string;
  readonly found: readonly Found[];
  /** Assumptions, one sentence each. */
  readonly unknown: readonly string[];
  /** What looked like configuration and is not listed, and why: one sentence each. */
  readonly leftOut: readonly string[];
}

/**
 * Searches `folder` and writes a holdfast.yaml for it, which is read once before it is returned.
 *
 * @param options.required guarantees of a deployment that are required where nobody says otherwise.
 * @param options.replace whether a holdfast.yaml that is there may be replaced.
 * @throws ConfigError if there is nothing to describe, the files contradict each other, or there is a
 *   holdfast.yaml already.
 */
export function starterFor(
  from: Files,
  folder: string,
  options: {
    readonly required: (deployment: Deployment) => readonly string[];
    readonly replace: boolean;
  },
): Starter {
  if (from.kind(folder) !== 'folder') {
    throw new ConfigError({ file: folder }, 'this is no folder; name the folder of a deployment');
  }
  const file = folder === '.' ? NAME : join(folder, NAME);
  refuseToReplace(from, folder, options.replace);
  const found: (Found & { intake: Intake })[] = [];
  const leftOut: string[] = [];
  for (const path of candidates(from, folder, '', 0)) {
    try {
      const intake = collect(from, [join(folder, path)], VOCABULARY);
      found.push({ path, holds: heldBy(intake), intake });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      leftOut.push(error.message);
    }
  }
  if (found.length === 0) {
    throw new ConfigError(
      { file: folder },
      'no configuration of Kafka was found in it; name the folder that holds it',
    );
  }
  const draft = `files: ${JSON.stringify(found.map(({ path }) => path))}`;
  const guessed = readDeploymentFrom(withFile(from, file, draft), [file]);
  const text = starterText(guessed, found, folder, options.required(guessed), from);
  const { notes } = readDeploymentFrom(withFile(from, file, text), [file]);
  // What is not listed is told as left out, with the reason.
  const unknown = notes.filter((note) => !note.startsWith(`${file}: not listed`));
  return { file, text, found, unknown, leftOut };
}

const VOCABULARY = { guarantees: GUARANTEES, faults: FAULTS };

function refuseToReplace(from: Files, folder: string, replace: boolean): void {
  const there = from.list(folder).filter(isHoldfast);
  const [other] = there.filter((name) => !replace || name !== NAME);
  if (other === undefined) return;
  const advice = other === NAME ? 'use --force to replace it' : 'remove or rename it first';
  throw new ConfigError({ file: join(folder, other) }, `this is there already; ${advice}`);
}

/** Files that may be configuration, in the folder and not far below, sorted. */
function candidates(from: Files, root: string, below: string, depth: number): string[] {
  const entries = [...from.list(join(root, below))].sort();
  const isSeen = (name: string): boolean => !name.startsWith('.') && name !== 'node_modules';
  return entries.filter(isSeen).flatMap((name) => {
    const path = join(below, name);
    const kind = from.kind(join(root, path));
    if (kind === 'folder') return depth < DEEPEST ? candidates(from, root, path, depth + 1) : [];
    const isConfiguration = /\.(properties|ya?ml)$/i.test(name) || /spark.*\.conf$/i.test(name);
    return kind === 'file' && isConfiguration && !isHoldfast(name) ? [path] : [];
  });
}

/** What one file describes, in words. */
function heldBy(intake: Intake): string {
  const { nodes, topics, producers, consumers, spark, clusters, brokerCounts } = intake;
  const brokers = nodes.filter(({ broker }) => broker).length;
  const parts = [
    ...(clusters[0] ? [`the cluster ${clusters[0].value}`] : []),
    ...(brokerCounts.length > 0 || brokers > 0 ? ['brokers'] : []),
    ...(nodes.length > brokers ? ['controllers'] : []),
    ...topics.map(({ name }) => `the topic ${name}`),
    ...(producers.length > 0 ? ['a producer'] : []),
    ...(consumers.length > 0 ? ['a consumer'] : []),
    ...(spark.length > 0 ? ['Spark settings'] : []),
  ];
  return parts.join(', ') || 'nothing that is checked';
}

/** The same files, and one more. */
function withFile(from: Files, file: string, text: string): Files {
  const bytes = new TextEncoder().encode(text);
  const isIt = (path: string): boolean => from.absolute(path) === from.absolute(file);
  return {
    ...from,
    kind: (path) => (isIt(path) ? 'file' : from.kind(path)),
    read: (path, most) => (isIt(path) ? bytes : from.read(path, most)),
    identity: (path) => (isIt(path) ? from.absolute(path) : from.identity(path)),
  };
}

// ----- the text ------------------------------------------------------------------------------

function starterText(
  deployment: Deployment,
  found: readonly (Found & { readonly intake: Intake })[],
  folder: string,
  required: readonly string[],
  from: Files,
): string {
  const name =
    deployment.name === NAME ? from.absolute(folder).split('/').at(-1)! : deployment.name;
  const hasSpark = found.some(({ intake }) => intake.spark.length > 0);
  return [
    '# What `holdfast check` reads. Schema for editors: schema/holdfast.schema.json of the package.',
    `name: ${scalar(name)}`,
    '',
    ...clusterLines(deployment),
    '',
    '# What describes the deployment, relative to this file.',
    'files:',
    ...found.map(({ path, holds }) => `  - ${scalar(path)} # ${oneLine(holds)}`),
    '',
    '# What must hold; the rest is only reported. See `holdfast list guarantees`.',
    'require:',
    '  guarantees:',
    ...required.map((guarantee) => `    - ${guarantee}`),
    '',
    '# What it has to survive in one run; without this, one fault of each class, each alone.',
    '# See `holdfast list faults`.',
    '# survive:',
    '#   brokerCrash: 1',
    '',
    '# Flaws of the protocol itself that no setting mends: not held against this deployment.',
    '# See `holdfast list findings`.',
    '# accept: all',
    ...(hasSpark ? ['', ...STREAM] : []),
    '',
  ].join('\n');
}

const STREAM = [
  '# What the Spark query does; its settings are used once this says it.',
  '# stream:',
  '#   source:',
  '#     topic: orders',
  '#   stateful: false',
  '#   sink:',
  '#     kind: file',
  '#   checkpoint: s3a://bucket/checkpoints/orders',
];

/**
 * Version, brokers, storage: which file says it, or what is assumed. All of it is a comment: what
 * nobody has confirmed the check goes on calling an assumption.
 */
function clusterLines({ settings, topics }: Deployment): string[] {
  const settled = (key: string): Setting | undefined =>
    [...settings, ...topics.flatMap((topic) => topic.settings)].find(
      (setting) => setting.subject === 'cluster' && setting.key === key,
    );
  const version = settled('kafka version');
  const brokers = settled('brokers');
  const storage = settled('storage');
  return [
    '# What files of properties cannot say. Take the # away where it is true.',
    '# kafka:',
    ...stated('version', JSON.stringify(version?.value ?? ''), version),
    ...stated('brokers', brokers?.value ?? String(topics[0]?.brokers ?? 1), brokers),
    ...stated('storage', storage?.value ?? 'persistent', storage),
    '#   eligibleLeaderReplicas: true # KIP-966; false if the cluster is older than Kafka 4.1',
  ];
}

function stated(key: string, value: string, setting: Setting | undefined): string[] {
  const origin = setting?.origin;
  const by =
    origin !== undefined && 'file' in origin
      ? `${oneLine(`${origin.file}:${origin.line}`)} says it`
      : 'assumed: no file says it';
  return [`#   ${key}: ${value} # ${by}`];
}

const scalar = (text: string): string => stringify(text, { lineWidth: 0 }).trimEnd();

const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
