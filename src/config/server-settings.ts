import type { Setting } from './deployment.ts';
import { ConfigError, placeText, quoted } from './error.ts';
import type { NodeSource } from './intake.ts';
import type { Stated } from './properties.ts';
import type { Parser } from './values.ts';

/** A settled value and the setting that says where it comes from. */
export interface Resolved<T> {
  readonly value: T;
  readonly setting: Setting;
}

/** How a server setting is read, and what Kafka takes where it is missing. */
export interface ServerKey<T> {
  readonly key: string;
  readonly parse: Parser<T>;
  readonly fallback: T;
  /** The default as Kafka writes it, where that is not what JavaScript makes of it. */
  readonly fallbackText?: string;
}

/** A resolved value that somebody wrote, shown as it was written (`-1` for `all`). */
export function asWritten<T>(
  subject: string,
  key: string,
  value: T,
  { value: text, file, line }: Stated,
): Resolved<T> {
  return { value, setting: { subject, key, value: text.trim(), origin: { file, line } } };
}

/** A resolved value that was derived from a place in a file, or from a default of that name. */
export function resolved<T>(
  subject: string,
  key: string,
  value: T,
  from: Stated | string,
): Resolved<T> {
  const origin =
    typeof from === 'string' ? { default: from } : { file: from.file, line: from.line };
  return { value, setting: { subject, key, value: String(value), origin } };
}

/**
 * The value that several nodes of a cluster agree on. A node that is silent has the default, and
 * that is compared too: a cluster whose brokers differ behaves one way or the other depending on
 * who leads. Throws ConfigError naming both places if they differ.
 */
export function agreed<T>(
  nodes: readonly NodeSource[],
  subject: string,
  { key, parse, fallback, fallbackText }: ServerKey<T>,
  defaults: string,
): Resolved<T> {
  const values = nodes.map((node) => {
    const stated = node.config.get(key);
    return { node, stated, value: stated === undefined ? fallback : parse(key, stated) };
  });
  const first = values.find(({ stated }) => stated !== undefined);
  const missing = fallbackText ?? String(fallback);
  if (first?.stated === undefined) {
    const origin = { default: defaults };
    return { value: fallback, setting: { subject, key, value: missing, origin } };
  }
  const other = values.find(({ value }) => value !== first.value);
  if (other !== undefined) {
    const what =
      other.stated === undefined
        ? `${other.node.label} does not set ${key} (default ${missing})`
        : `${key} is ${quoted(other.stated.value.trim())}`;
    throw new ConfigError(
      other.stated ?? { file: other.node.file },
      `${what}, but ${placeText(first.stated)} says ${quoted(first.stated.value.trim())}; ` +
        `the ${subject}s of one cluster must agree: make them equal, or name only the files of ` +
        `one ` +
        'cluster',
    );
  }
  return asWritten(subject, key, first.value, first.stated);
}
