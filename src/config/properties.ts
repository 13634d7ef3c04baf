import { Properties, PropertiesNodeType } from 'properties-file/parser';
import { ConfigError, quoted } from './error.ts';

/** A value as a file states it, with its place. */
export interface Stated {
  readonly value: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Kafka keys (dotted) and their stated values. A Map, so that no key can reach a prototype. */
export type Config = ReadonlyMap<string, Stated>;

/** Keys that only an attack on JavaScript objects would use; Kafka has none of them. */
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);

/** Throws ConfigError for a key such as `__proto__` that no configuration needs. */
export function refusePollutingKey(key: string, file: string, line: number): void {
  if (!POLLUTING.has(key)) return;
  throw new ConfigError(
    { file, line },
    `the key ${quoted(key)} is not allowed in configuration; remove the line`,
  );
}

/**
 * Reads Java properties: `=`, `:` or blanks as separator, `\` continuations, `\uXXXX`, and the last
 * of several equal keys wins (with a note). Throws ConfigError for a line that Java would refuse,
 * and for a line without a separator or with a key that no Kafka setting could have: Java would
 * accept these in silence, and a half-rendered template or a merge conflict would be read as empty.
 */
export function readProperties(
  file: string,
  text: string,
): { readonly config: Map<string, Stated>; readonly notes: string[] } {
  const config = new Map<string, Stated>();
  const notes: string[] = [];
  for (const node of parse(file, text)) {
    if (node.type !== PropertiesNodeType.PROPERTY) continue;
    const line = node.startingLineNumber;
    const stated = { value: node.value, file, line };
    refuseMalformed(node, file);
    const earlier = config.get(node.key);
    if (earlier !== undefined && earlier.value !== node.value) {
      notes.push(
        `${file}: ${node.key} stands in line ${earlier.line} and in line ${line}; ` +
          'the last one counts, as in Java',
      );
    }
    config.set(node.key, stated);
  }
  return { config, notes };
}

function parse(file: string, text: string): Properties['nodes'] {
  try {
    return new Properties(text).nodes;
  } catch {
    // The parser refuses only a malformed \u escape and does not say where.
    const malformed = /(?<!\\)(?:\\\\)*\\u(?![0-9a-fA-F]{4})/;
    const lines = text.split(/\r\n|\r|\n/);
    const at = lines.findIndex((line) => !/^\s*[#!]/.test(line) && malformed.test(line));
    throw new ConfigError(
      at < 0 ? { file } : { file, line: at + 1 },
      '"\\u" is not followed by four hexadecimal digits; write the character itself, or \\\\u ' +
        'for a backslash and a u',
    );
  }
}

interface PropertyNode {
  readonly key: string;
  readonly value: string;
  readonly separatorChar: '=' | ':' | undefined;
  readonly startingLineNumber: number;
  readonly rawLines: string[];
}

function refuseMalformed(node: PropertyNode, file: string): void {
  const line = node.startingLineNumber;
  refusePollutingKey(node.key, file, line);
  const noSeparator = node.separatorChar === undefined && node.value === '';
  if (!noSeparator && /^[\w.$*:/@-]+$/.test(node.key)) return;
  throw new ConfigError(
    { file, line },
    `${quoted(node.rawLines[0] ?? '')} is not a setting; expected key=value: ` +
      'correct the line, or render the template first',
  );
}
