import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
} from 'yaml';
import { ConfigError, quoted } from './error.ts';
import { refusePollutingKey, type Stated } from './properties.ts';
import { tooDeepLine } from './yaml-depth.ts';

/** A YAML value that remembers its line. */
export type Node = ScalarNode | ListNode | MapNode;

/** A single value; `text` is what stands in the file (`4.10`, not the number 4.1). */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly line: number;
  readonly text: string;
  readonly value: string | number | boolean | null;
}
/** A sequence. */
export interface ListNode {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly Node[];
}
/** A mapping; the line of an entry is the line of its key. */
export interface MapNode {
  readonly kind: 'map';
  readonly line: number;
  readonly entries: ReadonlyMap<string, { readonly line: number; readonly node: Node }>;
}

/**
 * Aliases are expanded, so that a small file can ask for any amount of memory. Real files stay
 * under a few thousand nodes; the yaml library's own maxAliasCount guards only its toJS(), which
 * forgets the lines and is not used here.
 */
const MOST_NODES = 200_000;
/** Real files nest about ten deep. */
const DEEPEST = 64;
const TOO_DEEP = `values nest over ${DEEPEST} deep, or an alias holds itself; write it flatter`;

/**
 * All documents of a YAML file. Aliases and merge keys (`<<`) are expanded. Throws ConfigError for
 * malformed YAML, duplicate keys, unknown or endless aliases, and files that expand too far.
 */
export function readYaml(file: string, text: string): Node[] {
  const deep = tooDeepLine(text, DEEPEST);
  if (deep !== undefined) throw new ConfigError({ file, line: deep }, TOO_DEEP);
  const lines = new LineCounter();
  // uniqueKeys would compare every key with every other; the reader below does it with a Map.
  const options = { lineCounter: lines, uniqueKeys: false, prettyErrors: false } as const;
  const parsed = parseAllDocuments(text, options);
  const documents = Array.isArray(parsed) ? parsed : [];
  for (const document of documents) {
    const error = document.errors[0];
    if (error === undefined) continue;
    throw new ConfigError(
      { file, line: lines.linePos(error.pos[0]).line },
      `this is not valid YAML (${error.message.split('\n')[0]}); correct it, or render the ` +
        'template first',
    );
  }
  const budget = { nodes: MOST_NODES };
  return documents.map((document) =>
    new Reader(file, lines, document, budget).read(document.contents, 1, 0),
  );
}

class Reader {
  private readonly file: string;
  private readonly lines: LineCounter;
  private readonly document: Document;
  private readonly budget: { nodes: number };
  /** The line of the outermost alias that is being expanded: the place to mend. */
  private expanding: number | undefined;

  constructor(file: string, lines: LineCounter, document: Document, budget: { nodes: number }) {
    this.file = file;
    this.lines = lines;
    this.document = document;
    this.budget = budget;
  }

  read(node: unknown, parentLine: number, depth: number): Node {
    const line = this.lineOf(node, parentLine);
    this.spend(line, depth);
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (target === undefined) {
        this.fail(line, `the alias ${quoted(`*${node.source}`)} has no anchor before it; add it`);
      }
      const outer = this.expanding;
      this.expanding ??= line;
      const expanded = this.read(target, line, depth + 1);
      this.expanding = outer;
      return expanded;
    }
    if (isMap(node)) return this.readMap(node.items, line, depth);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.read(item, line, depth + 1));
      return { kind: 'list', line, items };
    }
    return isScalar(node) ? scalar(node.value, node.source, line) : scalar(null, '', line);
  }

  private readMap(
    items: readonly { key: unknown; value: unknown }[],
    line: number,
    depth: number,
  ): MapNode {
    const entries = new Map<string, { line: number; node: Node }>();
    const merged: Node[] = [];
    for (const item of items) {
      const key = this.read(item.key, line, depth + 1);
      if (key.kind !== 'scalar') this.fail(key.line, 'a key is a list or a mapping; use a word');
      refusePollutingKey(key.text, this.file, key.line);
      const node = this.read(item.value, key.line, depth + 1);
      const twice = entries.get(key.text);
      if (key.text === '<<') merged.push(node);
      else if (twice === undefined) entries.set(key.text, { line: key.line, node });
      else {
        const where = `in line ${twice.line} and in line ${key.line}`;
        this.fail(key.line, `the key ${quoted(key.text)} stands ${where}; remove one of them`);
      }
    }
    for (const source of merged) this.merge(entries, source);
    return { kind: 'map', line, entries };
  }

  /** What is written out wins over what is merged, and the first merged over the next. */
  private merge(entries: Map<string, { line: number; node: Node }>, source: Node): void {
    if (source.kind === 'list') for (const item of source.items) this.merge(entries, item);
    else if (source.kind === 'map') {
      for (const [key, entry] of source.entries) if (!entries.has(key)) entries.set(key, entry);
    } else this.fail(source.line, '"<<" merges something that is not a mapping; correct it');
  }

  private spend(line: number, depth: number): void {
    this.budget.nodes -= 1;
    if (this.budget.nodes < 0) {
      const limit = MOST_NODES.toLocaleString('en-US');
      this.fail(
        this.expanding ?? line,
        `the file expands to more than ${limit} values; write fewer aliases`,
      );
    }
    if (depth > DEEPEST) this.fail(this.expanding ?? line, TOO_DEEP);
  }

  private lineOf(node: unknown, parentLine: number): number {
    const range = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range : null;
    return range ? this.lines.linePos(range[0]).line : parentLine;
  }

  private fail(line: number, sentence: string): never {
    throw new ConfigError({ file: this.file, line }, sentence);
  }
}

function scalar(value: unknown, source: string | undefined, line: number): ScalarNode {
  if (value === null || value === undefined) return { kind: 'scalar', line, text: '', value: null };
  if (typeof value === 'number' || typeof value === 'boolean') {
    return { kind: 'scalar', line, text: source ?? String(value), value };
  }
  return { kind: 'scalar', line, text: String(value), value: String(value) };
}

/** The node under a chain of keys, or undefined where one of them is missing. */
export function at(node: Node | undefined, ...keys: string[]): Node | undefined {
  let here = node;
  for (const key of keys) here = here?.kind === 'map' ? here.entries.get(key)?.node : undefined;
  return here;
}

/** The scalar under a chain of keys as a stated value; undefined where missing, empty or nested. */
export function statedAt(
  file: string,
  node: Node | undefined,
  ...keys: string[]
): Stated | undefined {
  const found = at(node, ...keys);
  if (found?.kind !== 'scalar' || found.value === null) return undefined;
  return { value: found.text, file, line: found.line };
}

/** The entries of a mapping under a chain of keys, as settings. Nested values are refused. */
export function configAt(
  file: string,
  node: Node | undefined,
  ...keys: string[]
): Map<string, Stated> {
  const config = new Map<string, Stated>();
  const found = at(node, ...keys);
  if (found?.kind !== 'map') return config;
  for (const [key, entry] of found.entries) {
    if (entry.node.kind !== 'scalar') {
      throw new ConfigError(
        { file, line: entry.line },
        `${key} holds a list or a mapping; a Kafka setting is a single value, write it as text`,
      );
    }
    config.set(key, { value: entry.node.text, file, line: entry.line });
  }
  return config;
}

/** The same value as plain data, for the schema. Keys that pollute prototypes were refused. */
export function plainData(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainData);
  const entries = [...node.entries].map(([key, entry]) => [key, plainData(entry.node)] as const);
  return Object.fromEntries(entries);
}
