import { z } from 'zod';
import type { Setting } from './deployment.ts';
import { ConfigError, quoted } from './error.ts';
import { FINDINGS, type HoldfastFile, holdfastSchema } from './holdfast-schema.ts';
import type { Intake } from './intake.ts';
import { refuseMisspelt } from './keys.ts';
import type { Stated } from './properties.ts';
import { didYouMean } from './suggest.ts';
import { parseVersion } from './version.ts';
import { at, configAt, type Node, plainData, statedAt } from './yaml.ts';

/** The names that holdfast.yaml may use for guarantees and faults. */
export interface Vocabulary {
  readonly guarantees: readonly string[];
  readonly faults: readonly string[];
}

/**
 * Takes a holdfast.yaml into the intake: version, brokers, storage, topics, and what is required.
 * The files it lists are the caller's to read. Throws ConfigError for anything the schema refuses
 * and for a second holdfast.yaml.
 */
export function readHoldfast(
  file: string,
  documents: readonly Node[],
  intake: Intake,
  vocabulary: Vocabulary,
): HoldfastFile {
  const root = documents[0];
  if (intake.holdfast !== undefined) {
    throw new ConfigError({ file }, `${intake.holdfast.file} was read already; give one of them`);
  }
  if (documents.length !== 1 || root?.kind !== 'map') {
    throw new ConfigError(
      { file },
      'expected one YAML document with keys such as kafka, files, require and survive',
    );
  }
  const content = validated(file, root, vocabulary);
  const elr = statedAt(file, root, 'kafka', 'eligibleLeaderReplicas');
  const transactionVersion = statedAt(file, root, 'kafka', 'transactionVersion');
  const stream = statedUnder(file, at(root, 'stream'), '');
  intake.holdfast = {
    file,
    content,
    ...(elr && { elr }),
    ...(transactionVersion && { transactionVersion }),
    ...(stream.length > 0 && { stream }),
  };
  refuseSinkWithoutTopic(file, root, content);
  takeKafka(file, root, content, intake);
  takeTopics(file, root, content, intake);
  takeConsumers(file, root, content, intake);
  return content;
}

/** What is stated about the stream, by its keys: `sink.kind`, `checkpoint`. */
function statedUnder(file: string, node: Node | undefined, prefix: string): Setting[] {
  if (node?.kind !== 'map') return [];
  return [...node.entries].flatMap(([name, { node: inner }]) => {
    const key = `${prefix}${name}`;
    if (inner.kind === 'map') return statedUnder(file, inner, `${key}.`);
    if (inner.kind !== 'scalar') return [];
    return [{ subject: 'stream', key, value: inner.text, origin: { file, line: inner.line } }];
  });
}

function refuseSinkWithoutTopic(file: string, root: Node, content: HoldfastFile): void {
  const { kind, topic } = content.stream?.sink ?? {};
  if (kind !== 'kafka' || topic !== undefined) return;
  const line = statedAt(file, root, 'stream', 'sink', 'kind')?.line ?? root.line;
  throw new ConfigError(
    { file, line },
    'the stream has a kafka sink without a topic; add stream.sink.topic',
  );
}

function takeKafka(file: string, root: Node, content: HoldfastFile, intake: Intake): void {
  const version = statedAt(file, root, 'kafka', 'version');
  if (version !== undefined) {
    intake.versions.push({ version: parseVersion(version.value, version), stated: version });
  }
  const brokers = statedAt(file, root, 'kafka', 'brokers');
  if (brokers !== undefined && content.kafka?.brokers !== undefined) {
    intake.brokerCounts.push({
      part: 'holdfast',
      count: content.kafka.brokers,
      stated: brokers,
    });
  }
  const storage = statedAt(file, root, 'kafka', 'storage');
  if (storage !== undefined && content.kafka?.storage !== undefined) {
    intake.storages.push({ part: 'holdfast', storage: content.kafka.storage, stated: storage });
  }
}

function takeTopics(file: string, root: Node, content: HoldfastFile, intake: Intake): void {
  const listed = at(root, 'topics');
  const nodes = listed?.kind === 'list' ? listed.items : [];
  for (const [index, topic] of (content.topics ?? []).entries()) {
    const node = nodes[index];
    const replicas = statedAt(file, node, 'replicationFactor');
    const producer = statedAt(file, node, 'producer');
    const slowestReader = statedAt(file, node, 'slowestReader');
    const config = configAt(file, node, 'config');
    refuseMisspelt('topic', config);
    intake.topics.push({
      name: topic.name,
      config,
      ...(replicas && { replicationFactor: replicas }),
      ...(producer && { producer }),
      ...(slowestReader && { slowestReader }),
    });
  }
}

function takeConsumers(file: string, root: Node, content: HoldfastFile, intake: Intake): void {
  const listed = at(root, 'consumers');
  const nodes = listed?.kind === 'list' ? listed.items : [];
  for (const [index] of (content.consumers ?? []).entries()) {
    const node = nodes[index];
    const stated = (key: string): Stated | undefined => statedAt(file, node, key);
    intake.consumerStatements.push({
      place: { file, line: node?.line ?? root.line },
      file: stated('file'),
      group: stated('group'),
      commits: stated('commits'),
      processing: stated('processing'),
      leaderEpochs: stated('leaderEpochs'),
    });
  }
}

/** The places of the entries under `files`, in their order. */
export function listedFiles(file: string, documents: readonly Node[]): Stated[] {
  const listed = at(documents[0], 'files');
  const items = listed?.kind === 'list' ? listed.items : [];
  return items.map((item) => {
    const stated = statedAt(file, item, 'path');
    return stated ?? { value: item.kind === 'scalar' ? item.text : '', file, line: item.line };
  });
}

function validated(file: string, root: Node, vocabulary: Vocabulary): HoldfastFile {
  const schema = holdfastSchema(vocabulary.guarantees, vocabulary.faults);
  const result = schema.safeParse(plainData(root));
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const path = issue.path.map(String);
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const found = lookUp(root, key === undefined ? path : [...path, key]);
  throw new ConfigError({ file, line: found.line }, sentence(issue, path, found.text, schema));
}

/** The deepest line on a path, and the text at its end if it ends at a value. */
function lookUp(root: Node, path: readonly string[]): { line: number; text: string | undefined } {
  let node: Node = root;
  let line = root.line;
  for (const key of path) {
    const entry = node.kind === 'map' ? node.entries.get(key) : undefined;
    const next = node.kind === 'list' ? node.items[Number(key)] : entry?.node;
    if (next === undefined) return { line, text: undefined };
    line = entry?.line ?? next.line;
    node = next;
  }
  return { line, text: node.kind === 'scalar' ? node.text : `a ${node.kind}` };
}

function sentence(
  issue: z.core.$ZodIssue,
  path: readonly string[],
  text: string | undefined,
  schema: z.ZodType,
): string {
  const name = path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const where = name === '' ? 'here' : `under ${name}`;
    return `the key ${quoted(key)} is not known ${where}; ${didYouMean(key, keysAt(schema, path))}`;
  }
  if (text === undefined) return `${name} is missing; add it`;
  const shown = `${name === '' ? 'the document' : name} is ${quoted(text)}`;
  switch (issue.code) {
    case 'invalid_value':
      return `${shown}; ${didYouMean(text, issue.values.map(String))}`;
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? `${name} is empty; give at least one, or remove the key`
        : `${shown}; expected a whole number of at least ${issue.minimum}`;
    case 'too_big':
      return `${shown}; expected a whole number of at most ${issue.maximum}`;
    case 'invalid_type':
      return `${shown}; expected ${EXPECTED[issue.expected] ?? issue.expected}`;
    default:
      return `${shown}; expected ${UNION[path[0] ?? ''] ?? 'another kind of value'}`;
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a whole number',
  boolean: 'true or false',
  string: 'text',
  object: 'a mapping',
  array: 'a list',
};

const UNION: Readonly<Record<string, string>> = {
  accept: `all, or a list of ${FINDINGS.join(', ')}`,
  files: "a file's path, or a mapping with path and kind",
  kafka: 'a version such as "4.1"',
  topics: 'a single value: text, a number, true or false',
};

/** The keys that the schema knows under a path, read off its JSON Schema. */
function keysAt(schema: z.ZodType, path: readonly string[]): string[] {
  let here: z.core.JSONSchema.BaseSchema = z.toJSONSchema(schema);
  for (const key of path) {
    const next = here.properties?.[key] ?? here.items;
    if (typeof next !== 'object' || Array.isArray(next)) return [];
    here = next;
  }
  return Object.keys(here.properties ?? {});
}
