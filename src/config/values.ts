import { ConfigError, quoted } from './error.ts';
import type { Stated } from './properties.ts';

/** Java's Integer.MAX_VALUE, the bound of Kafka's INT settings. */
export const MAX_INT = 2_147_483_647;

/** Reads one value, or throws ConfigError naming place, value, expectation and remedy. */
export type Parser<T> = (key: string, stated: Stated) => T;

/** A decimal whole number within `min..max`, as Kafka's INT and SHORT settings. */
export function wholeNumber(min: number, max = MAX_INT): Parser<number> {
  return (key, stated) => {
    const text = stated.value.trim();
    const value = /^[+-]?\d{1,19}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    const range = max >= MAX_INT ? `of at least ${min}` : `from ${min} to ${max}`;
    return refuse(key, stated, `a whole number ${range}`, String(Math.max(min, 1)));
  };
}

/** `true` or `false` in any case, as Kafka's BOOLEAN settings. */
export const flag: Parser<boolean> = (key, stated) => {
  const text = stated.value.trim().toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  return refuse(key, stated, 'true or false', 'false');
};

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A length of time such as `36h` in milliseconds; undefined if the text is none. */
export function millisecondsOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})\s*(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * UNITS[unit]!;
}

/** The same as a setting. Only holdfast.yaml writes lengths of time so. */
export const duration: Parser<number> = (key, stated) =>
  millisecondsOf(stated.value) ??
  refuse(key, stated, 'a number with its unit (ms, s, m, h or d)', '36h');

/** The acknowledgements a producer waits for; `-1` is another spelling of `all`. */
export const acknowledgements: Parser<'0' | '1' | 'all'> = (key, stated) => {
  const text = stated.value.trim();
  if (text === '-1') return 'all';
  return text === '0' || text === '1' || text === 'all'
    ? text
    : refuse(key, stated, '0, 1, all or -1', 'all');
};

/**
 * The replication factor of a topic: 1 to 32,767 (a SHORT), or -1 for "the broker's default". 0 has
 * an answer of its own because it is what an unset variable often becomes.
 */
export const replicationFactor: Parser<number> = (key, stated) => {
  if (/^[+-]?0+$/.test(stated.value.trim())) {
    throw new ConfigError(
      stated,
      `${key} is ${quoted(stated.value)}: a topic with no replicas holds nothing; expected a ` +
        "whole number from 1 to 32767, or -1 for the broker's default: write for example 3",
    );
  }
  const value = wholeNumber(-1, 32_767)(key, stated);
  return value;
};

function refuse(key: string, stated: Stated, expected: string, example: string): never {
  const remedy = /\$\{?\w/.test(stated.value)
    ? 'variables are not looked up in the environment: write the value itself'
    : `write for example ${example}`;
  throw new ConfigError(
    stated,
    `${key} is ${quoted(stated.value)}; expected ${expected}: ${remedy}`,
  );
}
