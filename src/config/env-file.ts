/*
 * Environment files as Docker Compose reads them: "Env file syntax" in
 * docs.docker.com/compose/how-tos/environment-variables/variable-interpolation.
 */

/** `NAME=value` or `NAME: value`, perhaps exported; the value quoted, or up to ` #` or the line's end. */
const ASSIGNMENT =
  /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:][ \t]*(?:'((?:\\'|[^'])*)'|"((?:\\[\s\S]|[^"\\])*)"|(.*?)(?:[ \t]+#.*|[ \t]*)$)/gm;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A variable of an environment file. */
export interface EnvVariable {
  readonly name: string;
  readonly value: string;
  /** The line on which it begins, from 1. */
  readonly line: number;
}

/** The assignments of an environment file, in order; of several of one name the last counts. */
export function parseEnv(text: string): EnvVariable[] {
  const lines = text.replace(/\r\n?/g, '\n');
  return [...lines.matchAll(ASSIGNMENT)].map((match) => {
    const [, name, literal, escaped, bare = ''] = match;
    const unquoted = bare.startsWith('#') ? '' : bare;
    const value =
      literal?.replaceAll("\\'", "'") ??
      escaped?.replace(/\\([\s\S])/g, (_, char: string) => ESCAPES[char] ?? char) ??
      unquoted;
    const line = lines.slice(0, match.index).split('\n').length;
    return { name: name!, value, line };
  });
}
