import { dirname, isAbsolute, join } from 'pathe';
import { parseEnv } from './env-file.ts';
import { placeText } from './error.ts';
import type { Files } from './files.ts';
import type { Intake } from './intake.ts';
import type { Stated } from './properties.ts';
import { readText } from './text.ts';
import { at, type MapNode, type Node, statedAt } from './yaml.ts';

/** The variables of the `.env` file beside a Compose file; the shell's own are never read. */
export function readDotEnv(composeFile: string, from: Files): Map<string, string> {
  const file = join(dirname(composeFile), '.env');
  if (from.kind(file) === 'missing') return new Map();
  return new Map(variables(from, file).map(([name, { value }]) => [name, value]));
}

/**
 * Replaces `${NAME}`, `$NAME`, `${NAME:-default}` and `${NAME-default}` from `.env` and the
 * defaults, and `$$` by a dollar sign. A variable that neither knows stays as it is written, so
 * that a setting which needs it fails with the variable's name.
 */
export function interpolate(text: string, env: ReadonlyMap<string, string>): string {
  const reference = /\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?)([-?+])([^{}]*))?\})/g;
  return text.replace(reference, (whole, dollar, bare, braced, colon, operator, word) => {
    if (dollar) return '$';
    const value = env.get(bare ?? braced);
    if (value !== undefined && !(colon === ':' && value === '')) return value;
    return operator === '-' ? word : whole;
  });
}

/**
 * The environment of a service: `env_file` first, `environment` (mapping or list) over it. A
 * variable without a value would come from the shell: it is left out, with a note.
 */
export function environmentOf(
  file: string,
  service: MapNode,
  env: ReadonlyMap<string, string>,
  intake: Intake,
): Map<string, Stated> {
  const result = new Map<string, Stated>();
  for (const stated of envFiles(file, service)) {
    const given = interpolate(stated.value, env);
    const path = isAbsolute(given) ? given : join(dirname(file), given);
    if (intake.from.kind(path) !== 'missing') {
      for (const [key, value] of variables(intake.from, path)) result.set(key, value);
      intake.files.push(path);
    } else intake.notes.push(`${placeText(stated)}: the env_file ${path} is missing; not read`);
  }
  for (const [name, stated] of written(file, at(service, 'environment'))) {
    if (stated.value === undefined) {
      intake.notes.push(
        `${placeText(stated)}: ${name} has no value and would come from the shell; not used`,
      );
      continue;
    }
    result.set(name, { ...stated, value: interpolate(stated.value, env) });
  }
  return result;
}

function envFiles(file: string, service: MapNode): Stated[] {
  const node = at(service, 'env_file');
  const items = node?.kind === 'list' ? node.items : node === undefined ? [] : [node];
  return items.flatMap((item) => {
    if (item.kind === 'scalar') return { value: item.text, file, line: item.line };
    return statedAt(file, item, 'path') ?? [];
  });
}

type Written = Omit<Stated, 'value'> & { readonly value: string | undefined };

function written(file: string, node: Node | undefined): [string, Written][] {
  if (node?.kind === 'map') {
    return [...node.entries].map(([name, { line, node: value }]) => {
      const given = value.kind === 'scalar' && value.value !== null ? value.text : undefined;
      return [name, { value: given, file, line }];
    });
  }
  const items = node?.kind === 'list' ? node.items : [];
  return items.flatMap((item) => {
    if (item.kind !== 'scalar') return [];
    const [, name, value] = /^([^=]*)(?:=([\s\S]*))?$/.exec(item.text) ?? [];
    return [[name ?? '', { value, file, line: item.line }] satisfies [string, Written]];
  });
}

/** The variables of an environment file, each with its place. */
function variables(from: Files, file: string): [string, Stated][] {
  const text = readText(from, file);
  return parseEnv(text).map(({ name, value, line }) => [name, { value, file, line }]);
}
